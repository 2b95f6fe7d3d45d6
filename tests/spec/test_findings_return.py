"""What is said of a return as a whole: F codes, C03 C04 C05 C09, class D, and that every row is accounted for."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from duban.core.checked import Status, Verdict
from duban.core.errors import UnreadableReturnError
from duban.core.messages import message
from duban.core.returns import ReturnKind
from duban.core.sheets import RawSheet
from duban.core.state import digest
from duban.core.weeks import ZONE
from fakes.made_returns import ACCEPTED, CHECKER, RECEIVED, WEEK, book, check, codes, known, rejected, told


def numbered(count, **changes):
    return [{"compound_id": f"EA-{n:03d}", "name": f"小区{n}", **changes} for n in range(1, count + 1)]


def zero(**tables):
    return book(**{"work": [], "project": [], "activities": [], **tables}, cover={"kind": "零报告"})


def without_sheet(raw, name):
    return replace(raw, sheets=tuple(sheet for sheet in raw.sheets if sheet.name != name))


# ── the file goes back ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("code", ["F01", "F08"])
def test_what_cannot_be_read_goes_back_with_the_readers_reason(code):
    """F01 and F08 come from the reader; nothing else can be said."""
    result = CHECKER.check(UnreadableReturnError(code, "有密码"), folder="EA", received_at=RECEIVED, last=None)

    assert codes(result) == [code]
    assert "有密码" in message(told(result)[0])
    assert result.checked.status is Status.RETURNED


def test_a_missing_ledger_sheet_sends_the_file_back():
    """F02: 工作台账 is wanted always."""
    assert codes(check(book(work=None))) == ["F02"]


@pytest.mark.parametrize(("week", "expected"), [("2018-08-17", ["C09"]), ("2018-08-24", ["F02"])])
def test_the_project_ledger_is_wanted_from_the_week_of_its_due_date(week, expected):
    """F02 from the week whose cut-off is on or after S3c's due date (2018-08-24); before that C09."""
    raw = book(project=None, activities=[], cover={"week": week})

    assert codes(check(raw, received_at=datetime.fromisoformat(f"{week}T10:00+08:00"))) == expected


def test_a_missing_cover_is_told_once():
    """Office, week, kind and version cannot be told: one finding."""
    assert codes(check(without_sheet(book(), "封面"))) == ["F02"]


@pytest.mark.parametrize(
    ("label", "header", "code"),
    [
        ("office", "填报单位", "F04"),
        ("week", "报告期截止日", "F05"),
        ("kind", "报送类型", "F07"),
        ("version", "表样版本", "F07"),
    ],
)
def test_a_missing_label_of_the_cover_is_what_a_blank_one_is(label, header, code):
    """F03 speaks of columns. The message says that the label is to be put there, and what is to stand beside it."""
    missing, blank = check(book(without=[f"cover.{label}"])), check(book(cover={label: None}))
    [finding], [beside] = told(missing), told(blank)

    assert (finding.code, finding.sheet, finding.cell, finding.column) == (code, "封面", None, label)
    assert (beside.code, missing.checked.status) == (code, Status.RETURNED)
    assert message(finding).endswith(f"请按表样补上“{header}”；{beside.expected}。")


def test_a_label_that_is_not_required_may_be_missing():
    """填报人 and the like: nothing depends on them."""
    assert codes(check(book(without=["cover.clerk"]))) == []


def test_a_missing_column_is_told_once_and_not_for_each_row():
    """F03: no R01 for the cells that are not there; the other faults of the rows are told along."""
    result = check(book(work=[{"kind": "其他"}], without=["work.buildings"]))

    assert codes(result) == ["F03", "R02"]
    assert result.checked.status is Status.RETURNED
    assert {row.reason for row in result.checked.rows} == {"returned"}


def test_a_column_that_stands_twice_sends_the_file_back():
    """F03: which one is meant cannot be told."""
    raw = book()
    doubled = [
        RawSheet(s.name, tuple((*row, row[5]) for row in s.rows)) if s.name == "工作台账" else s for s in raw.sheets
    ]

    assert codes(check(replace(raw, sheets=tuple(doubled)))) == ["F03"]


@pytest.mark.parametrize("named", ["EA办事处", "EA", "ea", " EA 办事处 ", "ＥＡ", "ｅａ", "ＥＡ办事处"])
def test_an_office_is_known_by_its_name_with_or_without_the_last_word_and_by_its_code(named):
    """Spaces and width are none of it."""
    result = check(book(cover={"office": named}))

    assert (result.checked.office, codes(result)) == ("EA", [])


@pytest.mark.parametrize("version", ["１", " 1 ", 1.0])
def test_a_version_is_the_same_in_any_width(version):
    """A number typed in full width is no other form."""
    assert codes(check(book(cover={"version": version}))) == []


@pytest.mark.parametrize("version", ["2", "１１", "v1"])
def test_a_version_is_never_guessed(version):
    """F07."""
    assert codes(check(book(cover={"version": version}))) == ["F07"]


@pytest.mark.parametrize("named", ["EA街道", "东EA办事处", "EB"])
def test_an_office_is_never_guessed(named):
    """F04."""
    assert codes(check(book(cover={"office": named}))) == ["F04"]


def test_the_wrong_folder_is_told_alone():
    """F06: that no 小区编号 is of that office follows from it."""
    assert codes(check(book(cover={"office": "WE办事处"}))) == ["F06"]


def test_another_day_of_the_week_means_that_week():
    """D04: any date within a reporting week."""
    result = check(book(cover={"week": "2018-09-05"}))

    assert (result.checked.week, codes(result), codes(result, "D")) == (WEEK, [], ["D04"])


def test_a_day_of_a_week_without_workdays_means_the_next_reporting_week():
    """ISO week 40 of 2018 has no working day: its days are W41's."""
    received = datetime(2018, 10, 8, 10, tzinfo=ZONE)
    result = check(book(cover={"week": "2018-10-03"}), received_at=received)

    assert (result.checked.week, codes(result)) == ("2018-W41", [])


def test_a_week_begins_on_its_first_day():
    """Received on the Monday of the week stated: begun; on the Sunday before: F05."""
    raw = book(activities=[], cover={"week": "2018-09-07"})

    assert codes(check(raw, received_at=datetime(2018, 9, 3, 0, 0, tzinfo=ZONE))) == []
    assert codes(check(raw, received_at=datetime(2018, 9, 2, 23, 59, tzinfo=ZONE))) == ["F05"]


@pytest.mark.parametrize("day", ["9999-12-31", "1900-01-01"])
def test_no_date_is_beyond_the_calendar(day):
    """F05, and no error of ours."""
    assert codes(check(book(cover={"week": day}))) == ["F05"]


@pytest.mark.parametrize("tables", [{"work": [{}]}, {"activities": [{}]}])
def test_a_zero_report_with_rows_goes_back(tables):
    """F09: "no change" and rows contradict each other."""
    assert codes(check(zero(**tables))) == ["F09"]


def test_a_normal_return_without_rows_goes_back():
    """F09: "no change" is said by a 零报告."""
    assert codes(check(book([], [], []))) == ["F09"]


def test_a_zero_report_is_accepted_and_compares_nothing():
    """No C03, no C05: the state is carried. Nor is any sheet asked for."""
    for raw in (zero(), zero(project=None), zero(work=None, project=None, activities=None)):
        result = check(raw, {"EA-001": known()})
        assert (codes(result), result.checked.kind, result.checked.status) == ([], ReturnKind.ZERO, Status.ACCEPTED)


EMPTY = "辖区内无拟提升小区"


@pytest.mark.parametrize(
    ("raw", "hint"),
    [
        (zero(reasons=[{"reason": EMPTY}]), "D08"),
        (zero(reasons=[{"code": "零报告", "reason": "经逐一核实，辖区内 无拟提升小区。"}]), "D08"),
        (zero(reasons=[{"reason": "辖区内有拟提升小区"}]), "D06"),
        (book(reasons=[{"reason": EMPTY}]), "D06"),
    ],
    ids=["the phrase alone", "in a sentence", "another phrase", "not a zero report"],
)
def test_a_zero_report_that_knows_of_no_compound_is_told_that_the_bureau_confirms_it(raw, hint):
    """It answers no finding, and is no slip of the pen."""
    result = check(raw)

    assert (codes(result), codes(result, "D")) == ([], [hint])


def lengthened(raw, name, *lines):
    return replace(raw, sheets=tuple(replace(s, rows=(*s.rows, *lines)) if s.name == name else s for s in raw.sheets))


def test_more_rows_than_a_district_has_compounds_go_back_unjudged():
    """F08: over 20 000 rows in a table."""
    [finding] = told(check(lengthened(book(), "工作台账", *[("EA-001",)] * 20_000)))

    assert finding.code == "F08"
    assert message(finding).startswith("《工作台账》过大：工作台账有 20001 行。每个文件不超过 20 MB，")


def test_titles_sums_and_remarks_are_no_rows():
    """F08 counts the rows of a table: exactly 20 000 are not more than 20 000, whatever stands around them."""
    acts = [("2018-09-03", "宣传发动", "动员会")] * 20_000
    around = (("合计", "", ""), *[("备注：以上活动均有记录。",)] * 20)

    assert codes(check(lengthened(book(activities=[]), "工作动态", *acts, *around))) == []
    assert codes(check(lengthened(book(activities=[{}]), "工作动态", *acts))) == ["F08"]


def test_a_sheet_that_is_no_table_of_the_form_has_no_number_of_rows():
    """F08 speaks of tables; unknown sheets are passed over."""
    raw = book()
    extra = RawSheet("打印", (("序号", "内容"), *((n, "甲") for n in range(20_001))))

    assert codes(check(replace(raw, sheets=(*raw.sheets, extra)))) == []


def test_a_zero_report_of_more_rows_than_a_table_may_have_is_not_judged_either():
    """F08 beside F09: so many rows cost time."""
    assert codes(check(lengthened(zero(), "工作动态", *[("2018-09-03", "宣传发动", "")] * 20_001))) == ["F08", "F09"]


def test_reasons_are_a_table_too():
    """F08."""
    why = ("B06", "EA-001", "全部为公房无业主")
    assert codes(check(lengthened(book(reasons=[]), "说明原因", *[why] * 20_001))) == ["F08"]


# ── the return beside the last accepted state ────────────────────────────────────────────────────────────────────────


def test_a_compound_that_is_missing_is_told_by_its_number():
    """C03: it is carried forward, and flagged."""
    [finding] = told(check(book(), {"EA-001": known(), "EA-002": known("EA-002", name="世纪新村")}))

    assert (finding.code, finding.sheet, finding.compound) == ("C03", "工作台账", "EA-002")


def test_a_compound_whose_number_was_mistyped_is_not_missing_besides():
    """R05 says it already: the row's 小区名称 is the missing compound's."""
    result = check(book(work=[{"compound_id": "WE-001"}], project=[{}]), {"EA-001": known()})

    assert codes(result) == ["R05"]


def test_what_was_never_accepted_is_no_state_to_compare_with():
    """C02 and C07 speak of the last accepted return; 数据待补 is known from rejected rows alone (returns.md)."""
    changed = {"name": "世纪新村", "buildings": 5000, "households": 9}

    assert codes(check(book(), {"EA-001": known(**changed)})) == ["C02", "C02", "C07"]
    assert codes(check(book(), {"EA-001": known(**changed, pending=True)})) == []


def done(count, total, last_count=0, day="2018-09-03"):
    """A return with `count` accepted compounds of `total`; the first `last_count` of them were accepted before."""
    rows = [{**row, **(ACCEPTED if n < count else {})} for n, row in enumerate(numbered(total))]
    rows = [{**row, "accepted_on": day} if "accepted_on" in row else row for row in rows]
    last = {
        f"EA-{n:03d}": known(f"EA-{n:03d}", name=f"小区{n}", accepted_on=date.fromisoformat(day))
        for n in range(1, last_count + 1)
    }
    return codes(check(book(work=numbered(total), project=rows), last))


def test_many_compounds_accepted_in_one_week_head_the_spot_checks():
    """C04: at least 3 and at least 30 % of the office's; one finding a compound."""
    assert done(3, 10) == ["C04"] * 3
    assert done(3, 11) == []
    assert done(2, 2) == []


def test_a_week_is_judged_by_all_that_were_accepted_in_it_and_told_when_one_is_new():
    """The third makes three, whenever the first two were told; three that were told are not told every week again."""
    assert done(3, 10, last_count=2) == ["C04"] * 3
    assert done(3, 10, last_count=3) == []


@pytest.mark.parametrize(("day", "week"), [("2018-09-03", "截止日 2018-09-07"), ("2018-07-20", "2018-07-16 起")])
def test_days_before_the_first_reporting_week_are_of_a_week_too(day, week):
    """C04 asks for one week; those from the plan's start to the first reporting week have no cut-off to name."""
    rows = [{**row, **ACCEPTED, "accepted_on": day} for row in numbered(3)]
    findings = told(check(book(work=numbered(3), project=rows)))

    assert [finding.code for finding in findings] == ["C04"] * 3
    assert f"同一周（{week}）内有 3 个小区验收" in findings[0].found


def test_an_unchanged_project_ledger_is_told():
    """C05: every row as it was, and the same compounds."""
    row = next(row for row in check(book()).checked.rows if row.table == "project")
    same = {"EA-001": known(project_digest=digest(row.values))}

    assert codes(check(book(), same)) == ["C05"]
    assert codes(check(book(project=[{"funds": 31}]), same)) == []


# ── hints ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_normalised_value_is_told_at_its_cell():
    """D01: which, from what, to what."""
    [finding] = told(check(book(work=[{"buildings": "12栋"}])), "D")

    assert (finding.code, finding.compound) == ("D01", "EA-001")
    assert "12栋" in finding.found


def test_a_habit_is_told_once():
    """More than five alike in a column are one finding with their number."""
    rows = [{**row, "buildings": "12栋"} for row in numbered(6)]
    [finding] = told(check(book(work=rows, project=[])), "D")

    assert "共 6 处" in finding.found


def test_an_unknown_column_is_told_and_ignored():
    """D02."""
    raw = book()
    wider = [
        RawSheet(s.name, tuple((*row, value) for row, value in zip(s.rows, ("楼长", "赵"), strict=True)))
        if s.name == "工作台账"
        else s
        for s in raw.sheets
    ]
    result = check(replace(raw, sheets=tuple(wider)))

    assert [(f.code, f.found) for f in told(result, "D")] == [("D02", "楼长")]


# ── accounting ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_row_is_accepted_rejected_or_ignored_with_a_reason():
    """I6: read = accepted + rejected + ignored; ignored rows say why."""
    raw = book(work=[{}, {"compound_id": "EA-002", "name": "乙", "kind": "其他"}])
    total = [RawSheet(s.name, (*s.rows, ("合计",))) if s.name == "工作台账" else s for s in raw.sheets]
    checked = check(replace(raw, sheets=tuple(total))).checked
    work = [(row.row, row.verdict, row.reason) for row in checked.rows if row.table == "work"]

    assert [verdict for _, verdict, _ in work] == [Verdict.ACCEPTED, Verdict.REJECTED, Verdict.IGNORED]
    assert work[2] == (4, Verdict.IGNORED, "total")


def test_what_was_not_given_is_listed_as_not_checked():
    """`duban check` says what it could not say."""
    result = CHECKER.check(book(), folder=None, received_at=None, last=None)

    assert result.not_checked == ("C01", "C02", "C03", "C04", "C05", "C07", "F05", "F06", "F10")
    assert rejected(result) == []
