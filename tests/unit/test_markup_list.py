"""补正清单: what stands in it, that it leads to the cells, and that an answer written into it counts."""

from typing import Any

import pytest

from duban.adapters.markup import mark as marking
from duban.adapters.markup import texts
from duban.adapters.workbook.parse import read_workbook
from duban.core.checked import Status
from duban.core.findings import Finding, FindingClass, class_of
from duban.core.gate.reasons import read_reasons
from duban.core.layout import lay_out
from duban.core.marking import Heading
from fakes.made_returns import FORM
from fakes.marked import (
    FAULTY,
    LIST,
    MANY,
    PROJECT,
    WORK,
    by_hand,
    checked,
    finding,
    line_of,
    marked,
    opened,
    sent,
    sent_blank,
)

REASON = "该小区为高层，一栋九百户"
REASON_COLUMN = "G"


@pytest.fixture(scope="module")
def faulty() -> bytes:
    return sent(FAULTY, work=MANY)


@pytest.fixture(scope="module")
def back(faulty: bytes) -> bytes:
    return marked(faulty)


def lines(content: bytes) -> list[tuple[Any, ...]]:
    """The lines of findings, without number: code, place, compound, found, problem, reason."""
    rows = opened(content)[LIST].iter_rows(values_only=True)
    return [row[1:] for row in rows if isinstance(row[0], int)]


def links(content: bytes) -> dict[tuple[str, str], str | None]:
    """Where each line leads, by code and place."""
    rows = [row for row in opened(content)[LIST].iter_rows() if isinstance(row[0].value, int)]
    return {(row[1].value, row[2].value): row[2].hyperlink and row[2].hyperlink.location for row in rows}


def texts_of(content: bytes) -> list[str]:
    rows = opened(content)[LIST].iter_rows(values_only=True)
    return [row[0] for row in rows if isinstance(row[0], str)]


def test_the_list_stands_first_and_alone_is_selected(back: bytes) -> None:
    """With two sheets selected, what is typed into one would be typed into both."""
    workbook = opened(back)
    assert (workbook.sheetnames[0], workbook.active.title) == (LIST, LIST)
    assert [sheet.title for sheet in workbook.worksheets if sheet.sheet_view.tabSelected] == [LIST]


def test_the_head_says_whose_return_it_is_and_what_to_do(back: bytes) -> None:
    """Office, week, time of receipt, file, number of the receipt, and until when."""
    said = "".join(texts_of(back))
    for part in ("EA办事处", "截至2018年9月7日", "2018年9月7日10时", "周报.xlsx", "12", "9月12日前", "不少于 6 字"):
        assert part in said, part


def test_what_is_not_known_is_not_said(faulty: bytes) -> None:
    """`duban check --mark` knows no office, week or time."""
    said = "".join(texts_of(marked(faulty, heading=Heading("周报.xlsx"))))
    assert "周报.xlsx" in said
    assert not any(word in said for word in ("填报单位", "报告期", "收到时间", "回执编号", "None"))


def test_the_list_goes_from_what_must_be_mended_to_hints(faulty: bytes, back: bytes) -> None:
    """必改, 需说明, 核实, 提示: every finding a line, under the heading of its class."""
    sections = [text for text in texts_of(back) if " 类，" in text]
    assert [text.partition("（")[0] for text in sections] == ["一、必改", "二、需说明", "三、核实", "四、提示"]
    codes = [line[0] for line in lines(back)]
    assert sorted(codes) == sorted(found.code for found in checked(faulty).checked.findings)
    assert [*map(class_of, codes)] == sorted(map(class_of, codes))


def test_a_class_without_findings_is_not_mentioned() -> None:
    """Neither in the legend nor as a section, and nobody is asked for reasons."""
    said = "".join(texts_of(marked(sent(), [finding("R04")])))
    assert texts.NAMES[FindingClass.A] in said
    assert not any(texts.NAMES[cls] in said for cls in (FindingClass.B, FindingClass.C, FindingClass.D))
    assert "说明”列" not in said


def test_every_line_leads_to_its_cell(back: bytes) -> None:
    """The place is a link within the workbook."""
    assert links(back)["R04", "《工作台账》G2"] == "'工作台账'!G2"
    assert links(back)["B02", "《工作台账》H4"] == "'工作台账'!H4"


def test_without_a_cell_the_sheet_is_the_place_and_without_a_sheet_there_is_none() -> None:
    """A missing column leads to its sheet; a missing sheet and the file as a whole to nothing."""
    found = [
        Finding("F03", WORK, None, None, "缺少“楼栋数”", "请补上"),
        Finding("F02", "项目表", None, None, "没有《项目表》工作表", "请填写"),
        Finding("F09", None, None, None, "没有任何数据行", "请填写数据"),
    ]
    assert links(marked(sent(), found)) == {
        ("F03", "《工作台账》"): "'工作台账'!A1",
        ("F02", "《项目表》"): None,
        ("F09", "本文件"): None,
    }


def test_characters_that_no_workbook_may_hold_are_left_out() -> None:
    """A control character in a finding does not keep the list from being written."""
    assert lines(marked(sent(), [finding("R12", found="a\x07\x00b\ud800\nc")]))[0][3] == "ab c"


def test_the_list_prints_on_a4(back: bytes) -> None:
    """Landscape, as wide as the page, with its header on every page."""
    sheet = opened(back)[LIST]
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (9, "landscape", 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    header = int(sheet.print_title_rows.rpartition("$")[2])
    assert [cell.value for cell in sheet[header]] == list(texts.HEADERS)


def test_a_marked_workbook_with_its_cells_corrected_is_accepted(faulty: bytes, back: bytes) -> None:
    """The clerk's way: mend the red cells, answer the orange ones on the first sheet, send the file again."""
    assert checked(faulty).checked.status is Status.PARTIAL
    mended = {(WORK, "G2"): 10, (WORK, "E3"): "社区楼院", (LIST, f"{REASON_COLUMN}{line_of(back, 'B02')}"): REASON}
    again = checked(by_hand(back, mended)).checked
    assert again.status is Status.ACCEPTED
    assert [(found.code, found.reason) for found in again.findings if found.cls in "AB"] == [("B02", REASON)]


def test_the_bureaus_own_blank_marked_and_corrected_is_accepted() -> None:
    """Through its protection, drop-downs and formats."""
    content = sent_blank({(WORK, "G3"): 0, (PROJECT, "D4"): "差不多"}, work=MANY, project=MANY)
    assert checked(content).checked.status is Status.PARTIAL
    again = checked(by_hand(marked(content), {(WORK, "G3"): 10, (PROJECT, "D4"): "已拟定"})).checked
    assert (again.status, [found for found in again.findings if found.cls in "AB"]) == (Status.ACCEPTED, [])


def test_a_reason_in_the_list_stays_when_the_workbook_is_marked_again(back: bytes) -> None:
    """It stood nowhere else: without it the second correction would lose what the first explained."""
    again = marked(by_hand(back, {(LIST, f"{REASON_COLUMN}{line_of(back, 'B02')}"): REASON}))
    assert [line[5] for line in lines(again) if line[0] == "B02"] == [REASON]
    assert [found.reason for found in checked(again).checked.findings if found.code == "B02"] == [REASON]


def test_a_reason_in_the_list_counts_before_one_in_the_sheet_of_reasons() -> None:
    """It is the answer to a question; the sheet may carry last month's."""
    old = {"code": "B02", "compound_id": "EA-003", "reason": "此为上月所写原因"}
    explained = sent(FAULTY, work=MANY, reasons=[old])
    back = marked(explained)
    assert [line[5] for line in lines(back) if line[0] == "B02"] == [old["reason"]]
    again = checked(by_hand(back, {(LIST, f"{REASON_COLUMN}{line_of(back, 'B02')}"): REASON})).checked
    assert [found.reason for found in again.findings if found.code == "B02"] == [REASON]


def test_a_reason_for_a_finding_without_compound_is_read_from_the_list() -> None:
    """C09 is about the whole return: its line has no 小区编号."""
    content = marked(sent(), [Finding("C09", PROJECT, None, None, "尚未填报", "最迟应填报")])
    answered = by_hand(content, {(LIST, f"{REASON_COLUMN}{line_of(content, 'C09')}"): "本周尚未进入实施阶段"})
    reasons = read_reasons(lay_out(read_workbook(answered), FORM))
    assert reasons.of("C09", None) == "本周尚未进入实施阶段"


def test_a_list_without_answers_says_nothing(back: bytes) -> None:
    """Its lines are no reasons, and no hint is given about them."""
    read = lay_out(read_workbook(back), FORM)
    assert read.corrections is not None
    assert read_reasons(read).given == {}
    assert read_reasons(read).hints([]) == []


def test_a_file_full_of_faults_is_listed_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """What must be mended comes first, and it is said that there is more."""
    monkeypatch.setattr(marking, "MOST_LISTED", 2)
    content = marked(sent(), [finding("D01"), finding("R04"), finding("C02")])
    assert [line[0] for line in lines(content)] == ["R04", "C02"]
    assert texts.TOO_MANY.format(count=3, listed=2) in texts_of(content)


def test_a_marked_workbook_sent_back_unchanged_has_the_same_findings(faulty: bytes, back: bytes) -> None:
    """Marking changes nothing that is judged."""
    assert checked(back).checked.findings == checked(faulty).checked.findings
