"""兴安绿色农牧科技集团: the group's code is typed wrong on the first sheet."""

from tools.samples.book import Book
from tools.samples.sample import Habits, Sample, filing, findings

BOOK = Book(
    """
P | 兴安绿色农牧科技集团有限公司     | 1 | 否 | 是 | 是 | 是
A | 扎赉特智慧农业有限公司           | 2 | 是 | 是 | 是 | 是
B | 科右中旗草种业有限公司           | 2 | 否 | 是 | 是 | 是
C | 兴安盟农牧检测有限公司           | 2 | 否 | 是 | 是 | 是
D | 突泉农机服务有限公司             | 3 | 否 | 是 | 是 | 是
E | 兴安盟种业创新有限公司           |   | 否 | 否 | 是 | 是
""",
    "X | 内蒙古农科种业有限公司",
)
# On the first sheet two signs of the group's code have changed places.
_RIGHT = BOOK.codes["P"]
TYPED = _RIGHT[:10] + _RIGHT[11] + _RIGHT[10] + _RIGHT[12:]

HOLDINGS = """
P | A | 100
P | B | 75
X | B | 25
P | C | 100
A | D | 51
X | D | 49
P | E | 25
X | E | 75
"""

FINANCIALS = """
P | 41200.30 42300.50 43400 | 52100.20 53600.40 55000 | 50400.10 51800.30 53100 | 66
A | 12100.40 12500.20 12900 | 13400.10 13800.30 14200 | 12900.20 13300.10 13700 | 92
B | 6200.10 6390.30 6580    | |                       | 58
C | 2100.20 2160.40 2220    | |                       | 30
D | 3100.30 3180.10 3260    | |                       | 84
E | 4200.20 4310.40 4420    | |                       | 60
"""

PLANS = """
id | year | kind | submitted_on | narrative_attached | board_resolution_on | decision | decided_on
NK-2024-1 | 2024 | 年度投资计划 | 2024-02-28 | 是 | 2024-02-21 | 同意 | 2024-03-13
"""

PROJECTS = """
code|name|investor_code|plan_year|amount|main_business|overseas|kind|in_plan|internal_decision_on|started_on
NK-XM-1 | 数字农场示范基地 | A | 2024 | 2600 | 是 | 否 | 固定资产投资 | 是 | 2024-02-23 | 2024-03-20
NK-XM-2 | 牧草良种繁育 | B | 2024 | 880 | 是 | 否 | 固定资产投资 | 是 | 2024-02-23 |
"""

GUARANTEES = """
NK-DB-01|P|A|农|*|=|3000|2600|保|2022-05-19|4y|*
NK-DB-02|P|B|商|*|=|1200|960|保|2022-09-15|3y|*
NK-DB-03|A|D|邮|*|=|800|640|保|2022-12-08|3y|*
NK-DB-04|P|A|发|*|=|2500|2200|保|2023-03-23|4y|*
NK-DB-05|P|E|中|BOC-ZY-2023-009|2400|600|600|保|2023-06-15|3y|*|counter=600
NK-DB-06|P|C|商|*|=|300|260|保|2023-08-24|2y|*
NK-DB-07|A|D|农|*|=|700|700|抵|2023-10-19|3y|*
NK-DB-08|P|B|邮|*|=|600|600|保|2023-12-14|2y|*
NK-DB-09|P|D|蒙|*|=|900|900|保|2024-01-25|2y|*
NK-DB-10|P|A|工|*|=|1500|1500|保|2024-03-21|3y|*
"""

FINANCING = """
year | quarter | submitted_on | total_balance | ceiling | details_attached
2024 | 1       | 2024-04-07   | 16200.40      | 20000   | 是
"""

DEBTS = """
id|borrower_code|lender|balance|due_on|for_government|repayment_source
NK-RZ-1 | P | 中国农业银行兴安分行 | 5400 | 2026-05-18 | 否 | 经营收入
NK-RZ-2 | A | 中国农业发展银行兴安盟分行 | 10800.40 | 2027-03-22 | 否 | 经营收入
"""

EXPECTED = f"""
GUA104 | {TYPED} | 待核 | 按所填集团代码查不到合并净资产
DAT009 | {TYPED} | 不符 | 企业名录中没有所填的集团代码（两位颠倒）
"""

SAMPLE = Sample(
    file="10-兴安绿色农牧科技集团-2024.xlsx",
    summary="填报信息中的集团代码两位颠倒，企业名录中查无此户：集团累计担保无从判断，其余照常检查。日期为文本（2024.03.20），无序号列。",
    document={
        "filing": filing(TYPED, BOOK.names["P"], "NK-2024-Q1"),
        "entities": BOOK.entities,
        "holdings": BOOK.holdings(HOLDINGS),
        "financials": BOOK.financials(FINANCIALS),
        "plans": BOOK.rows("plans", PLANS),
        "projects": BOOK.rows("projects", PROJECTS),
        "approvals": [],
        "investment_reports": [],
        "guarantees": BOOK.guarantees(GUARANTEES),
        "financing_reports": BOOK.rows("financing_reports", FINANCING),
        "debts": BOOK.rows("debts", DEBTS),
        "exceptions": [],
    },
    expected=findings(BOOK.codes, EXPECTED),
    habits=Habits(
        date_format="%Y.%m.%d", serial=False, total="总计", colour="#E4DFEC", unit_line="（单位：{}）"
    ),
)
