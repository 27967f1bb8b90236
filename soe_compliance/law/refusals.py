"""What is wrong with a part of a YAML file, in both languages: pydantic speaks English only."""

from collections.abc import Mapping
from typing import Any

from soe_compliance.domain.text import Text


class WrongValue(ValueError):
    """A value that a model of the package refuses, with why."""

    def __init__(self, what: Text) -> None:
        super().__init__(what.en)
        self.what = what


_DAY = Text("应为日期，如2024-04-15", "must be a day, such as 2024-04-15")
_MAPPING = Text("应为键值对", "must be a mapping")
_FLAG = Text("应为true或false", "must be true or false")
_WHOLE = Text("应为整数", "must be a whole number")
NOT_BLANK = r"\S"
ONE_NAME = r"^[^，、；]*[^，、；\s][^，、；]*$"
RULESET_ID = r"^[a-z0-9][a-z0-9-]*$"
RULE_CODE = r"^[A-Z]{3}\d{3}$"
_FORMS = {
    NOT_BLANK: Text("不能为空", "must not be empty"),
    ONE_NAME: Text(
        "应为一个名称；多个名称用半角逗号分开，如[甲, 乙]",
        "must be one name: put a plain comma between two, as in [A, B]",
    ),
    RULESET_ID: Text(
        "应由小写字母、数字和连字符组成，如example-2024",
        "must be of small letters, digits and hyphens, such as example-2024",
    ),
    RULE_CODE: Text(
        "应为三个大写字母和三位数字，如GUA104", "must be three capitals and three digits, such as GUA104"
    ),
}
_REFUSALS = {
    "missing": Text("缺少这一项", "is missing"),
    "extra_forbidden": Text("没有这一项", "is not known here"),
    "string_type": Text(
        "应为文本，不能空着；数字请加引号", "must be a text, not empty; put a number in quotes"
    ),
    "string_too_short": Text("不能为空", "must not be empty"),
    "string_pattern_mismatch": Text("应符合{pattern}", "must match {pattern}"),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "bool_type": _FLAG,
    "bool_parsing": _FLAG,
    "list_type": Text("应为列表", "must be a list"),
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "literal_error": Text("应为{expected}之一", "must be one of {expected}"),
    "enum": Text("应为{expected}之一", "must be one of {expected}"),
    "union_tag_invalid": Text("没有名为“{tag}”的kind", "there is no kind “{tag}”"),
    "union_tag_not_found": Text("缺少kind", "lacks its kind"),
    "greater_than_equal": Text("不得小于{ge}", "must be no less than {ge}"),
    "less_than_equal": Text("不得大于{le}", "must be no more than {le}"),
    "too_short": Text("至少要有一项", "must name one at least"),
}


def refusal(error: Mapping[str, Any]) -> Text:
    """What one of pydantic's errors says."""
    context = error.get("ctx", {})
    wrong = context.get("error")
    if isinstance(wrong, WrongValue):
        return wrong.what
    said = _FORMS.get(context.get("pattern", "")) or _REFUSALS.get(error["type"])
    if said is None:
        return Text(f"不符合格式（{error['msg']}）", error["msg"])
    return said.format(**{key: _listed(str(value)) for key, value in context.items()})


def _listed(values: str) -> Text:
    """A list such as 'a', 'b' or 'c'."""
    return Text(values.replace("', '", "'、'").replace("' or '", "'、'"), values)
