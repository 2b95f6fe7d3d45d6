"""The watchdog and the digest on a real ledger, inbox and papers: each thing that did not happen is told."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from duban.adapters.clock import SystemClock
from duban.adapters.inbox import LocalInbox
from duban.core.errors import InboxError
from duban.core.weeks import ZONE
from duban.pipeline.collect import Collect
from duban.pipeline.csv_folders import CsvFolders
from duban.pipeline.ports import SeenFile
from duban.wiring import App
from fakes.commands import Run, at_home

FRIDAY = datetime(2018, 7, 27, 17, tzinfo=ZONE)
MONDAY = datetime(2018, 7, 30, 10, tzinfo=ZONE)
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def app(databases: Iterator[str]) -> Iterator[App]:
    """Every office has its folder; the first week was collected and reported."""
    with at_home(next(databases)) as opened:
        for office in opened.plan.offices:
            (Path(opened.settings.inbox_url) / office.code).mkdir(parents=True)
        opened.discover(FRIDAY)
        opened.draft_weekly_report(FRIDAY)
        opened.signing_all.run(FRIDAY)
        opened.deliver(FRIDAY)
        yield opened


class LosingInbox(LocalInbox):
    """One office's share has lost its connection."""

    def listing(self, offices: Sequence[str], as_of: datetime) -> Sequence[SeenFile]:
        if "JH" in offices:
            raise InboxError("the connection was lost")
        return super().listing(offices, as_of)


def alerts(app: App, moment: datetime) -> dict[str, str]:
    folder = app.settings.alerts_path / moment.date().isoformat()
    return {file.stem: file.read_text("utf-8") for file in folder.glob("*.txt")}


def test_when_everything_happened_nothing_is_told(app: App) -> None:
    app.discover(MONDAY - HALF_AN_HOUR)

    assert app.watch(MONDAY) == []
    assert alerts(app, MONDAY) == {}


def test_two_hours_without_a_collection_are_told_once_a_day(app: App) -> None:
    """A listing by hand ends the silence; the same thing is not told again that day."""
    assert app.watch(MONDAY) == ["watch:collect"]
    assert app.watch(MONDAY + HALF_AN_HOUR) == []
    assert "duban doctor" in alerts(app, MONDAY)["watch-collect"]

    app.discover(MONDAY + timedelta(days=1))
    assert app.watch(MONDAY + timedelta(days=1)) == []


def test_a_source_that_cannot_be_reached_is_named(app: App) -> None:
    """The others were collected at the same instant."""
    folders = CsvFolders(app.reader, app.checker)
    inbox = LosingInbox(Path(app.settings.inbox_url), SystemClock())
    offices = [office.code for office in app.plan.offices]
    Collect(inbox, app.archive, app.ledger, folders, offices).discover(MONDAY - HALF_AN_HOUR)

    assert app.watch(MONDAY) == ["watch:unreachable.JH"]
    [told] = alerts(app, MONDAY).values()
    assert "京航" in told
    assert "未判定" in told


def test_a_week_without_its_report_is_told_an_hour_after_the_cutoff(app: App) -> None:
    """Not before; with how to draft it by hand."""
    cutoff = FRIDAY + timedelta(days=7)
    app.discover(cutoff)

    assert app.watch(cutoff + timedelta(minutes=59)) == []
    assert app.watch(cutoff + timedelta(minutes=60)) == ["watch:report.2018-W31"]
    assert "weekly_report" in alerts(app, cutoff)["watch-report.2018-W31"]


def test_papers_that_wait_for_two_working_days_are_told(app: App) -> None:
    """Drafted on Tuesday, told on Thursday."""
    app.discover(datetime(2018, 7, 30, 23, 30, tzinfo=ZONE))
    drafted = datetime(2018, 7, 31, 8, 30, tzinfo=ZONE)
    waiting = app.draft_due_letters(drafted)
    thursday = drafted.replace(month=8, day=2, hour=10)
    app.discover(thursday)

    assert app.watch(thursday) == ["watch:waiting"]
    assert str(waiting[0]) in alerts(app, thursday)["watch-waiting"]


def test_a_delivery_of_which_nobody_knows_whether_it_arrived_is_told(app: App) -> None:
    """Nothing but a person's decision sends it again."""
    delivery = app.deliveries.all()[0]
    with app.engine.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        doubtful = "update duban.delivery set state = 'uncertain' where delivery_id = :id"
        connection.execute(text(doubtful), {"id": delivery.id})
    app.discover(MONDAY)

    assert app.watch(MONDAY) == ["watch:deliveries"]
    assert f"编号：{delivery.id}" in alerts(app, MONDAY)["watch-deliveries"]
    assert f"不知是否送达 1 项），编号 {delivery.id}" in app.digest.of(MONDAY).text


@pytest.mark.usefixtures("app")
def test_by_command_it_speaks_when_airflow_does_not_run(run: Run) -> None:
    """For the machine's own timer: exit code 1 when something is told."""
    told = run("watch", "--as-of", MONDAY.isoformat())

    assert (told.exit_code, "两小时没有收取报表" in told.stdout) == (1, True)
