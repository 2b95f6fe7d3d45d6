"""报告期: ISO weeks, each with its cut-off on its last working day (domain.md §3)."""

from datetime import date, datetime, time
from pathlib import Path

import pytest

from duban.adapters.planfile import load_plan
from duban.core.weeks import ZONE, ReportingWeek, Weeks
from fakes.ascii_tables import rows

PLAN = load_plan(Path(__file__).resolve().parents[2] / "plans" / "jingkai-2018.yaml")
WEEKS = Weeks(PLAN.calendar, PLAN.reporting.first_day, PLAN.reporting.cutoff_time)
DAY = date.fromisoformat


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def told(week: ReportingWeek | None) -> tuple[str, str, str, str]:
    if week is None:
        return ("无", "无", "无", "无")
    return (week.key, f"{week.first_day}", f"{week.last_day}", f"{week.cutoff:%Y-%m-%d %H:%M}")


COVERING = """
    某日        | 得知之日   | 报告期   | 首日       | 末日       | 截止             | 缘由
    ------------+------------+----------+------------+------------+------------------+------------------------
    2018-07-22  | 2018-07-20 | 无       | 无         | 无         | 无               | 首个报告期之前
    2018-07-23  | 2018-07-20 | 2018-W30 | 2018-07-23 | 2018-07-29 | 2018-07-27 17:00 | 首个报告期
    2018-07-29  | 2018-07-27 | 2018-W30 | 2018-07-23 | 2018-07-29 | 2018-07-27 17:00 | 周末仍属本期
    2018-07-30  | 2018-07-30 | 2018-W31 | 2018-07-30 | 2018-08-05 | 2018-08-03 17:00 | 摸底到期的一周
    2018-09-28  | 2018-09-01 | 2018-W39 | 2018-09-24 | 2018-09-30 | 2018-09-30 17:00 | 星期日调休上班
    2018-09-30  | 2018-09-01 | 2018-W39 | 2018-09-24 | 2018-09-30 | 2018-09-30 17:00 | 截止当日
    2018-10-01  | 2018-09-01 | 2018-W41 | 2018-10-01 | 2018-10-14 | 2018-10-12 17:00 | 国庆一周无工作日，并入下期
    2018-10-07  | 2018-09-01 | 2018-W41 | 2018-10-01 | 2018-10-14 | 2018-10-12 17:00 | 同上
    2018-10-12  | 2018-10-12 | 2018-W41 | 2018-10-01 | 2018-10-14 | 2018-10-12 17:00 | 两周一报
    2018-12-26  | 2018-11-30 | 2018-W52 | 2018-12-24 | 2018-12-30 | 2018-12-28 17:00 | 元旦安排未公布
    2018-12-26  | 2018-12-10 | 2018-W52 | 2018-12-24 | 2018-12-30 | 2018-12-29 17:00 | 星期六调休上班
    2018-12-31  | 2018-12-10 | 2019-W01 | 2018-12-31 | 2019-01-06 | 2019-01-04 17:00 | 跨年的一周属下一年
    2019-05-01  | 2019-03-01 | 2019-W18 | 2019-04-29 | 2019-05-05 | 2019-05-03 17:00 | 劳动节只放一天
    2019-05-01  | 2019-03-22 | 2019-W18 | 2019-04-29 | 2019-05-05 | 2019-05-05 17:00 | 改为调休后星期日上班
    2020-01-29  | 2020-01-25 | 2020-W05 | 2020-01-27 | 2020-02-02 | 2020-02-01 17:00 | 春节至1月30日
    2020-01-29  | 2020-01-26 | 2020-W06 | 2020-01-27 | 2020-02-09 | 2020-02-07 17:00 | 春节延长，本周无工作日
"""


@pytest.mark.parametrize(("day", "asked_on", "key", "first", "last", "cutoff", "why"), rows(COVERING))
def test_a_day_belongs_to_the_reporting_week_that_covers_it(
    day: str, asked_on: str, key: str, first: str, last: str, cutoff: str, why: str
) -> None:
    """The cut-off is the last working day's 17:00; a week with no working day is covered by the next."""
    assert told(WEEKS.covering(DAY(day), DAY(asked_on))) == (key, first, last, cutoff), why


CLOSED = """
    此刻             | 已开始                       | 已截止
    -----------------+------------------------------+------------------------------
    2018-07-22 23:59 |                              |
    2018-07-23 00:00 | W30                          |
    2018-07-27 16:59 | W30                          |
    2018-07-27 17:00 | W30                          | W30
    2018-07-30 00:00 | W30 W31                      | W30
    2018-08-20 09:00 | W30 W31 W32 W33 W34          | W30 W31 W32 W33
"""


@pytest.mark.parametrize(("now", "begun", "closed"), rows(CLOSED))
def test_a_week_begins_on_its_first_day_and_closes_at_its_cutoff(now: str, begun: str, closed: str) -> None:
    """Oldest first; the cut-off's own instant closes it."""
    assert " ".join(week.key[5:] for week in WEEKS.begun_by(instant(now))) == begun
    assert " ".join(week.key[5:] for week in WEEKS.closed_by(instant(now))) == closed


def test_there_is_no_week_40_in_2018() -> None:
    """After W39 comes W41, which has begun on 1 October and closes on the 12th."""
    keys = [week.key for week in WEEKS.begun_by(instant("2018-10-01 00:00"))]
    assert keys[-2:] == ["2018-W39", "2018-W41"]
    assert [week.key for week in WEEKS.closed_by(instant("2018-10-12 16:59"))][-1] == "2018-W39"
    assert [week.key for week in WEEKS.closed_by(instant("2018-10-12 17:00"))][-1] == "2018-W41"


def test_a_key_leads_back_to_its_week() -> None:
    """A week without a report leads to the one that covers it."""
    assert told(WEEKS.of_key("2018-W39", DAY("2018-09-01")))[3] == "2018-09-30 17:00"
    assert WEEKS.of_key("2018-W40", DAY("2018-09-01")).key == "2018-W41"


@pytest.mark.parametrize("key", ["2018-W29", "2018-W54", "W31", ""])
def test_a_key_that_is_no_week_of_the_plan_is_refused(key: str) -> None:
    """Before the first week, or no ISO week at all."""
    with pytest.raises(ValueError, match=r".+"):
        WEEKS.of_key(key, DAY("2018-09-01"))


FIRST_WEEKS = """
    首个报告期内一日 | 首期     | 首日       | 末日       | 截止             | 缘由
    -----------------+----------+------------+------------+------------------+--------------------------
    2018-07-27       | 2018-W30 | 2018-07-23 | 2018-07-29 | 2018-07-27 17:00 | 平常的一周
    2018-10-03       | 2018-W41 | 2018-10-01 | 2018-10-14 | 2018-10-12 17:00 | 起于无工作日的一周，并入下期
    2018-10-10       | 2018-W41 | 2018-10-08 | 2018-10-14 | 2018-10-12 17:00 | 此前无工作日的一周不归首期
"""


@pytest.mark.parametrize(("first_day", "key", "first", "last", "cutoff", "why"), rows(FIRST_WEEKS))
def test_the_first_reporting_week_begins_on_the_monday_of_the_plans_first_day(
    first_day: str, key: str, first: str, last: str, cutoff: str, why: str
) -> None:
    """A plan that starts in a week without working day reports it in the next; nothing before is covered."""
    weeks = Weeks(PLAN.calendar, DAY(first_day), time(17))
    (week,) = weeks.begun_by(instant(f"{last} 12:00"))
    assert told(week) == (key, first, last, cutoff), why
    assert weeks.covering(DAY(first), DAY("2018-09-01")) is not None
    assert weeks.covering(date.fromordinal(DAY(first).toordinal() - 1), DAY("2018-09-01")) is None
