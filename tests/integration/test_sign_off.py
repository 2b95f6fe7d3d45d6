"""What an answer given in Airflow does to a paper, on real drafts and a real database (domain.md §7)."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from duban.adapters.settings import Settings
from duban.core.errors import UsageError
from duban.core.papers import PaperKind, PaperRecord, PaperState
from duban.core.signing import SYSTEM, Role
from duban.core.weeks import ZONE
from duban.pipeline.sign_off import Answer
from duban.wiring import App, open_app

MORNING = datetime(2018, 7, 31, 8, 30, tzinfo=ZONE)
CUTOFF_DAY = datetime(2018, 8, 10, 14, tzinfo=ZONE)
NOON = datetime(2018, 7, 31, 12, tzinfo=ZONE)


@pytest.fixture
def app(databases: Iterator[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """Nobody has sent anything: a letter for each office waits. Two persons are users of Airflow."""
    monkeypatch.setenv("DUBAN_AIRFLOW_USERS", "李超=lichao,徐祖新=xuzuxin")
    with TemporaryDirectory(prefix="duban-") as home:
        settings = Settings(home=Path(home), database_url=next(databases), inbox=f"{home}/inbox")
        with open_app(settings) as opened:
            opened.draft_due_letters(MORNING)
            yield opened


def answer(user: str, *, approved: bool = True, remark: str = "", seen: str | None = None) -> Answer:
    return Answer(user=user, approved=approved, at=NOON, remark=remark, number=None, seen=seen)


def paper(app: App, paper_id: int) -> PaperRecord:
    return next(one for one in app.register.papers() if one.id == paper_id)


def test_every_paper_that_wants_a_person_waits_and_names_who_is_asked(app: App) -> None:
    """One question a draft, with the reviewer alone, and the draft's hash in it."""
    waiting = app.sign_off.waiting()
    question = app.sign_off.question(waiting[0], Role.REVIEWER, NOON)

    assert len(waiting) == len(app.plan.offices)
    assert question is not None
    assert "lichao" in question.users
    assert question.draft == paper(app, waiting[0]).sha256
    assert app.sign_off.question(waiting[0], Role.SIGNER, NOON) is None


def test_reviewed_and_signed_a_paper_has_its_number_and_a_second_answer_changes_nothing(app: App) -> None:
    """What is signed is the draft that was seen."""
    first = app.sign_off.waiting()[0]
    draft = paper(app, first).sha256
    app.sign_off.answer(first, Role.REVIEWER, answer("lichao", seen=draft))
    with pytest.raises(UsageError, match="改动"):
        app.sign_off.answer(first, Role.SIGNER, answer("xuzuxin", seen="0" * 64))
    app.sign_off.answer(first, Role.SIGNER, answer("xuzuxin", seen=draft))
    signed = paper(app, first)
    app.sign_off.answer(first, Role.SIGNER, answer("xuzuxin"))

    assert (signed.state, signed.number) == (PaperState.SIGNED, "郑经小区办催〔2018〕1号")
    assert paper(app, first) == signed


def test_a_task_that_ended_right_after_the_signature_makes_the_rest_good_when_it_is_tried_again(app: App) -> None:
    """Nobody is asked once more; the signed paper's file is laid."""
    first = app.sign_off.waiting()[0]
    app.sign_off.answer(first, Role.REVIEWER, answer("lichao"))
    app.sign_off.answer(first, Role.SIGNER, answer("xuzuxin"))
    signature = paper(app, first).signature
    assert signature is not None
    file = app.settings.papers_path / signature.path

    file.unlink()
    assert app.sign_off.question(first, Role.SIGNER, NOON) is None
    assert file.is_file()
    file.unlink()
    app.sign_off.answer(first, Role.SIGNER, answer("xuzuxin"))
    assert file.is_file()


def test_somebody_else_is_refused(app: App) -> None:
    """The signer cannot review."""
    first = app.sign_off.waiting()[0]

    with pytest.raises(UsageError):
        app.sign_off.answer(first, Role.REVIEWER, answer("xuzuxin"))
    assert paper(app, first).state is PaperState.DRAFTED


def test_what_was_sent_back_is_drafted_anew_with_the_remark(app: App) -> None:
    """Beside the first draft, and it waits in its turn."""
    first = app.sign_off.waiting()[0]
    app.sign_off.answer(first, Role.REVIEWER, answer("lichao", approved=False, remark="请核对日期"))

    office = paper(app, first).office
    anew = [one for one in app.register.papers() if (one.kind, one.office) == (PaperKind.URGE, office)][-1]
    assert paper(app, first).state is PaperState.REJECTED
    assert anew.id in app.sign_off.waiting()
    assert "请核对日期" in app.life.open(anew.id).acts[0].why
    assert app.verifying.run().defects == ()


def test_a_reminder_signs_itself_with_the_rule_named_and_asks_nobody(app: App) -> None:
    """The rung of the plan says "automatic"; it is signed at the tick that drafts it, by the system."""
    ids = app.draft_due_letters(CUTOFF_DAY)
    reminders = [one for one in app.register.papers() if one.id in ids]

    assert {one.kind for one in reminders} == {PaperKind.REMINDER}
    assert len(reminders) == len(app.plan.offices)
    last = [app.life.open(one.id).acts[-1] for one in reminders]
    assert {(act.after, act.by, act.why, act.at) for act in last} == {
        (PaperState.SIGNED, SYSTEM, "ladder.reminder", CUTOFF_DAY)
    }
    assert not set(app.sign_off.waiting()) & set(ids)
    assert all(app.sign_off.question(number, role, NOON) is None for number in ids for role in Role)
