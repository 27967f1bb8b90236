"""兴安盟产业投资集团: cross holdings, mutual guarantees, a project in three phases."""

from tools.samples.book import Book
from tools.samples.sample import Habits, Sample, filing, findings

BOOK = Book(
    """
P | 兴安盟产业投资集团有限公司       | 1 | 否 | 是 | 是 | 是
A | 兴安盟股权投资基金管理有限公司   | 2 | 是 | 是 | 是 | 是
B | 兴安盟科创投资有限公司           | 2 | 是 | 是 | 是 | 是
C | 兴安盟农业产业投资有限公司       | 2 | 是 | 是 | 是 | 是
F | 蒙东装备制造有限公司             | 3 | 否 | 是 | 是 | 是
G | 兴安盟数据科技有限公司           | 3 | 否 | 是 | 是 | 是
M | 科右前旗现代农业示范园有限公司   | 3 | 否 | 是 | 是 | 是
E | 兴安盟新材料有限公司             |   | 否 | 否 | 是 | 是
D | 兴安药业有限公司                 |   | 否 | 否 | 是 | 是
L | 兴安绿能装备有限公司             |   | 否 | 否 | 是 | 是
H | 兴安盟蒙医药产业有限公司         |   | 否 | 否 | 是 | 是
K | 兴安盟职业教育投资有限公司       |   | 否 | 否 | 是 | 是
""",
    """
X | 内蒙古北方产业基金管理有限公司
Y | 乌兰浩特市工业园区建设有限公司
""",
)
# One sign of the data company's code was read wrong: the check character no longer fits.
_DATA = BOOK.codes["G"]
BOOK.codes["G"] = _DATA[:15] + ("8" if _DATA[15] != "8" else "3") + _DATA[16:]
next(row for row in BOOK.entities if row["code"] == _DATA)["code"] = BOOK.codes["G"]

HOLDINGS = """
P | A | 100
P | B | 60
C | B | 40
P | C | 70
B | C | 30
C | F | 80
X | F | 20
A | G | 100
C | M | 100
P | E | 35
A | E | 20
X | E | 45
B | D | 20
C | D | 15
L | D | 5
X | D | 60
P | L | 25
D | L | 10
Y | L | 65
P | H | 45.5
X | H | 55
P | K | 33.34
X | K | 33.34
Y | K | 33.33
"""

FINANCIALS = """
P | 148200.40 152600.20 157000 | 196400.30 203100.50 210000 | 186100.20 192300.40 198600 | 78
A | 26100.20 26900.40 27700    | 28900.10 29700.30 30500    | 28900.10 29700.30 30500    | 40
B | 38400.30 39600.20 40800    | 42300.10 43600.40 45000    | 42300.10 43600.40 45000    | 95
C | 31200.50 32100.30 33000    | 36800.20 37900.40 39000    | 35900.10 36900.20 37900    | 102
F | 9100.20 9350.40 9600       | |                          | 130
G | 3100.40 3190.20 3280       | |                          | 44
M | 4200.30 4310.10 4420       | |                          | 70
E | 8600.20 8840.50 9080       | |                          | 115
D | 15200.40 15700.20 16200    | |                          | 88
L | 7400.10 7610.30 7820       | |                          | 120
H | 6100.20 6240.40 6380       | |                          | 62
K | 5200.30 5320.10 5440       | |                          | 50
"""

PLANS = """
id         | year | kind             | submitted_on | narrative_attached | board_resolution_on | decision | decided_on
CY-TZ-2401 | 2024 | 年度投资计划     | 2024-02-20   | 是                 | 2024-02-02          | 同意     | 2024-03-05
CY-TZ-2402 | 2024 | 创业投资项目调整 | 2024-03-08   | 是                 | 2024-03-08          | 同意     | 2024-03-29
"""

PROJECTS = """
code|name|investor_code|plan_year|amount|main_business|overseas|kind|in_plan|internal_decision_on|started_on
CY-2024-01 | 高端装备产业园一期 | B | 2024 | 5000 | 是 | 否 | 固定资产投资 | 是 | 2024-01-15 | 2024-02-28
CY-2024-02 | 高端装备产业园二期 | B | 2024 | 5200 | 是 | 否 | 固定资产投资 | 是 | 2024-01-15 | 2024-03-18
CY-2024-03 | 高端装备产业园（三期） | B | 2024 | 3300 | 是 | 否 | 固定资产投资 | 是 | 2024-01-15 |
CY-2024-04 | 设施农业大棚第一批 | C | 2024 | 5800 | 是 | 否 | 固定资产投资 | 是 | 2024-01-22 | 2024-03-12
CY-2024-05 | 设施农业大棚第二批 | C | 2024 | 5899.99 | 是 | 否 | 固定资产投资 | 是 | 2024-01-22 |
CY-2024-06 | 碳纤维中试线 | E | 2024 | 4600 | 否 | 否 | 固定资产投资 | 否 | 2024-02-19 | 2024-03-04
CY-2024-07 | 蒙药创新基金出资 | A | 2024 | 3000 | 是 | 否 | 股权投资 | 是 | 2024-02-26 | 2024-03-27
"""

GUARANTEES = """
CY-DB-2021-01|P|B|工|*|=|15000|12000|保|2021-05-20|6y|*
CY-DB-2021-02|P|C|农|*|=|12000|9600|保|2021-10-14|6y|*
CY-DB-2022-01|B|C|商|*|=|4000|3200|保|2022-04-21|4y|*
CY-DB-2022-02|C|B|商|*|=|5000|4100|保|2022-06-16|4y|*
CY-DB-2022-03|C|F|建|*|=|6000|5200|抵|2022-09-22|5y|*
CY-DB-2022-04|F|F|建|*|5200|2600|2600|抵|2022-09-22|5y|*
CY-DB-2022-05|P|A|交|*|=|3000|2400|保|2022-12-15|4y|*
CY-DB-2023-01|A|G|邮|*|=|1000|860|保|2023-02-23|3y|*
CY-DB-2023-02|P|E|国|CDB-CL-2023-010|4000|2200|2200|保|2023-05-18|5y|*|counter=2200
CY-DB-2023-03|B|D|中|BOC-YY-2023-004|10000|3700|3643.21|保|2023-06-15|3y|*
CY-DB-2023-04|C|D|农|ABC-YY-2023-011|10000|3700|3643.72|保|2023-07-20|3y|*
CY-DB-2023-05|P|L|蒙|BIM-LN-2023-007|3000|800|800|保|2023-08-24|3y|*
CY-DB-2023-06|P|K|交|BOCOM-ZJ-2023-002|5000|1500|1500|保|2023-09-21|3y|*
CY-DB-2023-07|A|K|交|BOCOM-ZJ-2023-002|5200|150|150|保|2023-09-21|3y|*
CY-DB-2023-08|P|H|商|NRC-MY-2023-015|2000|900|900|保|2023-10-19|3y|*
CY-DB-2023-09|C|M|发|*|=|2000|1800|保|2023-11-16|3y|*
CY-DB-2024-01|P|B|建|*|=|3000|3000|保|2024-01-18|3y|*
CY-DB-2024-02|P|G|工|*|=|600|600|保|2024-02-27|2y|*
CY-DB-2024-03|P|M|邮|*|=|900|900|保|2024-03-19|2y|*
"""

FINANCING = """
year | quarter | submitted_on | total_balance | ceiling | details_attached
2024 | 1       | 2024-04-09   | 72600         | 90000   | 是
"""

DEBTS = """
id|borrower_code|lender|balance|due_on|for_government|repayment_source
CY-RZ-01 | B | 中国工商银行兴安分行 | 12000 | 2027-05-19 | 否 | 经营收入
CY-RZ-02 | C | 中国农业银行兴安分行 | 9600 | 2027-10-13 | 否 | 经营收入
CY-RZ-03 | P | 国家开发银行内蒙古分行 | 51000 | 2031-06-20 | 否 | 资产处置
"""

EXPECTED = """
GUA103 | {D}/ABC-YY-2023-011 | 不符 | 担保3643.72万元；含与绿能装备交叉持股的份额为36.43%，对应3643.22万元，超出进位误差0.50万元
GUA103 | {K}/BOCOM-ZJ-2023-002 | 待核 | 同一主债务填报了5000万元和5200万元两个余额
NET001 | {B}+{C} | 不符 | 科创投资与农业产业投资互相担保
NET002 | {B}+{C} | 不符 | 科创投资与农业产业投资交叉持股（30%、40%）
NET002 | {D}+{L} | 不符 | 药业与绿能装备交叉持股（10%、5%）
NET003 | CY-2024-01+CY-2024-02+CY-2024-03 | 不符 | 三期合计13500万元，恰为合并净资产45000万元的30%，单项均未达到
DAT001 | {G} | 不符 | 统一社会信用代码校验位不符
DAT004 | {H} | 不符 | 持股比例合计100.50%
DAT008 | {K}/BOCOM-ZJ-2023-002 | 不符 | 同一主债务余额填报不一：5000万元、5200万元
DAT012 | {E} | 不符 | 集团直接和间接合计持股55%，未纳入合并范围
DAT013 | CY-DB-2022-04 | 不符 | 为自身债务提供抵押，不属对外担保
"""

SAMPLE = Sample(
    file="08-兴安盟产业投资集团-2024.xlsx",
    summary="股权和担保的网：交叉持股、互相担保、循环持股下的担保份额；一个项目分三期申报恰达30%（另一项目两批合计少一分钱）；"
    "比例合计超100%、代码校验位不符、已控股未合并、同一债务余额不一。",
    document={
        "filing": filing(BOOK.codes["P"], BOOK.names["P"], "CY-2024-Q1"),
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
        date_format="%Y-%m-%d",
        ratio="text",
        colour="#EDEDED",
        key_value_header=True,
        order={"holdings": "investee_code investee_name ratio holder_code holder_name"},
    ),
    notes={"holdings": "按被投资企业列示全部股东；持股比例数据来源于工商登记信息。"},
)
