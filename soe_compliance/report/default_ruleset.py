"""That filings were judged by the default ruleset because none is for the supervisor that they name, or not at their day."""

from collections import Counter
from collections.abc import Iterator, Sequence

from soe_compliance.domain.text import Text, first_few
from soe_compliance.engine import FilingResult
from soe_compliance.law.jurisdictions import has_ruleset, ruleset_in_force
from soe_compliance.law.loading import DEFAULT_RULESET

_LONGEST = 40
"""So much is quoted of the name of a supervisor."""

_UNKNOWN = Text(
    "没有适用于监管机构{supervisors}的规则集，{count}份填报改按默认规则集{ruleset}判断；请核实是否适用，或用--ruleset指定",
    "no ruleset is for the supervisor named ({supervisors}): filings judged by the default, {ruleset}, instead: {count}; "
    "check whether it applies, or name one with --ruleset",
)
_NOT_IN_FORCE = Text(
    "监管机构{supervisors}的规则集在数据截止日（{days}）不在施行期内，{count}份填报按默认规则集{ruleset}判断；"
    "请核实是否适用，或用--ruleset指定",
    "the ruleset for the supervisor named ({supervisors}) is not in force at the reference date ({days}): filings judged "
    "by the default, {ruleset}, instead: {count}; check whether it applies, or name one with --ruleset",
)


def judged_by_default(filings: Sequence[FilingResult]) -> Iterator[Text]:
    """What is to be said of filings whose supervisor and day choose no ruleset; a blank supervisor asks for none."""
    named = Counter((filing.jurisdiction or "", filing.reference_date) for filing in filings)
    unchosen = [
        (supervisor, day, count)
        for (supervisor, day), count in named.items()
        if supervisor and day and ruleset_in_force(supervisor, day) is None
    ]
    for text, known in ((_UNKNOWN, False), (_NOT_IN_FORCE, True)):
        found = [one for one in unchosen if has_ruleset(one[0]) is known]
        if found:
            yield text.format(
                supervisors=first_few(
                    list(dict.fromkeys(supervisor[:_LONGEST] for supervisor, _, _ in found))
                ),
                days=first_few([str(day) for day in sorted({day for _, day, _ in found})]),
                count=sum(count for _, _, count in found),
                ruleset=DEFAULT_RULESET,
            )
