"""Code as mutmut can mutate it: it leaves decorated functions alone, so that their bodies go into functions beside.

    @cached_property                     def worth_(self) -> Exact:
    def worth(self) -> Exact:                return self.net + 1
        return self.net + 1      ->
                                         @cached_property
                                         def worth(self) -> Exact:
                                             return self.worth_()

What a cache of a module's functions holds is forgotten in a forked process, where a mutant is tried, or it would hide
the mutant.
"""

import ast

TAKEN_OUT = "_"
"""The end of the names of functions that hold the bodies."""

_TAKEN_APART = ("property", "cached_property", "lru_cache", "cache")
_CACHES = ("lru_cache", "cache")


def undecorated(code: str) -> str:
    """The code with the bodies of functions that have such a decorator in functions without."""
    lines = code.split("\n")
    functions = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.FunctionDef)]
    for function in sorted(functions, key=lambda node: node.lineno, reverse=True):
        taken = [_name(decorator) in _TAKEN_APART for decorator in function.decorator_list] == [True]
        if taken and function.body[0].lineno > function.lineno:
            _take_apart(lines, function)
    return "\n".join(lines)


def _name(decorator: ast.expr) -> str:
    return ast.unparse(decorator.func if isinstance(decorator, ast.Call) else decorator)


def _take_apart(lines: list[str], function: ast.FunctionDef) -> None:
    [decorator] = function.decorator_list
    indent = " " * function.col_offset
    first = function.lineno - 1
    body = function.body[0].lineno - 1
    names = [argument.arg for argument in function.args.args]
    owner = f"{names.pop(0)}." if names[:1] == ["self"] else ""
    after = [
        *("", *lines[decorator.lineno - 1 : body]),
        f"{indent}    return {owner}{function.name}{TAKEN_OUT}({', '.join(names)})",
    ]
    if _name(decorator) in _CACHES:
        after.append(f'{indent}__import__("os").register_at_fork(after_in_child={function.name}.cache_clear)')
    assert function.end_lineno is not None
    lines[function.end_lineno : function.end_lineno] = after
    lines[first] = lines[first].replace(f"def {function.name}(", f"def {function.name}{TAKEN_OUT}(", 1)
    del lines[decorator.lineno - 1 : first]
