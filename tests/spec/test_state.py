"""The state of a compound at an instant (returns.md, last section), as a table of what came and what then stands."""

from datetime import date
from decimal import Decimal

import pytest

from duban.core.checked import CheckedRow, Verdict
from duban.core.findings import Finding
from duban.core.returns import ReturnKind
from duban.core.state import digest, fold, fold_season
from fakes.ascii_tables import rows
from fakes.facts import at
from fakes.plans import AIMS
from fakes.season_ledger import dated, project_row, work_row

# What an office sends about the name of its compound 1; `path` breaks equal times.
SENT = rows("""
    what              | received         | week     | path | name
    ------------------+------------------+----------+------+------
    W30               | 2018-07-27 10:00 | 2018-W30 | a    | one
    W31               | 2018-08-03 10:00 | 2018-W31 | b    | two
    W31 again         | 2018-08-03 12:00 | 2018-W31 | c    | three
    W31 same time     | 2018-08-03 12:00 | 2018-W31 | d    | four
    W30 corrected     | 2018-08-06 10:00 | 2018-W30 | e    | five
""")

STANDS = rows("""
    what came                        | as of            | name then
    ---------------------------------+------------------+----------
    W30, W31                         | 2018-07-27 10:00 | one
    W30, W31                         | 2018-08-03 09:59 | one
    W30, W31                         | 2018-08-03 10:00 | two
    W30, W31, W31 again              | 2018-08-10 17:00 | three
    W31 again, W31 same time         | 2018-08-10 17:00 | four
    W30, W31, W30 corrected          | 2018-08-10 17:00 | two
    W30, W30 corrected               | 2018-08-05 17:00 | one
    W30, W30 corrected               | 2018-08-10 17:00 | five
""")


@pytest.mark.parametrize(("came", "as_of", "name"), STANDS)
def test_of_each_week_the_return_received_last_counts_and_weeks_fold_in_their_order(
    came: str, as_of: str, name: str
) -> None:
    """A late correction for an old week does not undo a newer week; equal times of receipt: by path."""
    sent = {what: dated(received, week, work_row("EA-001", name=text), path=path)
            for what, received, week, path, text in SENT}  # fmt: skip

    state = fold_season([sent[what] for what in came.split(", ")], at(as_of), AIMS)

    assert state["EA"]["EA-001"].name == name


def test_a_return_replaces_the_earlier_one_of_its_week_as_a_whole() -> None:
    """What only the replaced one said is gone: here compound 2, and with a zero report everything of that week."""
    first = dated("2018-08-03 10:00", "2018-W31", work_row("EA-001"), work_row("EA-002"))
    second = dated("2018-08-03 12:00", "2018-W31", work_row("EA-001"))
    zero = dated("2018-08-03 14:00", "2018-W31", kind=ReturnKind.ZERO)

    told = [set(fold_season([first, second, zero], at(f"2018-08-03 {hour}"), AIMS).get("EA", {})) for hour in
            ("11:00", "13:00", "15:00")]  # fmt: skip

    assert told == [{"EA-001", "EA-002"}, {"EA-001"}, set()]


def test_a_zero_report_carries_the_state() -> None:
    """No change: what stood the week before stands."""
    season = [
        dated("2018-07-27 10:00", "2018-W30", work_row("EA-001", name="one")),
        dated("2018-08-03 10:00", "2018-W31", kind=ReturnKind.ZERO),
    ]

    assert fold_season(season, at("2018-08-03 17:00"), AIMS)["EA"]["EA-001"].name == "one"


def test_a_return_that_was_sent_back_as_a_file_counts_for_nothing() -> None:
    """It does not even replace the one before it."""
    good = dated("2018-08-03 10:00", "2018-W31", work_row("EA-001", name="one"))
    missing_column = Finding("F03", "工作台账", None, None, "", "")
    bad = dated("2018-08-03 12:00", "2018-W31", work_row("EA-001", name="two"), findings=(missing_column,))

    state = fold_season([good, bad], at("2018-08-03 17:00"), AIMS)

    assert state["EA"]["EA-001"].name == "one"


ROWS = rows("""
    before   | this week | name then | waits for data
    ---------+-----------+-----------+---------------
    -        | accepted  | new       | -
    -        | rejected  | new       | yes
    -        | missing   | -         | -
    accepted | accepted  | new       | -
    accepted | rejected  | old       | -
    accepted | missing   | old       | -
    rejected | rejected  | old       | yes
    rejected | accepted  | new       | -
    rejected | missing   | old       | yes
""")


@pytest.mark.parametrize(("before", "this_week", "name", "waits"), ROWS)
def test_accepted_row_sets_the_state_and_rejected_or_missing_leaves_what_stood(
    before: str, this_week: str, name: str, waits: str
) -> None:
    """A rejected row whose 小区编号 is valid and unique makes an unknown compound known as 数据待补."""
    verdicts = {"accepted": Verdict.ACCEPTED, "rejected": Verdict.REJECTED}
    state = fold({}, [work_row("EA-001", verdicts[before], name="old")] if before else [], AIMS)
    state = fold(state, [work_row("EA-001", verdicts[this_week], name="new")] if this_week in verdicts else [], AIMS)

    one = state.get("EA-001")

    assert (one.name if one else "", bool(one and one.pending)) == (name, bool(waits))


def test_rows_without_a_valid_and_unique_id_and_ignored_rows_make_no_compound() -> None:
    """A 小区编号 that stands twice names nobody; a 合计 row is none."""
    found = [
        CheckedRow("work", 2, Verdict.REJECTED, None, {}, "R06"),
        CheckedRow("work", 3, Verdict.IGNORED, None, {}, "total"),
    ]

    assert fold({}, found, AIMS) == {}


def test_ledger_half_and_project_half_are_set_apart() -> None:
    """Next week's 工作台账 leaves the project as it stood, wherever the tables stand in the workbook."""
    first = [project_row("EA-001", scheme="已拟定", aim_01="已完成"), work_row("EA-001", buildings=4)]

    state = fold(fold({}, first, AIMS), [work_row("EA-001", buildings=5, planned_year="2018")], AIMS)

    one = state["EA-001"]
    assert (one.buildings, one.planned_year, one.scheme, one.aims) == (5, "2018", "已拟定", ("已完成", "未开始"))


def test_a_rejected_project_row_leaves_the_ledger_row_standing() -> None:
    """And the project as it was."""
    before = fold({}, [work_row("EA-001"), project_row("EA-001", scheme="已拟定")], AIMS)

    state = fold(
        before, [work_row("EA-001", name="new"), project_row("EA-001", Verdict.REJECTED, scheme="未拟定")], AIMS
    )

    assert (state["EA-001"].name, state["EA-001"].scheme) == ("new", "已拟定")


def test_dates_and_stage_come_with_the_project_row() -> None:
    filed, accepted, agreed = date(2018, 9, 3), date(2018, 9, 5), date(2018, 8, 20)
    row = project_row(
        "EA-001",
        scheme="两委已议定",
        deliberated_on=agreed,
        committee_stage="已备案",
        filed_on=filed,
        accepted_on=accepted,
        **dict.fromkeys(AIMS, "已完成"),
    )

    one = fold({}, [work_row("EA-001"), row], AIMS)["EA-001"]

    assert (one.deliberated_on, one.committee_stage, one.filed_on, one.accepted_on) == (
        agreed, "已备案", filed, accepted)  # fmt: skip
    assert one.project_digest == digest(row.values)


def test_digest_sees_every_value_and_no_way_of_writing_it() -> None:
    """C05 compares whole rows: 12.5 is 12.50, 序号 and blank cells are no values, everything else is."""
    row = {"compound_id": "EA-001", "funds": Decimal("12.5"), "filed_on": date(2018, 9, 3), "problem": None}

    again = {"number": 7, "filed_on": date(2018, 9, 3), "funds": Decimal("12.50"), "compound_id": "EA-001"}

    assert digest(row) == digest(again)
    assert digest(row) != digest({**row, "problem": "无"})
    assert digest(row) != digest({**row, "funds": Decimal("12.51")})


def test_offices_do_not_touch_each_other() -> None:
    season = [
        dated("2018-07-27 10:00", "2018-W30", work_row("EA-001", name="east")),
        dated("2018-07-27 11:00", "2018-W30", work_row("WE-001", name="west"), office="WE"),
    ]

    state = fold_season(season, at("2018-07-27 17:00"), AIMS)

    assert {office: set(compounds) for office, compounds in state.items()} == {"EA": {"EA-001"}, "WE": {"WE-001"}}
