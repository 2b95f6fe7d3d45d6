"""Every text about a return's life: its steps, what it changed, what the bureau asked."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from duban.core.asks import Ask
from duban.core.changes import CellChange, ChangeKind, RowChange
from duban.core.checked import Value
from duban.core.messages import BLANK, shorten
from duban.core.weeks import ZONE
from duban.core.wording import date_text, day_text, plain, quote

SYSTEM = "系统"
STAGES = {
    "received": "收到",
    "accepted": "采用",
    "partial": "部分采用",
    "returned": "退回",
    "duplicate": "重复",
    "after_signature": "逾期后更正",
    "asked": "要求修改",
    "replaced": "被替换",
}
WHY = {
    "received": "文件 {file}",
    "accepted": "各行均符合规则",
    "partial": "{rejected} 行有必改或未说明的问题",
    "returned": "整份文件不符合报送要求",
    "duplicate": "与此前收到的文件完全相同",
    "after_signature": "本期工作简报已签发：数据计入台账，已签发的简报不变",
    "asked": "{place}：{reason}",
    "replaced": "同一期后来报送的 {other} 号报表已采用",
}
ASK = "{place}：{reason}（{by}，{day}提出）"
WHOLE_RETURN = "整份报表"
SUMMARY = "与上次采用的数据相比：新增 {added} 行，变动 {changed} 行（{cells} 格），未报 {gone} 行。"
SAME = "与上次采用的数据相比，没有变化。"
FIRST = "首次采用，此前没有数据可比。"
NOT_COMPARED = "未采用，不作比较。"
ROWS = {
    ChangeKind.ADDED: "《{sheet}》{compound}{name}：新增",
    ChangeKind.CHANGED: "《{sheet}》{compound}{name}：{cells}",
    ChangeKind.GONE: "《{sheet}》{compound}{name}：本次未报，沿用上次数据",
}
CELL = "{header} {old} → {new}"
CELL_IN_A_PAPER = "{header}由{old}改为{new}"
BETWEEN_CELLS = "，"


def shown(value: Value) -> str:
    """A value as an office wrote it, on one line."""
    if value is None or value == "":
        return BLANK
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return shorten(plain(str(value)))


def summary(changes: Sequence[RowChange]) -> str:
    """How much changed, as a sentence."""
    if not changes:
        return SAME
    kinds = Counter(change.kind for change in changes)
    cells = sum(len(change.cells) for change in changes if change.kind is ChangeKind.CHANGED)
    counts = {kind.value: kinds[kind] for kind in ChangeKind}
    return SUMMARY.format(**counts, cells=cells)


def row_text(change: RowChange) -> str:
    """One row's change: 《项目台账》MH-003 幸福小区：社区平安 进行中 → 已完成."""
    return _row(change, cell_text, before_name=" ")


def row_in_a_paper(change: RowChange) -> str:
    """One row's change as a paper tells it: 《项目台账》MH-003幸福小区：社区平安由“进行中”改为“已完成”."""
    return _row(change, _cell_in_a_paper, before_name="")


def _row(change: RowChange, cell: Callable[[CellChange], str], before_name: str) -> str:
    cells = BETWEEN_CELLS.join(map(cell, change.cells)) if change.kind is ChangeKind.CHANGED else ""
    name = f"{before_name}{shorten(plain(change.name))}" if change.name else ""
    return ROWS[change.kind].format(sheet=change.sheet, compound=change.compound, name=name, cells=cells)


def cell_text(change: CellChange) -> str:
    """One cell's change."""
    return CELL.format(header=change.header, old=shown(change.old), new=shown(change.new))


def _cell_in_a_paper(change: CellChange) -> str:
    old, new = _in_a_paper(change.old), _in_a_paper(change.new)
    return CELL_IN_A_PAPER.format(header=change.header, old=old, new=new)


def _in_a_paper(value: Value) -> str:
    """A value in a sentence: texts in quotation marks, days as papers write them."""
    if isinstance(value, date):
        return date_text(value)
    return quote(shown(value)) if isinstance(value, str) and value else shown(value)


def place_text(sheet: str | None, compound: str | None) -> str:
    """What the bureau asked to be changed: 《工作台账》MH-001, or the whole return."""
    named = f"《{sheet}》" if sheet else ""
    return f"{named}{compound or ''}" or WHOLE_RETURN


def ask_text(ask: Ask, place: str) -> str:
    """One request as a line: 《工作台账》MH-001：户数与现场不符（王主任，7月28日提出）."""
    day = day_text(ask.asked_at.astimezone(ZONE).date())
    return ASK.format(place=place, reason=ask.reason, by=ask.by, day=day)
