"""Who is reminded of papers that wait, on a real register (issue 5: longer than a day, once a working day)."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from duban.adapters.alerts import FolderAlerts
from duban.adapters.shelf import FileShelf
from duban.core.alerts import Alert
from duban.core.papers import PaperKind
from duban.pipeline.remind_persons import RemindPersons
from fakes.assessments import at
from fakes.signing import DEPUTY, REVIEWER, SIGNER, SigningDesk

MONDAY, TUESDAY, WEDNESDAY = date(2018, 7, 30), date(2018, 7, 31), date(2018, 8, 1)
SATURDAY, NEXT_MONDAY, AFTER_THE_DEPUTY = date(2018, 8, 4), date(2018, 8, 6), date(2018, 8, 13)
Reminded = Callable[[datetime], tuple[Alert, ...]]


@pytest.fixture
def desk(engine: Engine, plan: str, tmp_path: Path) -> SigningDesk:
    return SigningDesk.on(engine, plan, tmp_path)


@pytest.fixture
def reminded(desk: SigningDesk) -> Reminded:
    return RemindPersons(desk.plan, desk.life, desk.register, desk.sign.issuer).run


def test_a_draft_reminds_its_reviewer_from_the_second_day_on(desk: SigningDesk, reminded: Reminded) -> None:
    """Drafted on Monday at 08:30; one letter for all his papers, each with its number and since when."""
    papers = [desk.draft("S1"), desk.draft("S2")]

    assert reminded(at(TUESDAY, 8, 29)) == ()
    [alert] = reminded(at(TUESDAY, 8, 30))
    assert alert.subject == f"提醒{REVIEWER}：2 份文书等待办理已满一天"
    assert all(f"第 {paper.id} 号文书《{paper.title}》，2018-07-30 08:30 起待核稿。" in alert.text for paper in papers)


def test_once_reviewed_it_is_the_signer_a_day_later(desk: SigningDesk, reminded: Reminded) -> None:
    """Reviewed on Monday at ten; nobody is reminded of what is signed, sent back, or signs itself."""
    desk.reviewed("S1")
    desk.signed("S2")
    desk.draft("S3", PaperKind.REMINDER)
    desk.sign.reject(desk.draft("S4").id, REVIEWER, "重拟", at(MONDAY, 9))

    assert reminded(at(TUESDAY, 9, 59)) == ()
    assert [alert.key for alert in reminded(at(TUESDAY, 10))] == [f"waiting:{SIGNER}"]


def test_what_was_drafted_anew_waits_from_when_it_was_sent_back(desk: SigningDesk, reminded: Reminded) -> None:
    """Though it states the same instant as the first draft."""
    desk.sign.reject(desk.draft("S1").id, REVIEWER, "重拟", at(TUESDAY, 15))
    desk.draft("S1")

    assert reminded(at(WEDNESDAY, 8, 30)) == ()
    assert len(reminded(at(WEDNESDAY, 15))) == 1


def test_nobody_is_reminded_on_a_day_off(desk: SigningDesk, reminded: Reminded, tmp_path: Path) -> None:
    """Nor twice on one day, whenever the tick is run again; the next working day he is."""
    desk.draft("S1")
    alerts = FolderAlerts(FileShelf(tmp_path / "alerts"))

    def told(moment: datetime) -> list[bool]:
        return [alerts.tell(alert) for alert in reminded(moment)]

    assert told(at(SATURDAY, 8, 30)) == []
    assert [told(at(TUESDAY, 8, 30)), told(at(TUESDAY, 14)), told(at(WEDNESDAY, 8, 30))] == [[True], [False], [True]]


def test_the_deputy_is_reminded_while_he_stands_in(desk: SigningDesk, reminded: Reminded) -> None:
    """From 6 to 10 August, and the signer himself again after it."""
    desk.reviewed("S1")

    assert [reminded(at(day, 10))[0].key for day in (NEXT_MONDAY, AFTER_THE_DEPUTY)] == [
        f"waiting:{DEPUTY}",
        f"waiting:{SIGNER}",
    ]
