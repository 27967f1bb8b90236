"""Nothing leaves the machine, nothing is evaluated, nothing is started but our own workers."""

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "soe_compliance"
SAMPLE = next((ROOT / "sample_filings").glob("01-*.xlsx"))
AS_OF = ("--as-of", "2024-04-15")

FORBIDDEN_CALLS = {
    "eval",
    "exec",
    "compile",
    "__import__",
    "os.system",
    "os.popen",
    "pickle.load",
    "pickle.loads",
    "pickle.Unpickler",
    "marshal.loads",
    "yaml.load",
    "yaml.unsafe_load",
    "yaml.full_load",
}
FORBIDDEN_IMPORTS = {
    *("subprocess", "socket", "http", "urllib.request", "ftplib", "smtplib", "ssl", "requests", "httpx"),
    *("shelve", "marshal", "telnetlib", "webbrowser", "xmlrpc", "socketserver"),
}
ALLOWED_PICKLE = {"execution/worker.py"}
"""Where one process of the program hands objects to another, over a pipe that only the two of them have."""
OF_CLUSTERS = {"execution/cluster.py", "execution/remote.py"}
"""What `--cluster` alone uses: a cluster is trusted, and its machines speak pickle to each other."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def called(tree: ast.Module) -> set[str]:
    """The names that a module calls, such as os.system."""
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


def imported(tree: ast.Module) -> set[str]:
    """The modules that a module imports, with those that they lie in."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names | {name.partition(".")[0] for name in names}


def test_nothing_is_evaluated_and_no_shell_is_called() -> None:
    found = {name: called(tree) & FORBIDDEN_CALLS for name, tree in modules()}
    assert {name: calls for name, calls in found.items() if calls} == {
        name: {"pickle.loads"} for name in OF_CLUSTERS
    }


def test_no_module_can_reach_a_network_or_start_a_program() -> None:
    found = {name: imported(tree) & FORBIDDEN_IMPORTS for name, tree in modules()}
    assert {name: names for name, names in found.items() if names} == {"execution/remote.py": {"subprocess"}}


def test_only_workers_speak_pickle() -> None:
    assert {
        name for name, tree in modules() if imported(tree) & {"pickle", "dill", "cloudpickle"}
    } <= ALLOWED_PICKLE | OF_CLUSTERS


def test_what_clusters_need_is_loaded_for_them_alone() -> None:
    needed = {f"soe_compliance.{name.removesuffix('.py').replace('/', '.')}" for name in OF_CLUSTERS}
    users = {name: tree for name, tree in modules() if imported(tree) & needed}
    assert users.keys() <= OF_CLUSTERS | {"api.py"}
    at_import = [node for node in users["api.py"].body if isinstance(node, ast.ImportFrom)]
    assert not {node.module for node in at_import} & needed


def test_no_limit_hangs_on_a_clock_that_can_jump() -> None:
    wall = {"time.time", "time", "time.time_ns", "datetime.now", "datetime.utcnow", "date.today"}
    users = {name: called(tree) & wall - {"time"} for name, tree in modules()}
    assert {name for name, calls in users.items() if calls} <= {
        "api.py",
        "report/making.py",
        "cli/calendar.py",
    }
    timed = {name for name, tree in modules() if {"time.time", "time.time_ns"} & imported(tree)}
    assert timed == set()


HOOK = """
import json, os, sys

LOG = os.environ["AUDIT_LOG"]

def hook(event, arguments):
    if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
                 "socket.gethostbyname", "pickle.find_class", "os.system") or event.startswith(
                 ("subprocess.", "os.exec", "os.posix_spawn", "os.startfile", "urllib.", "http.", "webbrowser.")):
        what = [event, *map(str, arguments)]
        with open(LOG, "a") as stream:
            stream.write(json.dumps(what) + "\\n")

sys.addaudithook(hook)
"""
"""What every process of a run tells of itself, workers too."""

COMMANDS: dict[str, tuple[str, ...]] = {
    "check": ("check", "in", *AS_OF, "--jobs", "2", "--state", "state", "--interpret-all"),
    "outputs": (
        "check",
        "in",
        *AS_OF,
        "-o",
        "r.json",
        "-o",
        "r.xlsx",
        "-o",
        "r.html",
        "-o",
        "r.sarif",
        "-o",
        "r.csv",
    ),
    "read": ("read", "in/a.xlsx"),
    "headroom": ("headroom", "in/a.xlsx", *AS_OF),
    "graph": ("graph", "in/a.xlsx", "-o", "g.svg"),
    "page": ("graph", "in/a.xlsx", "-o", "g.html"),
    "graphml": ("graph", "in/a.xlsx", "-o", "g.graphml"),
    "annotate": ("annotate", "in/a.xlsx", *AS_OF, "-o", "n.xlsx"),
    "whatif": ("whatif", "in/a.xlsx", *AS_OF, "--add-guarantee", "{code},{code},1"),
    "template": ("template", "t.xlsx", "--filled"),
    "rules": ("rule", "list"),
    "rule": ("rule", "show", "GUA104"),
    "rulesets": ("ruleset", "list"),
    "lint": ("ruleset", "lint"),
    "diff of rulesets": ("ruleset", "diff", "xingan-2023", "filing-consistency", "--on", "in", *AS_OF),
    "calendar": ("calendar", "show", "2024"),
    "schema": ("schema", "filing"),
    "explain": ("explain", "first.json", "{fingerprint}"),
    "diff": ("diff", "first.json", "first.json"),
    "verify": ("verify", "first.json", "in"),
}


@pytest.fixture(scope="module")
def hooked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a filing and its report, and the hook that each process of a run loads."""
    folder = tmp_path_factory.mktemp("isolated")
    (folder / "in").mkdir()
    shutil.copy(SAMPLE, folder / "in" / "a.xlsx")
    (folder / "hook").mkdir()
    (folder / "hook" / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    ran = told(folder, "check", "in", *AS_OF, "--quiet", "-o", "first.json")
    assert harmful(ran) == []
    return folder


def told(folder: Path, *arguments: str) -> list[list[str]]:
    """What the processes of a run did that they should not."""
    log = folder / "log"
    log.unlink(missing_ok=True)
    path = os.pathsep.join([str(folder / "hook"), str(ROOT)])
    run = subprocess.run(
        [sys.executable, "-m", "soe_compliance", *arguments],
        cwd=folder,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": path, "AUDIT_LOG": str(log)},
    )
    assert run.returncode in (0, 1, 2), run.stderr.decode()
    assert b"Traceback" not in run.stderr
    return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


def harmful(events: list[list[str]]) -> list[list[str]]:
    """All but the classes of our own that one process hands to another."""
    return [
        event
        for event in events
        if not (event[0] == "pickle.find_class" and event[1].partition(".")[0] in OUR_MODULES)
    ]


OUR_MODULES = {
    "soe_compliance",
    "datetime",
    "builtins",
    "fractions",
    "decimal",
    "collections",
    "numpy",
    "pathlib",
}


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_reaches_out(hooked: Path, name: str) -> None:
    report = json.loads((hooked / "first.json").read_text(encoding="utf-8"))
    code, fingerprint = report["filings"][0]["group_code"], report["findings"][0]["fingerprint"]
    arguments = [part.format(code=code, fingerprint=fingerprint) for part in COMMANDS[name]]
    assert harmful(told(hooked, *arguments)) == []


def test_the_hook_would_tell(hooked: Path) -> None:
    log = hooked / "log"
    log.unlink(missing_ok=True)
    attempt = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    environment = {**os.environ, "PYTHONPATH": str(hooked / "hook"), "AUDIT_LOG": str(log)}
    subprocess.run([sys.executable, "-c", attempt], env=environment, check=True)
    assert "socket.connect" in log.read_text()


def test_every_command_is_tried() -> None:
    from soe_compliance.cli.main import _COMMANDS

    assert {command[0] for command in COMMANDS.values()} == set(_COMMANDS) - {"selftest"}
