"""B-93 … B-108: dates, long texts and strange characters (faults.md §3.4)."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from functools import partial
from typing import Any

from catalogue.case import Sample, Send
from catalogue.making import (
    ACTIVITIES,
    Row,
    csvs,
    edited,
    folder,
    made,
    names_of,
    project,
    replaced,
    sends,
    sends_book,
    tweaked,
    work,
    xlsx,
)
from catalogue.spoiling import ONE_ROW_LOST, UNREADABLE, in_name

DAY = {"num_format": "yyyy-mm-dd"}


def held_on(*values: Any) -> Send:
    """An activity for each date."""
    return sends_book(partial(made, activities=[{"held_on": value} for value in values]))


def lost(count: int, kept: int = 0, code: str = "R03") -> dict[str, Any]:
    return {"fates": ("partial",), "codes": (code,) * count, "rows": (4 + kept, count)}


def kept(count: int) -> dict[str, Any]:
    return {"hints": ("D01",), "rows": (4 + count, 0)}


def serials(*values: float) -> Send:
    """Numbers that are shown as dates."""

    def write(file: Any, pages: Mapping[str, Any]) -> None:
        for line, value in enumerate(values, 1):
            pages[ACTIVITIES].write_number(line, 0, value, file.add_format(DAY))

    return tweaked(write, partial(made, activities=[{}] * len(values)))


def real_dates(code: str, **options: Any) -> bytes:
    return xlsx(made(code, activities=[{"held_on": date(2018, 9, 3)}]), **options)


def deliberated(day: str, reasons: Sequence[Row] | None = None) -> Send:
    """A compound whose committees decided on that day."""
    return project({"scheme": "两委已议定", "deliberated_on": day}, reasons=reasons)


REASON = [{"code": "B01", "compound_id": "OFFICE-001", "reason": "两委在方案印发前已经议定"}]
ONE_PROJECT_LOST: dict[str, Any] = {"fates": ("partial",), "rows": (4, 1)}
MARKUP = ("{{7*7}}", "{% for %}", "<w:p/>", 'A&B <甲> "x"')

SAMPLES = (
    Sample(93, "the serial 43344 in a cell without format", held_on(43344), **kept(1)),
    Sample(94, "2018.9.1, 2018/9/1, 20180901", held_on("2018.9.1", "2018/9/1", "20180901"), **kept(3)),
    Sample(95, "2018年9月1日", held_on("2018年9月1日"), **kept(1)),
    Sample(95, "9月1日", held_on("9月1日"), **lost(1), why="returns.md: never guessed, a date without a year"),
    Sample(96, "18.9.1 and 1/9/2018", held_on("18.9.1", "1/9/2018"), **lost(2)),
    Sample(
        97, "2018/9/31, 2018-13-01, 今年9月, 2018.9", held_on("2018/9/31", "2018-13-01", "今年9月", "2018.9"), **lost(4)
    ),
    Sample(98, "a workbook that counts from 1904", sends(partial(real_dates, date_1904=True))),
    Sample(
        98,
        "the same with the flag flipped: four years later",
        sends(
            lambda code: edited(
                real_dates(code), replaced("xl/workbook.xml", "<workbookPr ", '<workbookPr date1904="1" ')
            )
        ),
        **lost(1, code="R08"),
    ),
    Sample(99, "0.5, 59, 60, -5 and 99999999 shown as dates", serials(0.5, 59, 60, -5, 99_999_999), **lost(5)),
    Sample(100, "a time of day where a date is wanted", held_on(time(9, 30)), **lost(1)),
    Sample(101, "a date after the cut-off", deliberated("2018-12-01"), codes=("R08",), **ONE_PROJECT_LOST),
    Sample(101, "a date before the plan's start", deliberated("2018-07-01"), codes=("B01",), **ONE_PROJECT_LOST),
    Sample(101, "the same with a reason", deliberated("2018-07-01", REASON), codes=("B01",)),
    Sample(
        101,
        "a date that its stage does not have",
        project({"committee_stage": "已备案", "filed_on": None}),
        codes=("R10",),
        **ONE_PROJECT_LOST,
    ),
    Sample(102, "32 767 characters in a name", work({"name": "长" * 32_767}), codes=("R12",), **ONE_ROW_LOST),
    Sample(
        102,
        "32 767 characters in a remark",
        work({"remark": "长" * 32_767}),
        codes=("C11",),
        why="returns.md: the cell is dropped, the row stands",
    ),
    Sample(
        103,
        "a zero-width space, a byte order mark and direction marks in a name",
        work({"name": "紫\u200b荆\ufeff小\u200f区\u202e"}),
        shows=names_of("紫荆小区", "翠竹苑"),
    ),
    Sample(103, "a control character in a name", in_name("紫荆\x0b小\x01区"), codes=("R12", "R12"), **ONE_ROW_LOST),
    Sample(
        104,
        "an emoji and characters of Ext-B and Ext-G",
        work({"name": "😀𠮷祥"}, {"name": "𬭳𰻝里"}),
        shows=names_of("😀𠮷祥", "𬭳𰻝里"),
    ),
    Sample(
        105,
        "⼩ and 豈, radicals and compatibility ideographs",
        work({"name": "紫荆⼩区"}, {"name": "\uf900竹苑"}),
        hints=("D01",),
        shows=names_of("紫荆小区", "豈竹苑"),
    ),
    Sample(
        105,
        "Cyrillic а, 裏 for 里",
        work({"name": "紫荆а"}, {"name": "翠竹裏"}),
        shows=names_of("紫荆а", "翠竹裏"),
        why="look-alikes are other names; against last week's name C07 asks",
    ),
    Sample(
        106, "①, ², ㎡ and ½ in names", work({"name": "①号院²"}, {"name": "90㎡½"}), shows=names_of("①号院²", "90㎡½")
    ),
    Sample(
        107,
        "markup and templates in names",
        work(*({"name": name} for name in MARKUP), project=[{}] * 4),
        rows=(9, 0),
        shows=names_of(*MARKUP),
    ),
    Sample(
        108,
        "half of a surrogate pair in an .xlsx",
        in_name("紫_xD83D_荆"),
        shows=names_of("紫_xD83D_荆", "翠竹苑"),
        why="an escape that stands for no character stays as it is written",
    ),
    Sample(
        108,
        "half of a surrogate pair in a .csv",
        folder(
            lambda code: {
                name: content.replace("紫荆".encode(), b"\xe7\xb4\xab\xed\xa0\xbd")
                for name, content in csvs(made(code)).items()
            }
        ),
        why="no encoding has it: the text cannot be read",
        **UNREADABLE,
    ),
)
