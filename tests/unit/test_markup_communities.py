"""The sheets for the communities in a marked workbook: what is in them, what they are called, that they do no harm."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from openpyxl import Workbook

from duban.adapters.markup import passing_on, texts
from duban.adapters.markup.mark import Task, mark
from duban.adapters.markup.titles import LONGEST, free_title
from duban.adapters.workbook.parse import read_workbook
from duban.core.communities import by_community
from duban.core.findings import Finding
from duban.core.layout import lay_out
from fakes.made_returns import FORM
from fakes.marked import HEADING, LIST, PROJECT, WORK, by_hand, checked, marked, opened, sent

EAST, WEST = "东风社区", "西湖社区"
BOTH = [{"compound_id": "EA-001", "community": EAST}, {"compound_id": "EA-002", "community": WEST, "name": "小区二"}]
FAULTS = {(WORK, "G2"): 0, (WORK, "G3"): 0}


@pytest.fixture(scope="module")
def back() -> bytes:
    return marked(sent(FAULTS, work=BOTH))


def codes_on(content: bytes, title: str) -> list[tuple[str, str]]:
    """Code and 小区编号 of the numbered lines of a sheet."""
    rows = opened(content)[title].iter_rows(values_only=True)
    return [(str(row[1]), str(row[3])) for row in rows if isinstance(row[0], int)]


def groups(findings: Sequence[Finding], known: Mapping[str, str] | None = None, **edits: Any) -> dict[str, list[str]]:
    read = lay_out(read_workbook(sent(edits.get("hand"), work=BOTH, project=BOTH)), FORM)
    return {name: [one.code for one in found] for name, found in by_community(findings, read, known or {}).items()}


def about(code: str, sheet: str | None, row: int | None, compound: str | None = None) -> Finding:
    return Finding(code, sheet, None, compound, "", "", None, row)


def test_each_community_has_a_sheet_with_its_own_findings_behind_the_list(back: bytes) -> None:
    """So that the office can pass each on without showing it the others."""
    assert opened(back).sheetnames[:4] == [LIST, EAST, WEST, "封面"]
    assert codes_on(back, EAST) == [("R04", "EA-001")]
    assert codes_on(back, WEST) == [("R04", "EA-002")]
    said = [row[0] for row in opened(back)[LIST].iter_rows(values_only=True)]
    assert texts.COMMUNITIES.format(count=2) in said


def test_a_line_leads_to_its_cell_and_leaves_room_for_an_answer(back: bytes) -> None:
    """The last column is for the community; it is no 说明 that the reader would take."""
    sheet = opened(back)[EAST]
    [line] = [row for row in sheet.iter_rows() if isinstance(row[0].value, int)]
    assert line[2].hyperlink.location == f"'{WORK}'!G2"
    assert (line[6].value, texts.COMMUNITY_HEADERS[6]) == (None, "社区反馈")


def test_one_community_alone_gets_no_sheet_of_its_own() -> None:
    """The list says it already. Hints make no sheet either: nobody has to do anything."""
    content = marked(sent({(WORK, "G2"): 0, (WORK, "G3"): "10栋"}, work=BOTH))
    assert opened(content).sheetnames[:2] == [LIST, "封面"]


def test_the_community_is_that_of_the_line_or_of_the_compound() -> None:
    """By the line where the 小区编号 itself is the fault; in the other tables by the compound."""
    assert groups([about("R05", WORK, 3), about("R09", PROJECT, 2, "EA-001"), about("R02", PROJECT, 3)]) == {
        EAST: ["R09"],
        WEST: ["R05", "R02"],
    }


def test_a_compound_that_was_left_out_belongs_where_it_was_last() -> None:
    """C03; what the return itself says counts before that."""
    missing = about("C03", WORK, None, "EA-009")
    assert groups([missing], {"EA-009": WEST, "EA-001": WEST}) == {WEST: ["C03"]}
    assert groups([about("C02", WORK, 2, "EA-001")], {"EA-001": WEST}) == {EAST: ["C02"]}
    assert groups([about("R09", PROJECT, 2, "EA-001")], {"EA-001": WEST}) == {EAST: ["R09"]}
    assert groups([missing, about("F09", None, None), about("D01", WORK, 2, "EA-001")]) == {}


def test_a_row_without_a_community_is_in_none() -> None:
    """It stands in 补正清单 all the same."""
    content = marked(sent({**FAULTS, (WORK, "D3"): None}, work=BOTH))
    assert opened(content).sheetnames[:2] == [LIST, "封面"]
    assert len([row for row in opened(content)[LIST].iter_rows(values_only=True) if row[1] == "R01"]) == 1


@pytest.mark.parametrize(
    ("name", "taken", "title"),
    [
        ("东风/西湖[社区]", [], "东风_西湖_社区_"),
        ("'东风'", [], "东风"),
        ("长" * 40, [], "长" * LONGEST),
        (WORK, [WORK], f"{WORK}（2）"),
        ("East", ["EAST", "east（2）"], "East（3）"),
        ("长" * 40, ["长" * LONGEST], "长" * 28 + "（2）"),
    ],
)
def test_a_sheet_has_a_name_that_excel_takes_and_nobody_else_has(name: str, taken: list[str], title: str) -> None:
    """At most 31 characters, none that Excel forbids, never one that the reader takes for a table of the form."""
    assert free_title(name, taken) == title


def test_a_community_called_like_a_table_is_not_read_as_one() -> None:
    """The office would be told that it sends 工作台账 twice (F03)."""
    content = sent(FAULTS, work=[{**BOTH[0], "community": PROJECT}, BOTH[1]])
    back = marked(content)
    assert f"{PROJECT}（2）" in opened(back).sheetnames
    assert checked(back).checked.findings == checked(content).checked.findings


def test_sent_back_the_sheets_change_nothing_and_marking_again_writes_them_anew(back: bytes) -> None:
    """No trace of the first marking is left, and the community's answers are no cells of a table."""
    [line] = [row for row in opened(back)[EAST].iter_rows() if isinstance(row[0].value, int)]
    answered = by_hand(back, {(EAST, line[6].coordinate): "已核对，楼栋数为十栋，原填报有误"})
    assert checked(answered).checked.findings == checked(sent(FAULTS, work=BOTH)).checked.findings
    again = marked(by_hand(answered, {(WORK, "G3"): 10}))
    assert opened(again).sheetnames[:2] == [LIST, "封面"]
    assert EAST not in opened(again).sheetnames


def test_there_are_never_more_sheets_than_the_reader_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What gets no sheet stands in the list, and the list says so."""
    content = sent(FAULTS, work=BOTH)
    monkeypatch.setattr(passing_on, "MOST_SHEETS", len(opened(content).sheetnames) + 1)
    back = marked(content)
    assert opened(back).sheetnames[:3] == [LIST, EAST, "封面"]
    said = [row[0] for row in opened(back)[LIST].iter_rows(values_only=True)]
    assert texts.COMMUNITIES_LEFT_OUT.format(count=1) in said


def test_the_marked_workbook_takes_communities_that_the_return_does_not_name() -> None:
    """Given by the caller, who knows the office's last state."""
    content = sent({(WORK, "G2"): 0}, work=BOTH)
    book = read_workbook(content)
    found = [*checked(content).checked.findings, about("C03", WORK, None, "EA-009")]
    back = mark(Task(content, book, tuple(found), HEADING, FORM, {"EA-009": "南山社区"}))
    assert opened(back).sheetnames[:3] == [LIST, EAST, "南山社区"]


@pytest.mark.parametrize("title", ["【督办】重点小区清单", "东风社区待核对问题", None, 12])
def test_a_sheet_of_the_offices_own_is_never_taken_for_one_of_ours(title: object) -> None:
    """Whatever it is called; only the whole title of ours counts."""
    workbook = Workbook()
    workbook.worksheets[0]["A1"] = title
    assert not passing_on.is_ours(workbook.worksheets[0])
