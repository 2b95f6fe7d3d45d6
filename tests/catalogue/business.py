"""B-109 … B-130: weeks, offices and what was sent before (faults.md §3.5)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from catalogue.case import Outcome, Sample, Send, Sent
from catalogue.making import WORK, Row, made, project, sends, sends_book, with_rows, work, xlsx
from catalogue.spoiling import ONE_ROW_LOST, RETURNED
from duban.core.sheets import RawBook, RawSheet
from fakes.made_returns import book

LAST = {"week": "2018-08-31"}
AGAIN = ("accepted", "accepted")
IDENTITY, TELEPHONE = "41010519900101123X", "13812345678"


def after(last: Callable[[str], RawBook], now: Callable[[str], RawBook]) -> Send:
    """Last week's return, and this week's."""
    return lambda code: [Sent("8月31日.xlsx", xlsx(last(code)), "08-31 10:00"), Sent("9月7日.xlsx", xlsx(now(code)))]


def last_week(code: str, work: Sequence[Row] = (), project: Sequence[Row] = ()) -> RawBook:
    return made(code, work, project, None, LAST)


def changed(work: Sequence[Row] = (), project: Sequence[Row] = ({"funds": 40},), **last: Sequence[Row]) -> Send:
    """This week's rows over those of last week; the funds change, for C05 would speak of an identical ledger."""
    return after(lambda code: last_week(code, **last), lambda code: made(code, work, project))


def one_only(code: str) -> RawBook:
    """Without the second compound."""
    raw = made(code, project=[{"funds": 40}])
    return with_rows(with_rows(raw, WORK, lambda rows: rows[:2]), "项目台账", lambda rows: rows[:2])


def identical(code: str) -> Sequence[Sent]:
    content = xlsx(made(code))
    return [Sent("周报.xlsx", content), Sent("周报(1).xlsx", content, "09-07 11:00")]


def saved_again(code: str) -> Sequence[Sent]:
    def titled(title: str) -> bytes:
        return xlsx(made(code), lambda file, _: file.set_properties({"title": title}))

    return [Sent("周报.xlsx", titled("一")), Sent("周报(1).xlsx", titled("二"), "09-07 11:00")]


def within_a_minute(code: str) -> Sequence[Sent]:
    return [Sent(f"{n}.xlsx", xlsx(made(code, work=[{"households": 300 + n}]))) for n in (1, 2)]


def households(*values: int) -> Any:
    return lambda outcome: [outcome.compounds[key].households for key in sorted(outcome.compounds)] == list(values)


def known(count: int) -> Any:
    return lambda outcome: len(outcome.compounds) == count


def zero(code: str) -> RawBook:
    return book(None, None, None, cover={"office": f"{code}办事处", "kind": "零报告"})


def with_tasks(code: str) -> RawBook:
    """A sheet and a column with the year's tasks, which are the plan's to say."""
    raw = with_rows(made(code), WORK, lambda rows: [
        (*row, "年度任务数" if line == 0 else 1) for line, row in enumerate(rows)
    ])  # fmt: skip
    return replace(raw, sheets=(*raw.sheets, RawSheet("年度任务", (("任务数", "说明"), (1, "改为一个")))))


def came_late(outcome: Outcome) -> bool:
    return outcome.at_cutoff == {} and len(outcome.compounds) == 2


def of_last_week(outcome: Outcome) -> bool:
    return outcome.last.week == "2018-W35"


def keeps_private(outcome: Outcome) -> bool:
    """No finding repeats a number of an identity card or a telephone."""
    said = "".join(finding.found + finding.expected for finding in outcome.last.findings)
    return IDENTITY not in said and TELEPHONE not in said


TWICE = {"project": [{}, {"compound_id": "OFFICE-003"}]}
DONE = {f"aim_{n:02d}": "已完成" for n in range(1, 12)}
ONE_PROJECT_LOST: dict[str, Any] = {"fates": ("partial",), "rows": (4, 1)}
PRIVATE = f"联系人身份证{IDENTITY}，电话{TELEPHONE}。"

SAMPLES = (
    Sample(
        109,
        "the same bytes under another name",
        identical,
        fates=("accepted", "duplicate"),
        hints=("F10",),
        rows=(0, 0),
    ),
    Sample(110, "the same content saved again", saved_again, fates=AGAIN),
    Sample(
        111, "a newer file with older content", changed(project=[{"scheme": "未拟定"}]), fates=AGAIN, codes=("C01",)
    ),
    Sample(
        112,
        "two files of one week received in the same moment",
        within_a_minute,
        fates=AGAIN,
        shows=households(302, 300),
        why="equal times: by path; the other is kept",
    ),
    Sample(
        113,
        "the name says one office, the cover another, the folder a third",
        sends(lambda code: xlsx(made(code, cover={"office": "G01办事处"})), "EA办事处周报.xlsx"),
        **{**RETURNED, "codes": ("F06",)},
    ),
    Sample(
        114,
        "a compound of another office",
        work({}, {"compound_id": "G01-002"}, project=[{}, {"compound_id": "G01-002"}]),
        codes=("R05",),
        **ONE_ROW_LOST,
    ),
    Sample(
        115,
        "a 小区编号 twice",
        work({}, {"compound_id": "OFFICE-001"}, {}, **TWICE),
        fates=("partial",),
        codes=("R06", "R06"),
        rows=(3, 3),
    ),
    Sample(
        115,
        "a 小区编号 twice, once in another writing",
        work({}, {"compound_id": "OFFICE－001"}, {}, **TWICE),
        fates=("partial",),
        codes=("R06", "R06"),
        rows=(3, 3),
    ),
    Sample(116, "a compound renamed", changed(work=[{"name": "紫荆花园"}]), fates=AGAIN, codes=("C07",)),
    Sample(
        117,
        "a compound that moved here under the number of its old office",
        work({}, {}, {"compound_id": "G02-001", "name": "迁入小区"}, project=[{}, {}]),
        fates=("partial",),
        codes=("R05",),
        rows=(5, 1),
    ),
    Sample(
        118,
        "a compound that was there last week is missing",
        after(last_week, one_only),
        fates=AGAIN,
        codes=("C03",),
        rows=(3, 0),
        shows=known(2),
    ),
    Sample(
        119,
        "a compound that nobody knew",
        changed(work=[{}, {}, {}]),
        fates=AGAIN,
        rows=(6, 0),
        shows=known(3),
        why="returns.md has no finding; once frozen, the baseline proposes it as an amendment",
    ),
    Sample(
        120,
        "an aim that goes back from 已完成 to 未开始",
        after(lambda code: last_week(code, project=[{"aim_01": "已完成"}]), made),
        fates=AGAIN,
        codes=("C01",),
    ),
    Sample(121, "all aims 已完成 without 验收日期", project(DONE), why="not yet accepted on site: nothing is wrong"),
    Sample(
        121,
        "验收日期 with aims 未开始",
        project({"accepted_on": "2018-09-03", "accepted_by": "区住建局"}),
        codes=("R09",),
        **ONE_PROJECT_LOST,
    ),
    Sample(121, "已备案 without 备案日期", project({"committee_stage": "已备案"}), codes=("R10",), **ONE_PROJECT_LOST),
    Sample(
        122,
        "totals that are not the sum",
        sends_book(lambda code: with_rows(made(code), WORK, lambda rows: [*rows, ["合计", *[None] * 5, 9999]])),
        why="returns.md: 合计 rows are passed over; nothing is computed from them",
    ),
    Sample(122, "fewer households than buildings", work({"households": 5}), codes=("B02",), **ONE_ROW_LOST),
    Sample(
        123,
        "the plan's own figures changed",
        sends_book(with_tasks),
        hints=("D02",),
        why="an office has no place to change the plan: the column and the sheet are passed over",
    ),
    Sample(
        124,
        "last year's form",
        sends_book(lambda code: made(code, cover={"version": "2017"})),
        **{**RETURNED, "codes": ("F07",)},
    ),
    Sample(
        125,
        "another day of the week on the cover",
        sends_book(lambda code: made(code, cover={"week": "2018-09-05"}), name="8月31日周报.xlsx"),
        hints=("D04",),
    ),
    Sample(
        125,
        "an earlier week, received now",
        sends_book(last_week),
        rows=(4, 0),
        shows=of_last_week,
        why="returns.md: a late correction of that week",
    ),
    Sample(
        125,
        "a week that has not begun",
        sends_book(lambda code: made(code, cover={"week": "2018-09-21"})),
        **{**RETURNED, "codes": ("F05",)},
    ),
    Sample(
        126,
        "a return after the cut-off and its report",
        sends(lambda code: xlsx(made(code)), time="09-10 09:00"),
        shows=came_late,
        why="what was known at the cut-off does not change",
    ),
    Sample(127, "a zero report", sends_book(zero), rows=(0, 0)),
    Sample(128, "every row as it was last week", changed(project=()), fates=AGAIN, codes=("C05",)),
    Sample(
        129,
        "200 small files at once",
        lambda code: [Sent(f"{n}.xlsx", f"{code} {n}".encode()) for n in range(200)],
        fates=("returned",) * 200,
        codes=("F01",),
        rows=(0, 0),
    ),
    Sample(
        130,
        "an identity card's number and a telephone in a remark",
        work({"remark": PRIVATE}),
        shows=keeps_private,
        why="returns.md has no finding; no finding repeats them",
    ),
    Sample(
        130,
        "the same in a remark that is too long",
        work({"remark": PRIVATE * 10}),
        codes=("C11",),
        shows=keeps_private,
    ),
)
