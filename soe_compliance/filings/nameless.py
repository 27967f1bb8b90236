"""What stands where a code or an identifier is asked for and names none: 同上, 见附件, 待补, a row of stars, #REF!."""

from soe_compliance.domain.patterns import pattern

_AS_ABOVE = r"同[上前左右下][行栏格列]?"
_ELSEWHERE = r"[详另请]*见(?:[上下后左右]|附[件表页录注后]?|备注|说明|合同|批复|文件|明细).{0,12}"
_STILL = r"[待暂尚](?:未|无)?(?:缺|定|补充?|填[写报列]?|核实?|查询?|编号?|编制|确认|明确|取得|办理?|申请|签[订署]?|批[复准]?)"
_NOT = r"[未没](?:知|定|有?编号|提供|明确|填[写报]?|取得|获得|办理?|申请|申领|签[订署]?|批[复准]?|持证)|不(?:详|明|清楚?|知道?)"
_NONE = r"没有|否|缺失?|略|空|.{0,8}无(?:统一社会信用)?代码|无(?:编[码号]|合同|合同编?号|证|许可证|证号|文号|批文|批复)"
_UNDER_WAY = r"正?在?(?:办理|申请|申领|补办|审批|报批|编制|换证)中?"
_OVER = r"已?(?:过期|吊销|注销|失效)"
_SEVERAL = r"(?:多|若干)[笔个份项家]"
_ERROR = r"#(?:REF|NAME|VALUE|NULL|NUM|DIV/0)[!?]"
_NO_LETTER = r"\W+|(?i:x{6,})"

_NAMELESS = pattern(
    "|".join((_NO_LETTER, _AS_ABOVE, _ELSEWHERE, _STILL, _NOT, _NONE, _UNDER_WAY, _OVER, _SEVERAL, _ERROR))
)


def names_nothing(text: str) -> bool:
    """Whether a text, after NFKC, can't be a code or an identifier: rows that hold it would pass for one and the same."""
    first = text[:1]
    if first < "x" and first != "X" and first.isalnum():  # as most codes begin, and no such word does
        return False
    return _NAMELESS.fullmatch(text) is not None
