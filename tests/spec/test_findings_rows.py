"""What becomes of rows: one root cause, one finding; what is rejected, what is dropped, what a reason saves."""

from datetime import date

import pytest

from duban.core.checked import Status, Verdict
from duban.core.messages import message
from fakes.made_returns import ACCEPTED, AIMS, DELIBERATED, FILED, book, check, codes, known, rejected, told


def second(**changes):
    """A second clean row."""
    return {"compound_id": "EA-002", "name": "世纪新村", **changes}


# ── one root cause, one finding ──────────────────────────────────────────────────────────────────────────────────────


def test_a_blank_suppresses_what_follows_from_it():
    """A blank 楼栋数 is R01; nothing is said of households a building (B02) or of a change since last week (C02)."""
    result = check(book(work=[{"buildings": None}]), {"EA-001": known()})

    assert codes(result) == ["R01"]


@pytest.mark.parametrize("stage", ["已备案", "未启动"])
def test_an_unreadable_date_suppresses_the_rules_on_when_it_must_stand(stage):
    """R03 alone: whether 备案日期 must be there (R10) cannot be said of something unread."""
    result = check(book(project=[{"committee_stage": stage, "filed_on": "9月"}]), {"EA-001": known(filed_on=None)})

    assert codes(result) == (["R03"] if stage == "已备案" else ["R03", "C01"])


def test_a_stage_that_is_no_choice_suppresses_the_rules_that_read_it():
    """R02 alone: a misspelt 已备案 is not a 备案日期 at another stage (R10), no B06 and no step back."""
    result = check(book(project=[{**FILED, "committee_stage": "已备安"}]), {"EA-001": known()})

    assert codes(result) == ["R02"]


def test_a_malformed_id_suppresses_what_depends_on_it():
    """R05 in both tables of one typing mistake is told once, in 工作台账: no R06, no R07, no missing compound."""
    bad = {"compound_id": "EA001"}
    result = check(book(work=[bad, bad], project=[bad, {**bad, "name": "另一"}]), {"EA-001": known()})

    assert codes(result) == ["R05", "R05"]
    assert {finding.sheet for finding in told(result)} == {"工作台账"}


def test_a_date_after_the_cutoff_suppresses_what_follows_from_it():
    """R08 alone: a future 验收日期 is not also one with open aims (R09)."""
    assert codes(check(book(project=[{"accepted_on": "2018-12-05"}]))) == ["R08"]


def test_a_removed_date_that_must_be_there_is_no_step_back_besides():
    """已备案 without its date is R10; that it stood there last week (C01) follows from the same blank."""
    last = known(committee_stage="已备案", filed_on=date(2018, 8, 1))

    assert codes(check(book(project=[{"committee_stage": "已备案"}]), {"EA-001": last})) == ["R10"]


def test_a_stage_back_from_filed_is_told_once():
    """The stage stepped back (C01); that its date went with it is no second finding."""
    last = known(committee_stage="已备案", filed_on=date(2018, 8, 1))

    findings = told(check(book(), {"EA-001": last}))

    assert [(finding.code, finding.column) for finding in findings] == [("C01", "committee_stage")]


def test_several_open_aims_are_one_finding_that_names_them():
    """R09 marks 验收日期 and says which aims are open."""
    row = {**ACCEPTED, "aim_02": "进行中", "aim_05": "未开始"}

    [finding] = told(check(book(project=[row])))

    assert (finding.code, finding.column) == ("R09", "accepted_on")
    assert "未完成的目标 2 项：目标2、目标5" in finding.found


def test_a_control_character_in_a_date_or_choice_suppresses_what_compares_it():
    """R12 alone: neither a 备案日期 at another stage (R10), nor open aims (R09), nor half a matter (C11) besides."""
    assert codes(check(book(project=[{"filed_on": "2018-09\x07-03"}]))) == ["R12"]
    assert codes(check(book(project=[{**ACCEPTED, "aim_04": "未开\x07始"}]))) == ["R12"]
    assert codes(check(book(project=[{"ask_department": "住建\x07局", "asked_on": "2018-09-03"}]))) == ["C11"]


@pytest.mark.parametrize(("spoiled", "code"), [(None, "R01"), ("做完", "R02"), ("未开\x07始", "R12")])
def test_an_open_aim_is_told_whatever_stands_in_another(spoiled, code):
    """R09 follows from 目标2 and not from what is wrong with 目标1."""
    row = {**ACCEPTED, "aim_01": spoiled, "aim_02": "未开始"}

    assert codes(check(book(project=[row]))) == [code, "R09"]


def test_what_a_spoiled_aim_decides_is_not_told():
    """All others 不涉及 (R09) or three of them (B03): the blank might be the one 已完成, the faulty one no fourth."""
    unconcerned = {**ACCEPTED, **{key: "不涉及" for key, _ in AIMS}}
    three = {**ACCEPTED, **{key: "不涉及" for key, _ in AIMS[:3]}}

    assert "R09" not in codes(check(book(project=[{**unconcerned, "aim_11": None}])))
    assert codes(check(book(project=[{**three, "aim_11": "不涉\x07及"}]))) == ["R12"]


def test_independent_faults_of_one_row_are_all_told():
    """The clerk mends them in one go."""
    result = check(book(work=[{"kind": "其他", "households": "约三百", "grid_officer": None}]))

    assert codes(result) == ["R01", "R03", "R02"]
    assert rejected(result)[0] == ("work", 2, "R01")


# ── which rows fall ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_fault_rejects_its_row_alone():
    """Partial acceptance: the other rows count."""
    result = check(book(work=[{}, second(kind="其他")], project=[{}]))

    assert rejected(result) == [("work", 3, "R02")]
    assert result.checked.status is Status.PARTIAL


def test_a_rejected_ledger_row_takes_its_project_row_with_it_silently():
    """One root cause, one finding; the project row's reason is the ledger row's."""
    result = check(book(work=[{"kind": "其他"}], project=[{}]))

    assert codes(result) == ["R02"]
    assert rejected(result) == [("work", 2, "R02"), ("project", 2, "R02")]


def test_a_project_row_lost_with_its_ledger_row_still_tells_its_own_faults():
    """They are other root causes: told now, they need no second round."""
    result = check(book(work=[{"kind": "其他"}], project=[{"scheme": "好了"}]))

    assert [(f.sheet, f.code) for f in told(result)] == [("工作台账", "R02"), ("项目台账", "R02")]


def test_a_rejected_project_row_leaves_the_ledger_row_standing():
    """The compound stays known."""
    assert rejected(check(book(project=[{"scheme": "好了"}]))) == [("project", 2, "R02")]


@pytest.mark.parametrize("broken", ["WE-001", "EA-01", None])
def test_a_project_row_is_matched_by_name_to_a_ledger_row_with_a_broken_id(broken):
    """Its 小区编号 is right but unknown now: it goes with the ledger row of its 小区名称, silently."""
    result = check(book(work=[{"compound_id": broken}, second()], project=[{}]))

    assert codes(result) == ["R05" if broken else "R01"]
    assert [row[:2] for row in rejected(result)] == [("work", 2), ("project", 2)]


# One name as two keyboards write it.
SPELLINGS = [("阳光花园A区", "阳光花园Ａ区"), ("翡翠城2期", "翡翠城 2期"), ("金水（北）", "金水(北)")]


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_a_name_is_the_same_in_either_width_and_with_a_space(one, other):
    """As choices are: no C07 beside last week, but C06 in one community, and R05 explains the project row."""
    twins = [{"name": one, "community": "第1社区"}, second(name=other, community="第 １ 社区")]
    broken = check(
        book(work=[{"compound_id": "EA-1", "name": one}], project=[{"name": other}]), {"EA-001": known(name=other)}
    )

    assert codes(check(book(work=[{"name": one}]), {"EA-001": known(name=other)})) == []
    assert codes(check(book(work=twins))) == ["C06", "C06"]
    assert codes(broken) == ["R05"]


def test_a_finding_shows_a_name_as_it_was_written():
    """C07 tells both names, neither of them folded."""
    [finding] = told(check(book(work=[{"name": "阳光花园 Ｂ区"}]), {"EA-001": known(name="阳光花园Ａ区")}))

    assert (finding.code, finding.found) == ("C07", "阳光花园 Ｂ区（上次为阳光花园Ａ区）")


def test_a_project_row_of_no_ledger_row_at_all_is_told():
    """R07; a compound of another name is no match."""
    result = check(book(work=[second()], project=[{}]))

    assert codes(result) == ["R07"]


def test_every_row_with_a_doubled_id_is_rejected_and_told_where_the_others_are():
    """R06 on each of them; none of them says which one is right."""
    result = check(book(work=[{"name": "甲"}, {"name": "乙"}, second()], project=[]), {"EA-001": known()})

    assert [(f.code, f.cell) for f in told(result) if f.code == "R06"] == [("R06", "A2"), ("R06", "A3")]
    assert "另见第 3 行" in told(result)[0].expected
    assert [row.compound for row in result.checked.rows if row.table == "work"] == [None, None, "EA-002"]


def test_the_same_id_in_another_offices_folder_is_another_offices():
    """R05 names the office's own form of 小区编号."""
    [finding] = told(check(book(work=[{"compound_id": "WE-001"}], project=[])))

    assert finding.compound == "WE-001"
    assert "EA-001" in finding.expected


# ── what is dropped ──────────────────────────────────────────────────────────────────────────────────────────────────


def row_of(result, table):
    return next(row for row in result.checked.rows if row.table == table)


def test_a_fault_in_a_column_that_decides_nothing_drops_the_cell_alone():
    """C11: the row stands without that value."""
    row = row_of(check(book(work=[{"built_year": 1900}])), "work")

    assert (row.verdict, row.values["built_year"], row.values["buildings"]) == (Verdict.ACCEPTED, None, 10)


@pytest.mark.parametrize(
    "asked",
    [
        {"ask_department": "住建局"},
        {"asked_on": "2018-09-03"},
        {"ask_department": "住建局", "asked_on": "2018-09-30"},
        {"ask_department": "气象局", "asked_on": "2018-09-03"},
    ],
)
def test_a_matter_put_to_a_department_stands_with_its_date_or_not_at_all(asked):
    """需协调部门 if and only if 提请日期: half of it would start a department's clock without a day."""
    result = check(book(project=[asked]))
    row = row_of(result, "project")

    assert codes(result) == ["C11"]
    assert (row.verdict, row.values["ask_department"], row.values["asked_on"]) == (Verdict.ACCEPTED, None, None)


def test_a_matter_without_the_column_for_its_date_is_marked_where_it_stands():
    """The cell that can be seen is named."""
    [finding] = told(check(book(project=[{"ask_department": "住建局"}], without=["project.asked_on"])))

    assert (finding.code, finding.column) == ("C11", "asked_on")
    assert finding.cell


@pytest.mark.parametrize("column", ["extent", "accepted_by"])
def test_an_optional_column_that_is_missing_is_not_asked_for(column):
    """C08 and C10 speak of cells in columns that are there."""
    raw = book(work=[{"extent": None}], project=[{**ACCEPTED, "accepted_by": None}])
    without = ["work.extent"] if column == "extent" else ["project.accepted_by"]
    less = book(work=[{"extent": None}], project=[{**ACCEPTED, "accepted_by": None}], without=without)

    assert sorted(codes(check(raw))) == ["C08", "C10"]
    assert codes(check(less)) == (["C08"] if column == "extent" else ["C10"])


# ── reasons ──────────────────────────────────────────────────────────────────────────────────────────────────────────

UNSUITED = {"committee_stage": "暂不具备条件"}


def test_class_b_without_a_reason_rejects_the_row():
    """B is treated as A until somebody explains it."""
    result = check(book(project=[UNSUITED]))

    assert rejected(result) == [("project", 2, "B06")]
    assert "说明原因" in message(told(result)[0])


def test_class_b_with_a_reason_is_accepted_with_it():
    """说明原因 names the rule and the compound and says at least six characters."""
    why = {"code": "B06", "compound_id": "EA-001", "reason": "全部为公房无业主"}
    result = check(book(project=[UNSUITED], reasons=[why]))

    assert rejected(result) == []
    assert [finding.reason for finding in told(result)] == ["全部为公房无业主"]


@pytest.mark.parametrize("code", ["b06", "Ｂ０６", "B 06", "B\u300006"])
def test_the_code_of_a_reason_is_understood_in_any_width_and_with_spaces(code):
    """As a 小区编号 is: nobody meant another rule."""
    why = {"code": code, "compound_id": "EA-001", "reason": "全部为公房无业主"}
    result = check(book(project=[UNSUITED], reasons=[why]))

    assert rejected(result) == []
    assert [finding.reason for finding in told(result)] == ["全部为公房无业主"]


@pytest.mark.parametrize(
    "why",
    [
        {"code": "B06", "compound_id": "EA-001", "reason": "没有业主呢"},
        {"code": "B02", "compound_id": "EA-001", "reason": "全部为公房无业主"},
        {"code": "B06", "compound_id": "EA-002", "reason": "全部为公房无业主"},
        {"code": "B06", "compound_id": None, "reason": "全部为公房无业主"},
    ],
)
def test_a_reason_must_be_long_enough_and_for_this_rule_and_compound(why):
    """Five characters, another rule, another compound: no reason; a hint says that it was not used."""
    result = check(book(project=[UNSUITED], reasons=[why]))

    assert rejected(result) == [("project", 2, "B06")]
    assert codes(result, "D") == ["D06"]


def test_a_reason_for_class_c_is_kept_with_the_finding():
    """It was accepted anyway; whoever verifies it reads the reason."""
    why = {"code": "C01", "compound_id": "EA-001", "reason": "上次误填为已拟定"}
    result = check(book(project=[{"scheme": "未拟定"}], reasons=[why]), {"EA-001": known()})

    assert [(f.code, f.reason) for f in told(result)] == [("C01", "上次误填为已拟定")]


# ── limits, to the digit ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("table", "row", "expected"),
    [
        ("work", {"buildings": 10, "households": 20}, []),
        ("work", {"buildings": 10, "households": 19}, ["B02"]),
        ("work", {"buildings": 10, "households": 4000}, []),
        ("work", {"buildings": 10, "households": 4001}, ["B02"]),
        ("work", {"buildings": 300, "households": 3000}, []),
        ("work", {"buildings": 2000, "households": 30000}, ["B05"]),
        ("work", {"built_year": 2018}, []),
        ("work", {"name": "长" * 40}, []),
        ("project", {"accepted_on": "2018-09-07", **{k: "已完成" for k, _ in AIMS}, "accepted_by": "局"}, []),
        ("project", {**DELIBERATED, "deliberated_on": "2018-07-19"}, []),
        ("project", {**ACCEPTED, "aim_01": "不涉及", "aim_02": "不涉及", "aim_03": "不涉及"}, []),
        ("project", {"funds": 10, "self_raised": 10}, []),
        ("activities", {"attendance": 0}, []),
    ],
)
def test_limits_include_their_ends(table, row, expected):
    """1 to 2000 means 1 and 2000; 不晚于 includes the day."""
    assert codes(check(book(**{table: [row]}))) == expected


@pytest.mark.parametrize(("buildings", "expected"), [(12, []), (8, []), (13, ["C02"]), (7, ["C02"])])
def test_a_change_of_twenty_percent_is_none_yet(buildings, expected):
    """C02 is more than 20 %, in exact terms: 10 to 12 is not."""
    assert codes(check(book(work=[{"buildings": buildings}]), {"EA-001": known()})) == expected
