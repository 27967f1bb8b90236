"""The books of one group: short tables of text, with aliases for enterprises, made into the rows of a filing."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias

from tools.samples.codes import credit_code
from tools.samples.forms import FORM_BY_KEY, LABELS, Field

Value: TypeAlias = str | int | bool | list[str] | None
Row: TypeAlias = dict[str, Value]

BANKS = {
    "工": ("ICBC", "中国工商银行兴安分行"),
    "农": ("ABC", "中国农业银行兴安分行"),
    "中": ("BOC", "中国银行兴安分行"),
    "建": ("CCB", "中国建设银行兴安分行"),
    "交": ("BOCOM", "交通银行兴安分行"),
    "邮": ("PSBC", "中国邮政储蓄银行兴安盟分行"),
    "发": ("ADBC", "中国农业发展银行兴安盟分行"),
    "国": ("CDB", "国家开发银行内蒙古分行"),
    "蒙": ("BIM", "内蒙古银行兴安盟分行"),
    "商": ("NRC", "兴安农村商业银行"),
    "租": ("LEASE", "蒙东融资租赁有限公司"),
}
FORMS_OF_SECURITY = {"保": "连带责任保证", "抵": "抵押", "质": "质押", "差": "差额补足"}
DISTRICTS = {
    "阿尔山": "152202",
    "科右前旗": "152221",
    "科右中旗": "152222",
    "扎赉特": "152223",
    "突泉": "152224",
}
GUARANTEE_KEYS = {
    "released": "released_on",
    "approved": "group_approved_on",
    "counter": "counter_guarantee",
    "licensed": "licensed_business",
    "buyers": "home_buyers",
}


def lines(text: str) -> Iterator[list[str]]:
    """The cells of a text table, one list a line."""
    for line in text.strip().splitlines():
        if line.strip():
            yield [cell.strip() for cell in line.split("|")]


def number(text: str) -> int | str:
    """An amount as JSON states it: whole as a number, with decimals as text, so that it stays exact."""
    return text if "." in text else int(text)


def plain(value: Decimal) -> int | str:
    return number(f"{value.normalize():f}")


def years_later(day: date, count: int) -> date:
    """The last day of a term of so many years that starts on a day."""
    year = day.year + count
    same = day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))
    return same - timedelta(days=1)


def parse(field: Field, text: str) -> Value:
    """A cell by the type of its field; 空 is a blank that the document states as null."""
    if text == "空":
        return None
    match field.kind:
        case "flag":
            return {"是": True, "否": False}[text]
        case "int" | "level" | "quarter":
            return int(text)
        case "money":
            return number(text)
        case "documents":
            names = {label: key for key, label in LABELS["documents"].items()}
            return [
                key
                for word in text.split("、")
                for key in names.values()
                if key == word or names.get(word) == key
            ]
        case kind if kind in LABELS:
            return next(key for key, label in LABELS[kind].items() if label == text)
        case _:
            return text


class Book:
    """Enterprises by alias, and the tables that speak of them.

    `listed` has the columns alias, name, level, key subsidiary, consolidated, going concern, solvent and, where
    there is one, licence, its last day and financial; `outside` has alias and name of firms the list of enterprises leaves out.
    """

    def __init__(self, listed: str, outside: str = "", places: int = 2) -> None:
        self.names: dict[str, str] = {}
        self.codes: dict[str, str] = {}
        self.quantum = Decimal(1).scaleb(-places)
        self.entities: list[Row] = []
        keys = [field.key for field in FORM_BY_KEY["entities"].fields[2:]]
        for alias, name, *cells in lines(listed):
            self._enter(alias, name)
            row: Row = {"code": self.codes[alias], "name": name}
            for key, cell in zip(keys, cells, strict=False):
                if cell:
                    row[key] = parse(FORM_BY_KEY["entities"].field(key), cell)
            self.entities.append(row)
        for alias, name in lines(outside):
            self._enter(alias, name)

    def _enter(self, alias: str, name: str) -> None:
        district = next((code for place, code in DISTRICTS.items() if name.startswith(place)), "152201")
        code = credit_code(name, district)
        if code in self.codes.values():
            raise ValueError(f"two enterprises share the code {code}")
        self.names[alias], self.codes[alias] = name, code

    def rows(self, form: str, text: str) -> list[Row]:
        """A table whose first line names the fields; cells are labels, aliases, dates and numbers."""
        header, *body = lines(text)
        return [self._row(form, dict(zip(header, cells, strict=True))) for cells in body]

    def _row(self, form: str, cells: dict[str, str]) -> Row:
        row: Row = {}
        for key, text in cells.items():
            if text:
                field = FORM_BY_KEY[form].field(key)
                is_party = field.kind == "code" and text in self.codes
                row[key] = self.codes[text] if is_party else parse(field, text)
        return row

    def holdings(self, text: str) -> list[Row]:
        """Lines of holder, investee, ratio in percent and, where it differs, the ratio of votes."""
        rows: list[Row] = []
        for holder, investee, *ratios in lines(text):
            row: Row = {
                "holder_code": self.codes[holder],
                "holder_name": self.names[holder],
                "investee_code": self.codes[investee],
                "investee_name": self.names[investee],
            }
            for key, ratio in zip(("ratio", "voting_ratio"), ratios, strict=False):
                if ratio:
                    row[key] = str(plain(Decimal(ratio) / 100))
            rows.append(row)
        return rows

    def financials(self, text: str, last: int = 2023) -> list[Row]:
        """Lines of alias, three year ends of net assets, the same consolidated and attributable, and liabilities
        in percent of net assets; profit=… and flow=… override what follows from the net assets. A dot is a blank."""
        rows: list[Row] = []
        for alias, own, consolidated, attributable, leverage, *extra in lines(text):
            given = dict(part.split("=") for part in " ".join(extra).split())
            profits, flows = (given.get(key, ".,.,.").split(",") for key in ("profit", "flow"))
            series = [(cells.split() or ["."] * 3) for cells in (own, consolidated, attributable)]
            for place in range(3):
                row: Row = {"code": self.codes[alias], "year": last - 2 + place}
                keys = ("net_assets", "consolidated_net_assets", "attributable_net_assets")
                for key, values in zip(keys, series, strict=True):
                    if values[place] != ".":
                        row[key] = number(values[place])
                if series[0][place] != ".":
                    before = series[0][max(place - 1, 0)]
                    self._results(row, series[0][place], before, leverage, profits[place], flows[place])
                row["audited"] = True
                rows.append(row)
        return rows

    def _results(self, row: Row, own: str, before: str, leverage: str, profit: str, flow: str) -> None:
        net = Decimal(own)
        owed = (abs(net) * Decimal(leverage) / 100).quantize(self.quantum)
        earned = (net - Decimal(before)) if before not in (own, ".") else (net * Decimal("0.031"))
        cash = earned * Decimal("1.35") + abs(net) * Decimal("0.012")
        row["total_assets"], row["total_liabilities"] = plain(net + owed), plain(owed)
        row["net_profit"] = number(profit) if profit != "." else plain(earned.quantize(self.quantum))
        row["operating_cash_flow"] = number(flow) if flow != "." else plain(cash.quantize(self.quantum))

    def guarantees(self, text: str) -> list[Row]:
        """Lines of id, guarantor, beneficiary, bank, debt (* makes a number), debt balance (= the guarantee's), amount
        (= its balance), balance, form, signed, expires (3y: a term), board (*: some days before), and key=value."""
        return [self._guarantee(place, cells) for place, cells in enumerate(lines(text))]

    def _guarantee(self, place: int, cells: list[str]) -> Row:
        name, guarantor, beneficiary, bank, debt, debt_balance, amount, balance, form, signed, ends, board = (
            cells[:12]
        )
        prefix, creditor = BANKS.get(bank, ("", bank))
        row: Row = {
            "id": name,
            "guarantor_code": self.codes.get(guarantor, guarantor),
            "guarantor_name": self.names.get(guarantor, ""),
            "beneficiary_code": self.codes.get(beneficiary, beneficiary),
            "beneficiary_name": self.names.get(beneficiary, ""),
            "creditor": creditor,
            "debt_id": f"{prefix}-{signed[:4]}-{(place * 37 + 112) % 900 + 100}" if debt == "*" else debt,
            "debt_balance": balance if debt_balance == "=" else debt_balance,
            "amount": balance if amount == "=" else amount,
            "balance": balance,
            "form": FORMS_OF_SECURITY.get(form, form),
            "signed_on": signed,
        }
        day = date.fromisoformat(signed) if signed else None
        row["expires_on"] = str(years_later(day, int(ends[:-1]))) if day and ends.endswith("y") else ends
        if day and board == "*":
            row["board_resolution_on"] = str(day - timedelta(days=5 + place * 7 % 17))
            row["group_approved_on"] = str(day - timedelta(days=1 + place % 3))
        else:
            row["board_resolution_on"] = board
        row |= {"licensed_business": "否", "home_buyers": "否"}
        row |= {
            GUARANTEE_KEYS[key]: value
            for key, value in (part.split("=") for part in " ".join(cells[12:]).split())
        }
        return self._row("guarantees", {key: str(value) for key, value in row.items()})
