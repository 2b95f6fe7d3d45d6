"""What `duban trace` shows in the terminal."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from duban.cli.tables import moment, new_table
from duban.core.evidence_texts import NOTHING_CAME
from duban.core.state_texts import RETURNS
from duban.pipeline.evidence_trace import EvidenceFound
from duban.pipeline.traced import CompoundTrace, FigureTrace, PaperTrace, RowTrace

SAME, OTHER = "[green]一致[/]", "[red]不一致[/]"
NONE = "—"


def show_paper_trace(trace: PaperTrace) -> None:
    """Every figure of a paper beside what the ledger gives for it."""
    table = new_table(
        f"{escape(trace.record.title)}（截至 {moment(trace.record.as_of)}）的 {len(trace.figures)} 个数字"
    )
    for header in ("名称", "数字", "单位", "口径", "报表", "重算"):
        table.add_column(header, overflow="fold")
    for figure in trace.figures:
        table.add_row(
            figure.figure.key,
            escape(figure.figure.text),
            figure.figure.rule.unit,
            figure.figure.rule.meaning or figure.figure.definition,
            str(len(figure.figure.returns)),
            _replayed(figure),
        )
    console = Console()
    console.print(table)
    if not trace.replayable:
        console.print("[red]这种公文的数字不能按台账重算。[/]")


def _replayed(trace: FigureTrace) -> str:
    return SAME if trace.replays else f"{OTHER}：{escape(trace.replayed or NONE)}"


def show_figure_trace(trace: FigureTrace) -> None:
    """One figure: its rule, then the compounds that count with their cells; without any, the returns it came from."""
    figure, console = trace.figure, Console()
    console.print(f"[bold]{figure.key}[/] = [bold]{escape(figure.text)}[/] {figure.rule.unit}", highlight=False)
    console.print(
        f"口径：{figure.rule.meaning or figure.definition}（{figure.definition}）", highlight=False, soft_wrap=True
    )
    console.print(f"计算：{figure.rule.source or NONE}", highlight=False, soft_wrap=True)
    console.print(f"截至：{moment(trace.as_of)}　　按台账重算：{_replayed(trace)}", highlight=False)
    if trace.compounds:
        console.print(_compounds(trace))
    if trace.returns:
        console.print(_returns(trace))
    if not trace.compounds and not trace.returns:
        console.print("截至该时刻没有收到有关的报表，或者该数字不出自报表。")


def _compounds(trace: FigureTrace) -> Table:
    table = new_table(f"计入的 {len(trace.compounds)} 个小区")
    for header in ("小区", "单元格", "报表", "核对"):
        table.add_column(header, overflow="fold")
    for compound in trace.compounds:
        place, file = (NONE, NONE) if compound.row is None else (_cells(compound.row), _file(compound.row))
        table.add_row(f"{compound.compound} {escape(compound.name or '')}", place, file, _agrees(compound))
    return table


def _cells(row: RowTrace) -> str:
    cells = "\n".join(f"{cell.address} {escape(cell.header)}：{escape(cell.read or NONE)}" for cell in row.cells)
    return f"{escape(row.sheet)} 第 {row.row} 行\n{cells}"


def _file(row: RowTrace) -> str:
    return f"{escape(row.path)}\n{moment(row.received_at)} 收到\n{row.archive}"


def _agrees(compound: CompoundTrace) -> str:
    return SAME if compound.agrees else OTHER


def _returns(trace: FigureTrace) -> Table:
    table = new_table(f"所依据的 {len(trace.returns)} 份报表")
    for header in ("编号", "文件", "收到", "状态", "SHA-256"):
        table.add_column(header, overflow="fold")
    for one in trace.returns:
        status = RETURNS[one.status]
        table.add_row(str(one.return_id), escape(one.path), moment(one.received_at), status, one.sha256)
    return table


def show_evidence(found: EvidenceFound) -> None:
    """The items of a letter, what came for each, and whether they come out the same today."""
    console, items = Console(), found.document["items"]
    assert isinstance(items, list)  # noqa: S101  # as the evidence is made
    table = new_table(f"{escape(found.record.title)}的证据清单（截至 {moment(found.record.as_of)}）")
    for header in ("事项", "期限", "逾期工作日", "收到的文件", "重算"):
        table.add_column(header, overflow="fold")
    for item in items:
        came = "\n".join(f"{one['received_at']} {one['file']} {one['sha256'][:12]}" for one in item["received"])
        table.add_row(
            f"{item['key']} {item['deliverable']}",
            item["due"],
            str(item["working_days_overdue"]),
            escape(came or NOTHING_CAME),
            OTHER if item["key"] in found.differing else SAME,
        )
    console.print(table)
    console.print("证据清单与登记时一致。" if found.untouched else "[red]证据清单与登记时不一致，文件被改过。[/]")
