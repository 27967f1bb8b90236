"""兴安粮食与畜牧产业集团: the clean one."""

from tools.samples.book import Book
from tools.samples.sample import Habits, Sample, filing, findings

BOOK = Book(
    """
P | 兴安粮食与畜牧产业集团有限公司   | 1 | 否 | 是 | 是 | 是
A | 兴安盟粮食储备有限公司           | 2 | 是 | 是 | 是 | 是
B | 兴安大米产业发展有限公司         | 2 | 是 | 是 | 是 | 是
C | 科右前旗肉羊养殖有限公司         | 2 | 否 | 是 | 是 | 是
D | 科右中旗肉牛产业有限公司         | 2 | 否 | 是 | 是 | 是
E | 扎赉特稻米加工有限公司           | 3 | 否 | 是 | 是 | 是
F | 突泉粮食收储有限公司             | 3 | 否 | 是 | 是 | 是
G | 兴安盟冷链物流有限公司           | 2 | 否 | 是 | 是 | 是
H | 兴安草业科技有限公司             |   | 否 | 否 | 是 | 是
""",
    """
X | 内蒙古北疆农业投资有限公司
Y | 科右中旗众牧养殖专业合作社联合社
""",
)

HOLDINGS = """
P | A | 100
P | B | 85
X | B | 15
P | C | 70
X | C | 30
P | D | 51
Y | D | 49
B | E | 100
A | F | 100
P | G | 60
A | G | 40
P | H | 30
X | H | 70
"""

FINANCIALS = """
P | 118200 122450.60 126800.40 | 149600.30 155200.75 160000 | 138100.20 143050.40 147600 | 72
A | 39500.50 40820.10 42000    | 44700.20 46200.80 47600    | 44700.20 46200.80 47600    | 118
B | 26800.20 28010.45 29200    | 30100.75 31500.20 32900    | 30100.75 31500.20 32900    | 90
C | 7900.30 8210.15 8500       | |                          | 66
D | 11200.10 11850.60 12400    | |                          | 74
E | 6100.40 6380.20 6650       | |                          | 80
F | 5200.15 5390.40 5600       | |                          | 95
G | 9300.60 9640.35 10000      | |                          | 70
H | 4100.20 4260.80 4400       | |                          | 52
"""

PLANS = """
id            | year | kind           | submitted_on | narrative_attached | board_resolution_on | decision | decided_on
LX-JH-2024-01 | 2024 | 年度投资计划   | 2024-02-26   | 是                 | 2024-02-07          | 同意     | 2024-03-06
LX-JH-2024-02 | 2024 | 政府性项目调整 | 2024-03-20   | 是                 | 2024-03-18          | 待定     |
"""

PROJECTS = """
code|name|investor_code|plan_year|amount|main_business|overseas|kind|in_plan|internal_decision_on|started_on|completed_on|post_evaluated_on
LX-2023-05 | 稻米加工线技术改造 | E | 2023 | 2400 | 是 | 否 | 固定资产投资 | 是 | 2023-05-15 | 2023-06-20 | 2023-12-15 | 2024-03-22
LX-2024-01 | 粮食储备库智能化升级 | A | 2024 | 3860.50 | 是 | 否 | 固定资产投资 | 是 | 2024-01-22 | 2024-03-11 | |
LX-2024-02 | 冷链仓储中心建设 | G | 2024 | 2200 | 是 | 否 | 固定资产投资 | 是 | 2024-01-24 | 2024-03-04 | |
LX-2024-03 | 肉牛扩繁场建设 | D | 2024 | 3100 | 是 | 否 | 固定资产投资 | 是 | 2024-02-01 | | |
LX-2024-04 | 乳制品企业股权收购 | P | 2024 | 5200 | 否 | 否 | 股权投资 | 是 | 2023-12-18 | 2024-03-06 | |
LX-2024-05 | 牧区文旅驿站 | C | 2024 | 180 | 否 | 否 | 固定资产投资 | 是 | 2024-02-28 | 2024-03-15 | |
"""

APPROVALS = """
id|project_code|authority|applied_on|accepted_on|decided_on|decision|documents
LX-HZ-2023-02 | LX-2023-05 | 盟国资委 | 2023-05-18 | 2023-05-22 | 2023-06-09 | 同意 | application、feasibility_study
LX-HZ-2024-01 | LX-2024-04 | 盟国资委 | 2024-01-22 | 2024-01-31 | 2024-03-04 | 同意 | 申请核准的请示、可行性研究报告、法律意见书、股东会或董事会决议、党组织会议纪要、尽职调查报告、财务审计报告、资产核资报告、资产评估报告
"""

REPORTS = """
project_code | year | quarter | submitted_on | completed_amount
LX-2024-04   | 2024 | 1       | 2024-04-08   | 2600
"""

GUARANTEES = """
LX-DB-2022-01|P|A|发|*|=|8000|7200|保|2022-10-20|5y|*
LX-DB-2022-02|P|B|农|*|=|5000|4100|保|2022-11-15|4y|*
LX-DB-2023-01|A|F|发|*|=|2500|2300|保|2023-05-18|3y|*
LX-DB-2023-02|P|C|商|*|=|1500|1200|抵|2023-06-08|3y|*
LX-DB-2023-03|P|D|邮|*|3000|1600|1530|保|2023-07-12|4y|*
LX-DB-2023-04|B|E|建|*|=|3000|2650.40|保|2023-08-24|5y|*
LX-DB-2023-05|P|H|蒙|BIM-CY-2023-009|2000|600|600|保|2023-09-14|2y|*|counter=600
LX-DB-2023-06|A|G|工|*|=|2000|1880|保|2023-10-11|3y|*
LX-DB-2023-07|P|G|工|*|=|2500|2400|保|2023-10-11|3y|*
LX-DB-2023-08|P|E|农|*|=|1800|1700|保|2023-11-22|2y|*
LX-DB-2023-09|B|E|商|*|0|800|0|保|2023-12-05|2024-02-28|*|released=2024-02-28
LX-DB-2024-01|P|F|发|*|=|=|3500|保|2024-01-18|1y|*
LX-DB-2024-02|P|A|发|*|=|=|6000|保|2024-03-07|1y|*
"""

FINANCING = """
year | quarter | submitted_on | total_balance | ceiling | details_attached
2024 | 1       | 2024-04-08   | 86200.40      | 98000   | 是
"""

DEBTS = """
id|borrower_code|lender|balance|due_on|for_government|repayment_source
LX-RZ-01 | P | 中国农业发展银行兴安盟分行 | 42000 | 2027-10-19 | 否 | 经营收入
LX-RZ-02 | A | 中国农业发展银行兴安盟分行 | 26500.40 | 2025-03-06 | 否 | 经营收入
LX-RZ-03 | B | 中国农业银行兴安分行 | 9700 | 2026-11-14 | 否 | 经营收入
LX-RZ-04 | G | 中国工商银行兴安分行 | 8000 | 2026-10-10 | 否 | 再融资
"""

EXPECTED = """
INV105 | LX-JH-2024-02 | 待办 | 董事会2024-03-18决议后报送，盟国资委审核待定
"""

SAMPLE = Sample(
    file="03-兴安粮食与畜牧产业集团-2024.xlsx",
    summary="合规样本：各项规则均为通过、待办或不适用，没有不符，也没有待核。"
    "参股企业担保恰等于持股比例，非主业股权项目核准恰在第20个工作日（春节、调休）办结。",
    document={
        "filing": filing(BOOK.codes["P"], BOOK.names["P"], "LX-2024-Q1"),
        "entities": BOOK.entities,
        "holdings": BOOK.holdings(HOLDINGS),
        "financials": BOOK.financials(FINANCIALS),
        "plans": BOOK.rows("plans", PLANS),
        "projects": BOOK.rows("projects", PROJECTS),
        "approvals": BOOK.rows("approvals", APPROVALS),
        "investment_reports": BOOK.rows("investment_reports", REPORTS),
        "guarantees": BOOK.guarantees(GUARANTEES),
        "financing_reports": BOOK.rows("financing_reports", FINANCING),
        "debts": BOOK.rows("debts", DEBTS),
        "exceptions": [],
    },
    expected=findings(BOOK.codes, EXPECTED),
    habits=Habits(
        date_format='yyyy"年"m"月"d"日"',
        ratio="text",
        level="{}级",
        quarter="{}季度",
        colour="#E2EFDA",
        unit_line="金额单位：{}",
        clerk="斯琴高娃",
    ),
    notes={
        "guarantees": "本表填列集团及所属企业全部担保事项，含报告期内已解除的担保。",
        "holdings": "持股比例按工商登记口径填列。",
    },
)
