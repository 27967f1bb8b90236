"""Units of money as forms spell them: in a header's brackets, in a unit line, in the filing's own field."""

import re

from soe_compliance.filings.forms import Unit
from soe_compliance.filings.values import text_of

_UNITS = {unit.label: unit for unit in Unit}
_YUAN_OF_CHINA = re.compile(r"人民币|RMB|CNY", re.IGNORECASE)
_LABEL = re.compile(r"(?:金额|货币)?单位:")


def unit_named(text: str) -> Unit | None:
    """The unit that a text names, such as 万元, 人民币万元 or 单位：万元; None where it names none."""
    bare = "".join(text_of(text).split()).strip("()[]【】〔〕")
    return _UNITS.get(_YUAN_OF_CHINA.sub("", _LABEL.sub("", bare, count=1)).strip("()"))
