"""The file of an application is complete."""

import numpy as np

from soe_compliance.checks.cures import cure_of_cell
from soe_compliance.checks.projects import Projects
from soe_compliance.checks.situation import Situation
from soe_compliance.checks.subjects import row_subject
from soe_compliance.checks.verdicts import Verdicts, first_that_fits, softened, spared
from soe_compliance.domain import reasons
from soe_compliance.domain.finding import Cure, Details, Subject
from soe_compliance.domain.outcomes import OUTCOMES, Outcome
from soe_compliance.domain.text import Text
from soe_compliance.domain.truth import YES, Mask, Numbers
from soe_compliance.filings.forms import Document
from soe_compliance.law.kinds import Documents


def check_documents(situation: Situation, check: Documents) -> Verdicts:
    """One outcome for each application of a project of the category: no required document is missing."""
    projects, table = situation.shared(Projects), situation.table("approvals")
    rows = situation.rows(check.rows)
    in_category = np.zeros(len(projects.table) + 1, dtype=bool)
    in_category[projects.of_year] = projects.category(check.category)[projects.of_year] == YES
    rows = rows[in_category[projects.of_approval[rows]]]
    filing, project = table.filing[rows], projects.of_approval[rows]
    handed_in = table.values("documents")[rows]
    always = _mask(check.required)
    by_kind = np.full(len(rows), 0, dtype=np.int64)
    perhaps = np.full(len(rows), 0, dtype=np.int64)
    for kind, documents in check.for_kind.items():
        by_kind |= np.where(projects.table.is_one_of("kind", [kind])[project], _mask(documents), 0)
        perhaps |= np.where(projects.table.stated("kind")[project], 0, _mask(documents))
    lacking = (always | by_kind) & ~handed_in
    stated = table.stated("documents")[rows]
    decided = table.stated("decided_on")[rows] | projects.judged[rows]
    outcome = first_that_fits(
        [
            (~stated, Outcome.UNKNOWN),
            ((lacking != 0) & decided, Outcome.FAIL),
            (lacking != 0, Outcome.PENDING),
            ((perhaps & ~handed_in) != 0, Outcome.UNKNOWN),
        ],
        Outcome.PASS,
    )
    outcome = spared(softened(outcome, ~table.stated("authority")[rows]), _older(situation, rows))

    def complete(place: int) -> Cure | None:
        """The file with what is lacking, where nothing else may be required."""
        if perhaps[place] & ~handed_in[place] & ~lacking[place] or not table.stated("authority")[rows[place]]:
            return None
        all_of_it = _keys(int(handed_in[place] | lacking[place]))
        return cure_of_cell(situation, "approvals", int(rows[place]), "documents", all_of_it)

    def details(place: int) -> Details:
        verdict = OUTCOMES[outcome[place]]
        row, unknown = int(rows[place]), verdict is Outcome.UNKNOWN
        own = row_subject(situation, "projects", int(project[place]))
        open_kind = bool(stated[place] and lacking[place] == 0)
        why: list[Text] = []
        missing: tuple[str, ...] = ()
        if unknown:
            missing = situation.blank("approvals", [row], "documents", "authority")
            if open_kind:
                missing += ("projects.kind",)
                why.append(
                    reasons.KIND_UNKNOWN.format(documents=_names(int(perhaps[place] & ~handed_in[place])))
                )
            elif not table.stated("authority")[row] and stated[place]:
                why.append(reasons.AUTHORITY_UNKNOWN)
        return Details(
            subject=Subject("approvals", situation.batch.row_name("approvals", row), own.name),
            missing=missing,
            evidence=situation.evidence(
                "approvals", [row], "documents", "authority", "decision", "decided_on"
            )
            + situation.evidence("projects", [int(project[place])], "kind", "main_business"),
            reasons=tuple(why),
            facts={"lacking": _names(int(lacking[place]))},
            cure=complete(place) if verdict in (Outcome.FAIL, Outcome.PENDING) else None,
        )

    return Verdicts(filing, outcome, details)


def _older(situation: Situation, rows: Numbers) -> Mask:
    """Applications (where undated, acceptances) before the regulation was in force."""
    table = situation.table("approvals")
    applied, accepted = table.columns["applied_on"][rows], table.columns["accepted_on"][rows]
    begun = np.where(applied.stated, applied.values, accepted.values)
    return (applied.stated | accepted.stated) & (begun < situation.in_force_from)


def _mask(keys: list[str]) -> int:
    order = [document.value for document in Document]
    return sum(1 << order.index(key) for key in keys)


def _names(mask: int) -> Text:
    documents = _documents(mask)
    return Text("、".join(document.label for document in documents), ", ".join(documents))


def _keys(mask: int) -> tuple[str, ...]:
    return tuple(document.value for document in _documents(mask))


def _documents(mask: int) -> list[Document]:
    return [document for place, document in enumerate(Document) if mask >> place & 1]
