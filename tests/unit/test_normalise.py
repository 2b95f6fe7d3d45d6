"""One raw cell made a typed value (returns.md, "What is normalised silently or with a hint")."""

from datetime import date, datetime, time, timedelta

import pytest

from duban.core.normalise import read_cell
from duban.core.returns import ACTIVITIES, AIM_STATES, WORK, Column, Kind, Presence, project_table
from duban.core.written_dates import EPOCH_1904

PROJECT = project_table((("aim_01", "社区平安"),), ("规划局",))
ID = WORK.column("compound_id")
NAME = WORK.column("name")
BUILDINGS = WORK.column("buildings")
HOUSEHOLDS = WORK.column("households")
ATTENDANCE = ACTIVITIES.column("attendance")
YEAR = WORK.column("built_year")
MANAGEMENT = WORK.column("management")
PLANNED = WORK.column("planned_year")
AIM = PROJECT.column("aim_01")
SCHEME = PROJECT.column("scheme")
FUNDS = PROJECT.column("funds")
ACCEPTED_ON = PROJECT.column("accepted_on")
HELD_ON = Column("日期", "held_on", Kind.DATE, Presence.REQUIRED)


@pytest.mark.parametrize(
    ("raw", "value", "note"),
    [
        (12, 12, None),
        (12.0, 12, None),
        ("12", 12, None),
        (" 12\u00a0", 12, None),
        ("１２", 12, "１２ → 12"),
        ("12栋", 12, "12栋 → 12"),
        ("12 栋", 12, "12 栋 → 12"),
        ("12幢", 12, "12幢 → 12"),
        ("1,234", 1234, "1,234 → 1234"),
        ("１，２３４", 1234, "１，２３４ → 1234"),
        ("12.0", 12, None),
        (-3, -3, None),
        ("-3", -3, None),
    ],
)
def test_whole_numbers_are_read_as_clerks_write_them(raw, value, note):
    """Widths, separators, the column's own unit and numbers stored as text are understood."""
    cell = read_cell(raw, BUILDINGS)
    assert (cell.value, cell.note) == (value, note)
    assert type(cell.value) is int


@pytest.mark.parametrize(
    "raw",
    ["约12", "十二", "12-15", "12(含3)", "12户", "1_000", "²", "12²", "٣", "①", "1e3", "12.5", 12.5, True, "12,34",
     "1 2", float("nan"), float("inf"), 10**30, 1e308, date(2018, 8, 3), time(12),
     timedelta(hours=1), "12.0.0", "0x1f"],
)  # fmt: skip
def test_a_number_that_would_have_to_be_guessed_is_unreadable(raw):
    """Words, ranges, another unit, Python's own leniency, fractions and lost digits are never guessed."""
    cell = read_cell(raw, BUILDINGS)
    assert cell.value is None
    assert not cell.blank


@pytest.mark.parametrize("raw", [10**15, 1e15, 1e20, "1000000000000000", "1,000,000,000,000,000户", -(10**20)])
def test_a_whole_number_far_out_of_range_is_still_a_whole_number(raw):
    """Its lost digits do not matter where the column has an upper bound (R04); elsewhere they do."""
    assert abs(read_cell(raw, HOUSEHOLDS).value) >= 10**15
    assert read_cell(raw, ATTENDANCE).value is None


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (75.12, "75.12"),
        (0.1, "0.1"),
        (75, "75"),
        (75.0, "75"),
        ("75.10", "75.1"),
        ("35.5万元", "35.5"),
        ("1,035.50", "1035.5"),
    ],
)
def test_decimals_are_exact_and_equal_values_look_equal(raw, value):
    """Decimals come from the shortest text of the number, without binary noise and trailing zeros."""
    assert str(read_cell(raw, FUNDS).value) == value


@pytest.mark.parametrize(
    ("raw", "value", "note"),
    [
        (0.1 + 0.2, "0.3", None),
        (1 / 3, "0.33", "0.333333333333333 → 0.33"),
        ("33.335", "33.34", "33.335 → 33.34"),
        (2.999, "3", "2.999 → 3"),
        ("35.50万元", "35.5", "35.50万元 → 35.5"),
    ],
)
def test_decimals_have_the_places_of_their_column(raw, value, note):
    """Binary noise goes silently, as Excel shows it; what is rounded is told (B-92)."""
    cell = read_cell(raw, FUNDS)
    assert (str(cell.value), cell.note) == (value, note)


def test_a_unit_that_is_not_the_columns_own_is_not_dropped():
    """35元 in a column of 万元 would be wrong ten thousand times over."""
    assert read_cell("35元", FUNDS).value is None


@pytest.mark.parametrize(
    ("raw", "note"),
    [
        (date(2018, 8, 3), None),
        (datetime(2018, 8, 3), None),  # noqa: DTZ001 - cells know no zone
        ("2018-08-03", None),
        ("2018.8.3", "2018.8.3 → 2018-08-03"),
        ("2018/8/3", "2018/8/3 → 2018-08-03"),
        ("2018年8月3日", "2018年8月3日 → 2018-08-03"),
        ("２０１８年８月３日", "２０１８年８月３日 → 2018-08-03"),
        ("2018 年 8 月 3 日", "2018 年 8 月 3 日 → 2018-08-03"),
        ("20180803", "20180803 → 2018-08-03"),
        (20180803, "20180803 → 2018-08-03"),
        (20180803.0, "20180803 → 2018-08-03"),
        (43315, "43315 → 2018-08-03"),
        (43315.0, "43315 → 2018-08-03"),
        ("43315", "43315 → 2018-08-03"),
        ("2018-8-3 00:00:00", "2018-8-3 00:00:00 → 2018-08-03"),
        ("2018/8/3 9:30", "2018/8/3 9:30 → 2018-08-03"),
        (datetime(2018, 8, 3, 9, 30), "2018-08-03 09:30:00 → 2018-08-03"),  # noqa: DTZ001 - as above
    ],
)
def test_dates_are_read_in_every_way_that_names_one_day(raw, note):
    """Cells, serials and texts with a four-digit year give the day."""
    cell = read_cell(raw, ACCEPTED_ON)
    assert (cell.value, cell.note) == (date(2018, 8, 3), note)


@pytest.mark.parametrize(
    "raw",
    ["8月3日", "8-3", "18.8.3", "18年8月3日", "2018.8", "2018年8月", "2018-13-01", "2018/9/31", "2018-8/3", "今年9月",
     "0018-08-03", "二〇一八年八月三日", 2018, 2018.0, 0.5, 59, -5, 99999999, 1e300, float("nan"), True, time(12),
     timedelta(days=43315), date(1899, 12, 31), date(1900, 2, 28), 10**400, "2018-08-03至2018-08-10"],
)  # fmt: skip
def test_a_date_that_would_have_to_be_guessed_is_unreadable(raw):
    """No year, two digits of a year, no such day, and numbers that are no plausible serial are never guessed."""
    cell = read_cell(raw, ACCEPTED_ON)
    assert cell.value is None
    assert not cell.blank


def test_serials_of_a_1904_workbook_count_from_1904():
    """The same number means a day four years later in a workbook of the old Macintosh."""
    assert read_cell(41853, ACCEPTED_ON, epoch=EPOCH_1904).value == date(2018, 8, 3)


@pytest.mark.parametrize("raw", ["已 完成", " 已完成", "已\n完成", "已完成\u200b", "已完成"])
def test_choices_are_found_whatever_spaces_stand_in_them(raw):
    """White space and zero-width marks are no part of a choice."""
    assert read_cell(raw, AIM).value == "已完成"


@pytest.mark.parametrize("tick", ["√", "✓", "✔", "✔\ufe0f"])
def test_a_tick_in_an_aim_means_done(tick):
    """√ in an aim means 已完成, and nothing in any other choice."""
    assert AIM.choices == AIM_STATES
    assert read_cell(tick, AIM).value == "已完成"
    assert read_cell(tick, AIM).note == f"{tick} → 已完成"
    assert read_cell(tick, SCHEME).value is None


@pytest.mark.parametrize("raw", ["基本完成", "完成", "已完成。", "是", True, 1, "×"])
def test_a_choice_that_is_merely_similar_is_not_taken(raw):
    """A choice is equal or it is none; the text is kept for the finding."""
    cell = read_cell(raw, AIM)
    assert cell.value is None
    assert cell.text


def test_a_number_may_be_a_choice():
    """计划年度 typed as a number is that choice."""
    assert read_cell(2018.0, PLANNED).value == "2018"
    assert read_cell("２０１８", PLANNED).value == "2018"


def test_the_word_for_nothing_stays_a_choice_and_a_text():
    """无 is a choice of 管理方式, and what a text says is the office's business."""
    assert read_cell("无", MANAGEMENT).value == "无"
    assert read_cell("无", NAME).value == "无"


@pytest.mark.parametrize("placeholder", ["无", "—", "-", "/", "空", "N/A", "n/a", "暂无", "／", "－"])
@pytest.mark.parametrize("column", [ACCEPTED_ON, YEAR, FUNDS])
def test_a_placeholder_in_a_number_or_date_that_may_be_blank_is_blank(placeholder, column):
    """无, — or / in a cell that may be blank says that it is."""
    cell = read_cell(placeholder, column)
    assert cell.blank
    assert cell.note == f"{placeholder} → 空白"


@pytest.mark.parametrize("column", [BUILDINGS, HELD_ON])
def test_a_placeholder_where_a_value_is_required_is_unreadable(column):
    """A required cell is not blanked: the clerk is told what stands there."""
    cell = read_cell("/", column)
    assert not cell.blank
    assert cell.value is None


@pytest.mark.parametrize(
    ("raw", "value", "note"),
    [
        ("MH-001", "MH-001", None),
        ("ＭＨ－００１", "MH-001", "ＭＨ－００１ → MH-001"),
        ("mh-001", "MH-001", "mh-001 → MH-001"),
        ("MH - 001", "MH-001", "MH - 001 → MH-001"),
        ("MH—001", "MH—001", None),
        (12.0, "12", None),
    ],
)
def test_a_compound_id_is_half_width_capitals_without_spaces(raw, value, note):
    """Width, case and spaces of a 小区编号 carry nothing; another sign is another id."""
    cell = read_cell(raw, ID)
    assert (cell.value, cell.note) == (value, note)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("紫荆小区", "紫荆小区"),
        (" 紫荆\n小区\u3000", "紫荆小区"),
        ("\ufeff紫荆\u200b小区", "紫荆小区"),
        ("Block  A\n2", "Block A 2"),
        ("⼩区", "小区"),
        ("①号院（㎡）", "①号院（㎡）"),
        ("NA", "NA"),
        ("00123", "00123"),
        (12, "12"),
        (20180803.0, "20180803"),
        (1.5, "1.5"),
        (date(2018, 8, 3), "2018-08-03"),
        (True, "TRUE"),
    ],
)
def test_texts_lose_what_cannot_be_seen_and_nothing_else(raw, value):
    """White space, marks and radicals in disguise are folded; signs with a meaning of their own stay."""
    cell = read_cell(raw, NAME)
    assert cell.value == value
    assert not cell.dirty


@pytest.mark.parametrize("raw", ["紫荆\x07小区", "紫荆\x00小区", "紫荆\ud800小区"])
def test_a_control_character_is_dropped_and_told(raw):
    """R12 asks whether a control character stood there."""
    cell = read_cell(raw, NAME)
    assert (cell.value, cell.dirty) == ("紫荆小区", True)


@pytest.mark.parametrize("raw", [None, "", "  ", "\u3000\n", "\u200b"])
def test_what_shows_nothing_is_blank(raw):
    """White space is no content in any kind of column."""
    for column in (NAME, BUILDINGS, ACCEPTED_ON, AIM):
        assert read_cell(raw, column).blank


def test_an_error_cell_is_neither_blank_nor_readable():
    """#REF! and a formula without value are told as what they are."""
    cell = read_cell("", BUILDINGS, "#REF!")
    assert (cell.value, cell.fault, cell.blank) == (None, "#REF!", False)


def test_a_long_value_is_cut_in_its_note():
    """A note fits into a line; the value is kept whole."""
    cell = read_cell("⼩" * 200, WORK.column("remark"))
    assert cell.value == "小" * 200
    assert len(cell.note) < 100
