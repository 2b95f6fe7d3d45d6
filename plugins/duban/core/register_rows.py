"""The register of numbers as it is printed: every number in order, void ones too, missing ones named (domain.md §7)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from duban.core.life_texts import SYSTEM as SIGNED_BY_SYSTEM
from duban.core.numbering import Series
from duban.core.papers import PaperRecord
from duban.core.plan import Plan
from duban.core.signing import SYSTEM
from duban.core.signing_texts import STATES
from duban.core.wording import date_text, listed

HEADS = ("序号", "编号", "标题", "主送", "成文日期", "签发人", "状态")
MISSING, NOTHING_MISSING = "漏号：{numbers}。", "连续编号，无漏号。"
GAP = "（漏号）"
EMPTY = "本年没有编号。"


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A line of a register: the number, and the paper that has it; None for a number that no paper has (漏号)."""

    number: int
    printed: str
    paper: PaperRecord | None


def register_lines(
    used: Mapping[int, tuple[str, int]], papers: Mapping[int, PaperRecord], *, own: bool
) -> Iterator[NumberLine]:
    """The lines of one series of a year: `used` tells of each number its printed form and its paper.

    A gap is told only of registers of our own: others number papers that duban never sees.
    """
    for number in range(1, max(used, default=0) + 1):
        printed, paper_id = used.get(number, ("", 0))
        if number in used or own:
            yield NumberLine(number, printed, papers.get(paper_id))


def missing(lines: Sequence[NumberLine]) -> tuple[int, ...]:
    """The numbers that no paper has."""
    return tuple(line.number for line in lines if line.paper is None)


def title_of(plan: Plan, series: Series) -> str:
    """The title of the register of one series and year."""
    return f"{plan.issuer(series.issuer).name}{series.year}年{series.series}登记簿"


def cells_of(line: NumberLine) -> tuple[str, ...]:
    """A line as it is printed, under HEADS."""
    paper = line.paper
    if paper is None or paper.signature is None:
        return (str(line.number), GAP, "", "", "", "", "")
    signature = paper.signature
    return (
        str(line.number),
        line.printed,
        paper.title,
        listed(paper.to),
        date_text(signature.dated),
        SIGNED_BY_SYSTEM if signature.by == SYSTEM else signature.by,
        STATES[paper.state],
    )


def conclusion_of(lines: Sequence[NumberLine]) -> str:
    """What stands under a register: whether numbers are missing, and which."""
    gaps = missing(lines)
    return MISSING.format(numbers=listed(str(number) for number in gaps)) if gaps else NOTHING_MISSING
