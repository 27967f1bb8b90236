"""A tiny ruleset for reports: one rule a kind of measurement."""

from datetime import date
from typing import Any

from soe_compliance.domain.outcomes import Severity
from soe_compliance.law.model import Ruleset, Terms

_STATED: dict[str, Any] = {"waivable": [Severity.PRINCIPLE, Severity.ADVISORY]}
_TERMS = Terms.model_construct(None, **_STATED)
"""Reports look at no other term."""


def _both(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def _rule(
    code: str, title: dict[str, str], texts: dict[str, Any], remedy: dict[str, str], **more: Any
) -> Any:
    return {
        "id": code,
        "severity": "mandatory",
        "clause": "第十三条第（一）项",
        "title": title,
        "meaning": _both("含义", "meaning"),
        "check": {"kind": "parent_listed"},
        "texts": texts,
        "remedy": remedy,
        **more,
    }


_RULES = [
    _rule(
        "GUA105",
        _both("单户累计担保额不超过本企业净资产的50%", "A guarantor's total within 50% of its net assets"),
        {
            "fail": _both(
                "{name}担保余额合计{value}，超过{base_year}年末净资产{base}的50%即{limit}，超出{excess}",
                "{name} guarantees {value}, above {limit}, 50% of its net assets of {base} at the end of {base_year}:"
                " {excess} too much",
            )
        },
        _both("将担保余额压降{excess}以上", "Reduce its guarantees by at least {excess}"),
        verb="不得超过",
    ),
    _rule(
        "GUA104",
        _both("集团累计担保不超过净资产的40%", "Group total within 40% of net assets"),
        {
            "fail": _both(
                "集团累计担保余额{value}，超过{limit}", "the group guarantees {value}, above {limit}"
            )
        },
        _both("压降担保余额{excess}以上", "Reduce by {excess}"),
        severity="principle",
    ),
    _rule(
        "GUA101",
        _both("不得为无股权关系的企业担保", "No guarantee for an unrelated firm"),
        {
            "fail": _both(
                "{guarantor}为{name}担保，没有股权关系", "{guarantor} guarantees for {name}: no equity link"
            )
        },
        _both("解除担保", "End the guarantee"),
        severity="prohibition",
        verb="严禁",
    ),
    _rule(
        "INV205",
        _both("核准事项20个工作日办结", "Approvals decided in 20 working days"),
        {
            "fail": _both(
                "核准事项{subject}应于{due}前办结，{decided}，超期{days_late}天",
                "approval {subject} was due by {due}; {decided}: {days_late} days late",
            ),
            "pending": _both("核准事项{subject}应于{due}前办结", "approval {subject} is due by {due}"),
        },
        _both("请尽快办结", "Decide it"),
        responsible="regulator",
        clause="第十二条第（三）项",
    ),
    _rule(
        "INV103",
        _both("年中调整一次", "One regular adjustment"),
        {"fail": _both("调整{value}次，超过{limit}次", "adjusted {value} times; {limit} is allowed")},
        _both("撤回多报的", "Withdraw the surplus"),
        clause="第十二条第（二）项",
    ),
]


def tiny_ruleset(**changes: Any) -> Ruleset:
    """The ruleset, with some of its parts changed."""
    data: dict[str, Any] = {
        "id": "tiny",
        "title": _both("小规则集", "A tiny ruleset"),
        "issuer": "盟行署",
        "document_no": "兴署办发〔2023〕14号",
        "published": date(2023, 4, 1),
        "force": {"from": date(2023, 5, 1), "trial_until": date(2025, 4, 30)},
        "jurisdictions": ["盟国资委"],
        "sources": [{"title": "小规则", "checked": "text"}],
        "interpretations": {
            "entity_net_assets": {
                "title": _both("净资产口径", "Which net assets"),
                "default": "own",
                "options": {"own": _both("单体", "own"), "consolidated": _both("合并", "consolidated")},
            }
        },
        "readings": {"entity_net_assets": "own"},
        "terms": _TERMS,
        "rules": {rule["id"]: rule for rule in _RULES},
        "readings_of": {
            rule["id"]: ("entity_net_assets",) if rule["id"] == "GUA105" else () for rule in _RULES
        },
        "defined_in": {rule["id"]: "tiny" for rule in _RULES},
    }
    return Ruleset.model_validate({**data, **changes})
