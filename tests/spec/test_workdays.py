"""工作日: what is a working day, as anybody could know it on the day of asking (domain.md §3)."""

from datetime import date
from pathlib import Path

import pytest

from duban.adapters.planfile import load_notices
from duban.core.workdays import HolidayCalendar, HolidayNotice
from fakes.ascii_tables import rows

CALENDAR = HolidayCalendar(load_notices(Path(__file__).resolve().parents[2] / "plans" / "calendar.yaml"))
DAY = date.fromisoformat

WORKING_DAYS = """
    某日        | 星期 | 得知之日   | 工作日 | 缘由
    ------------+------+------------+--------+--------------------------------------------
    2018-07-27  | 五   | 2018-07-01 | 是     | 平常的星期五
    2018-07-28  | 六   | 2018-07-01 | 否     | 平常的星期六
    2018-09-24  | 一   | 2018-09-01 | 否     | 中秋节
    2018-09-29  | 六   | 2018-09-01 | 是     | 国庆节调休上班
    2018-09-30  | 日   | 2018-09-01 | 是     | 国庆节调休上班
    2018-10-01  | 一   | 2018-09-01 | 否     | 国庆节
    2018-10-05  | 五   | 2018-09-01 | 否     | 国庆节调休放假
    2018-10-08  | 一   | 2018-09-01 | 是     | 节后第一天
    2018-12-29  | 六   | 2018-11-30 | 否     | 2019年的通知尚未公布
    2018-12-29  | 六   | 2018-12-05 | 否     | 公布前一天
    2018-12-29  | 六   | 2018-12-06 | 是     | 公布当日
    2018-12-29  | 六   | 2018-12-10 | 是     | 元旦调休上班，公布后即知
    2018-12-31  | 一   | 2018-11-30 | 是     | 2019年的通知尚未公布
    2018-12-31  | 一   | 2018-12-10 | 否     | 元旦调休放假
    2019-01-01  | 二   | 2018-12-10 | 否     | 元旦
    2019-05-02  | 四   | 2019-03-21 | 是     | 劳动节原只放5月1日一天
    2019-05-02  | 四   | 2019-03-22 | 否     | 改为5月1日至4日
    2019-05-05  | 日   | 2019-03-21 | 否     | 原不调休
    2019-05-05  | 日   | 2019-03-22 | 是     | 改后调休上班
    2020-01-31  | 五   | 2020-01-25 | 是     | 春节原放至1月30日
    2020-01-31  | 五   | 2020-01-26 | 否     | 延长至2月2日
    2020-02-01  | 六   | 2020-01-25 | 是     | 原定调休上班
    2020-02-01  | 六   | 2020-01-26 | 否     | 延长至2月2日
    2022-12-31  | 六   | 2022-12-31 | 否     | 元旦
    2031-10-01  | 三   | 2030-06-01 | 是     | 尚无通知，按周一至周五
"""


@pytest.mark.parametrize(("day", "weekday", "asked_on", "working", "why"), rows(WORKING_DAYS))
def test_a_working_day_is_what_was_published_by_the_day_of_asking(
    day: str, weekday: str, asked_on: str, working: str, why: str
) -> None:
    """The State Council's notices, 调休 included, each from its publication on."""
    assert "一二三四五六日"[DAY(day).weekday()] == weekday
    assert CALENDAR.known_on(DAY(asked_on)).is_workday(DAY(day)) is (working == "是"), why


LOCAL = Path(__file__).resolve().parents[1] / "plans" / "local-holidays.yaml"
OVERRIDDEN = """
    某日        | 得知之日   | 国务院 | 加本地安排 | 缘由
    ------------+------------+--------+------------+----------------------
    2021-03-15  | 2021-03-09 | 是     | 是         | 本地安排公布前一天
    2021-03-15  | 2021-03-10 | 是     | 否         | 本地放假
    2021-03-20  | 2021-03-10 | 否     | 是         | 本地调休上班
    2021-10-01  | 2021-03-10 | 否     | 否         | 其他日子仍照国务院通知
"""


@pytest.mark.parametrize(("day", "asked_on", "stated", "local", "why"), rows(OVERRIDDEN))
def test_a_file_of_its_own_overrides_the_calendar(day: str, asked_on: str, stated: str, local: str, why: str) -> None:
    """A city's own days stand beside the State Council's in the plan's list of files; known once published."""
    overridden = HolidayCalendar((*CALENDAR.notices, *load_notices(LOCAL)))
    found = [calendar.known_on(DAY(asked_on)).is_workday(DAY(day)) for calendar in (CALENDAR, overridden)]
    assert found == [stated == "是", local == "是"], why


PROVISIONAL = """
    某日        | 得知之日   | 暂定
    ------------+------------+------
    2018-12-31  | 2018-07-27 | 否
    2019-01-04  | 2018-12-05 | 是
    2019-01-04  | 2018-12-06 | 否
    2031-10-01  | 2030-06-01 | 是
"""


@pytest.mark.parametrize(("day", "asked_on", "provisional"), rows(PROVISIONAL))
def test_a_year_without_notice_is_provisional(day: str, asked_on: str, provisional: str) -> None:
    """暂定: Monday to Friday is assumed, and every paper that relied on it says so."""
    assert CALENDAR.known_on(DAY(asked_on)).is_provisional(DAY(day)) is (provisional == "是")


AFTER = """
    某日        | 工作日数 | 得知之日   | 到期日     | 例
    ------------+----------+------------+------------+----------------------------------------
    2018-08-10  | 10       | 2018-07-19 | 2018-08-24 | 项目台账：实施阶段开始后第10个工作日
    2018-09-20  | 3        | 2018-09-20 | 2018-09-26 | 补正三个工作日，中秋节不计
    2018-09-28  | 3        | 2018-09-28 | 2018-10-08 | 补正三个工作日，9月29日、30日上班
    2018-12-26  | 3        | 2018-11-30 | 2018-12-31 | 元旦安排未公布
    2018-12-26  | 3        | 2018-12-10 | 2018-12-29 | 元旦安排已公布
    2018-07-31  | 15       | 2018-07-31 | 2018-08-21 | 部门协调事项十五个工作日
"""


@pytest.mark.parametrize(("day", "count", "asked_on", "due", "example"), rows(AFTER))
def test_a_term_of_working_days_begins_the_day_after(
    day: str, count: str, asked_on: str, due: str, example: str
) -> None:
    """N working days after a day: that day itself does not count."""
    workdays = CALENDAR.known_on(DAY(asked_on))
    assert workdays.add(DAY(day), int(count)) == DAY(due), example
    assert workdays.between(DAY(day), DAY(due)) == int(count)


OVERDUE = """
    到期日      | 当日       | 逾期工作日 | 例
    ------------+------------+------------+----------------------------------------
    2018-07-30  | 2018-07-30 | 0          | 到期当日不逾期
    2018-07-30  | 2018-07-31 | 1          | 次日即催办
    2018-08-10  | 2018-08-12 | 0          | 周末不计
    2018-08-10  | 2018-08-13 | 1          | 星期一催办
    2018-09-30  | 2018-10-07 | 0          | 国庆假期不计
    2018-09-30  | 2018-10-08 | 1          | 节后第一天
    2018-12-31  | 2019-01-02 | 1          | 元旦假期不计
"""


@pytest.mark.parametrize(("due", "today", "overdue", "example"), rows(OVERDUE))
def test_working_days_overdue_are_those_after_the_due_day_up_to_today(
    due: str, today: str, overdue: str, example: str
) -> None:
    """domain.md §4: after the due date, up to and including today."""
    assert CALENDAR.known_on(DAY(today)).between(DAY(due), DAY(today)) == int(overdue), example


LAST_WORKING_DAY = """
    到期日      | 得知之日   | 此前最后一个工作日
    ------------+------------+--------------------
    2018-07-30  | 2018-07-27 | 2018-07-30
    2018-12-30  | 2018-11-30 | 2018-12-28
    2018-12-30  | 2018-12-10 | 2018-12-29
    2018-12-31  | 2018-11-30 | 2018-12-31
    2018-12-31  | 2018-12-10 | 2018-12-29
    2018-10-07  | 2018-09-01 | 2018-09-30
"""


@pytest.mark.parametrize(("due", "asked_on", "last"), rows(LAST_WORKING_DAY))
def test_a_due_date_stays_and_the_last_working_day_is_shown_beside_it(due: str, asked_on: str, last: str) -> None:
    """A legal due date never moves because it is a holiday."""
    assert CALENDAR.known_on(DAY(asked_on)).last_on_or_before(DAY(due)) == DAY(last)


def test_of_two_notices_about_one_day_the_one_published_last_holds() -> None:
    """2018-12-28 stopped by a late local notice for 2018, then worked again by an amended one for 2019."""
    day, none = DAY("2018-12-28"), frozenset[date]()
    stopped = HolidayNotice(2018, DAY("2018-12-20"), off=frozenset({day}), work=none)
    resumed = HolidayNotice(2019, DAY("2018-12-24"), off=none, work=frozenset({day}))
    calendar = HolidayCalendar((*CALENDAR.notices, resumed, stopped))
    assert calendar.known_on(DAY("2018-12-19")).is_workday(day)
    assert not calendar.known_on(DAY("2018-12-23")).is_workday(day)
    assert calendar.known_on(DAY("2018-12-24")).is_workday(day)
