"""An office of ten compounds that reports how many of them have formed their committees."""

from collections.abc import Iterator
from datetime import date

from duban.core.checked import CheckedRow
from duban.wiring import App
from fakes.judged import Office, at, ledger_row, project_row

COMPOUNDS = tuple(f"MH-{n:03d}" for n in range(1, 11))
LISTED = ("07-27 16:30", "07-30 23:30", "08-03 16:30", "08-10 16:30", "08-10 23:30")
"""When the folders were listed: before each deadline of the season's beginning."""


def look(app: App) -> None:
    """List the folders, empty, at every instant of LISTED."""
    for moment in LISTED:
        app.ledger.register_listing(at(moment), [], [office.code for office in app.plan.offices])


def send(app: App, received: str, week: str, formed: int) -> None:
    """A return in which the first `formed` compounds have their committee."""
    Office(app.ledger).send(at(received), week, list(rows(formed)), name=f"{week}-{formed}.xlsx")


def rows(formed: int) -> Iterator[CheckedRow]:
    filed = {"committee_stage": "已备案", "filed_on": date(2018, 8, 20)}
    for n, compound in enumerate(COMPOUNDS):
        yield ledger_row(compound, line=n + 2, kind="社区楼院")
        yield project_row(compound, line=n + 2, **(filed if n < formed else {"committee_stage": "未启动"}))
