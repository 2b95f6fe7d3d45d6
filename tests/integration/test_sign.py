"""From draft to signature on a real register: numbers, dates, frozen bytes, refusals."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from duban.core.errors import InternalError
from duban.core.papers import PaperContent, PaperKind, PaperState
from fakes.assessments import at
from fakes.signing import DEPUTY, DRAFTED, REVIEWED, REVIEWER, SIGNED, SIGNER, SigningDesk, numbers, refused

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(engine: Engine, plan: str, tmp_path: Path) -> SigningDesk:
    return SigningDesk.on(engine, plan, tmp_path)


def test_a_signed_paper_has_its_number_its_date_and_its_bytes(desk: SigningDesk) -> None:
    """The number is the first of its series and year, 成文日期 the day of signature, the bytes lie in both places."""
    record = desk.signed("S1")

    assert record.state is PaperState.SIGNED
    assert record.number == "东整催〔2018〕1号"
    assert record.signature is not None
    assert (record.signature.by, record.signature.dated) == (SIGNER, date(2018, 7, 31))
    assert record.signature.path == "urge/S1-0730-签发.docx"
    content = desk.shelf.get(record.signature.path)
    assert content.decode() == "东整催〔2018〕1号\n2018年7月31日\n关于S1"
    assert desk.archive.get(record.signature.sha256) == content
    assert desk.register.papers() == [record]


def test_the_draft_stays_as_it_was(desk: SigningDesk) -> None:
    """The signed paper stands beside the draft, whose number is still to come."""
    record = desk.signed("S1")

    assert desk.shelf.get(record.path).decode() == "东整催〔2018〕〔待编〕号\n2018年7月30日\n关于S1"


def test_numbers_run_on_in_a_series_and_each_series_has_its_own(desk: SigningDesk) -> None:
    """From 1 in each series of an issuer."""
    records = [desk.signed("S1"), desk.signed("S2"), desk.signed("S1", PaperKind.CRITICISM_PROPOSAL)]

    assert numbers(records) == ["东整催〔2018〕1号", "东整催〔2018〕2号", "东整〔2018〕1号"]


def test_the_year_is_that_of_the_signature_in_shanghai(desk: SigningDesk) -> None:
    """A minute after midnight in Shanghai the new year counts from 1, whatever the year of the draft or of UTC."""
    before, after = desk.reviewed("S1"), desk.reviewed("S2")
    midnight = datetime(2018, 12, 31, 16, tzinfo=UTC)

    last = desk.sign.sign(before.id, SIGNER, midnight - timedelta(minutes=1))
    first = desk.sign.sign(after.id, SIGNER, midnight + timedelta(minutes=1))

    assert numbers([last, first]) == ["东整催〔2018〕1号", "东整催〔2019〕1号"]
    assert first.signature is not None
    assert first.signature.dated == date(2019, 1, 1)


def test_signing_again_changes_nothing_and_gives_the_same_number(desk: SigningDesk) -> None:
    """Whoever asks, and whenever; a file that went missing is put back."""
    record = desk.signed("S1")
    assert record.signature is not None
    (signed,) = desk.shelf._root.glob("**/*-签发.docx")
    signed.unlink()

    assert desk.sign.sign(record.id, SIGNER, SIGNED + HOUR) == record
    assert signed.is_file()
    assert desk.signed("S2").number == "东整催〔2018〕2号"


def test_a_paper_without_a_series_is_signed_without_a_number(desk: SigningDesk) -> None:
    """工作提示: the plan lets it sign itself, and names the rule."""
    draft = desk.draft("S1", PaperKind.REMINDER)
    record = desk.sign.sign_automatically(draft.id, "ladder.reminder", SIGNED)

    assert (record.state, record.number) == (PaperState.SIGNED, None)
    acts = desk.life.open(record.id).acts
    assert (acts[-1].by, acts[-1].why) == ("duban", "ladder.reminder")
    assert desk.sign.sign_automatically(draft.id, "ladder.reminder", SIGNED) == record


def test_what_a_person_must_sign_never_signs_itself(desk: SigningDesk) -> None:
    """Nor does a paper sign itself by another rule than its own."""
    urge, reminder = desk.draft("S1"), desk.draft("S2", PaperKind.REMINDER)

    assert "不能由系统自动签发" in refused(lambda: desk.sign.sign_automatically(urge.id, "ladder.urge", SIGNED))
    assert "ladder.reminder" in refused(lambda: desk.sign.sign_automatically(reminder.id, "因为", SIGNED))


@pytest.mark.parametrize(
    ("entered", "printed"), [("7", "东督督〔2018〕7号"), ("东督督〔2018〕12号", "东督督〔2018〕12号")]
)
def test_a_registry_of_its_own_gives_the_number(desk: SigningDesk, entered: str, printed: str) -> None:
    """Whole or bare; gaps are its own affair."""
    assert desk.signed("S1", PaperKind.SUPERVISE, entered).number == printed


def test_a_number_is_used_once(desk: SigningDesk) -> None:
    """A second paper with it is refused and stays as it was; with the next one it is signed."""
    first = desk.signed("S1", PaperKind.SUPERVISE, "7")
    second = desk.reviewed("S2", PaperKind.SUPERVISE)

    said = refused(lambda: desk.sign.sign(second.id, SIGNER, SIGNED, "7"))
    assert "东督督〔2018〕7号" in said
    assert f"第 {first.id} 号" in said
    assert desk.life.open(second.id).record == second
    assert desk.sign.sign(second.id, SIGNER, SIGNED, "8").number == "东督督〔2018〕8号"


def test_a_void_paper_keeps_its_number(desk: SigningDesk) -> None:
    """The next paper has the next one; the void one is not signed again."""
    record = desk.sign.void(desk.signed("S1").id, SIGNER, "主送单位有误", SIGNED + HOUR)

    assert (record.state, record.number) == (PaperState.VOID, "东整催〔2018〕1号")
    assert desk.signed("S2").number == "东整催〔2018〕2号"
    assert "已作废" in refused(lambda: desk.sign.sign(record.id, SIGNER, SIGNED + HOUR))


def test_a_draft_that_was_changed_is_neither_reviewed_nor_signed(desk: SigningDesk) -> None:
    """Somebody opened it in Word; or it is gone; or the person saw another one."""
    drafted, reviewed = desk.draft("S1"), desk.reviewed("S2")
    (desk.shelf._root / drafted.path).write_bytes(b"changed")
    (desk.shelf._root / reviewed.path).unlink()

    assert "已被改动" in refused(lambda: desk.sign.review(drafted.id, REVIEWER, REVIEWED))
    assert "已被改动" in refused(lambda: desk.sign.sign(reviewed.id, SIGNER, SIGNED))
    intact = desk.draft("S3c")
    assert "已被改动" in refused(lambda: desk.sign.review(intact.id, REVIEWER, REVIEWED, seen="0" * 64))
    assert desk.sign.review(intact.id, REVIEWER, REVIEWED, seen=intact.sha256).state is PaperState.REVIEWED


def test_a_template_that_fails_takes_no_number(desk: SigningDesk) -> None:
    """Whether it fails on trial, or with the real number only, or the archive is full."""

    class Failing:
        def __init__(self, number: str) -> None:
            self._number = number

        def compose(self, content: PaperContent) -> bytes:
            if content.fields["number"] == self._number:
                raise InternalError("the template is broken")
            return desk.composer.compose(content)

    paper = desk.reviewed("S1")
    for number in ("东整催〔2018〕9999号", "东整催〔2018〕1号"):
        with pytest.raises(InternalError):
            replace(desk, composer=Failing(number)).sign.sign(paper.id, SIGNER, SIGNED)
        assert desk.life.open(paper.id).record == paper

    assert desk.sign.sign(paper.id, SIGNER, SIGNED).number == "东整催〔2018〕1号"


def test_a_rejected_draft_makes_room_for_the_next_with_the_remark(desk: SigningDesk) -> None:
    """The next draft on the same matter stands beside it, and its record says what was wanted."""
    first = desk.sign.reject(desk.reviewed("S1").id, SIGNER, "依据写全称", REVIEWED + HOUR)
    second = desk.draft("S1")

    assert first.state is PaperState.REJECTED
    assert (second.state, second.path) == (PaperState.DRAFTED, "urge/S1-0730-重拟1.docx")
    assert desk.draft("S1") == second
    assert "依据写全称" in desk.life.open(second.id).acts[0].why
    assert "已退回修改" in refused(lambda: desk.sign.sign(first.id, SIGNER, SIGNED))


def test_items_of_a_withdrawn_draft_may_have_their_rung_later(desk: SigningDesk) -> None:
    """A draft that was withdrawn was never had (domain.md §6); at its own instant it is not made again."""
    draft = desk.draft("S1")
    withdrawn = desk.sign.withdraw(draft.id, "duban", "所列事项均已完成", REVIEWED)

    assert withdrawn.state is PaperState.WITHDRAWN
    assert desk.draft("S1") == withdrawn
    assert desk.draft("S1", as_of=at(date(2018, 7, 31), 8, 30)).state is PaperState.DRAFTED


def test_the_deputy_signs_between_his_days(desk: SigningDesk) -> None:
    """And the paper says who signed."""
    paper = desk.reviewed("S1")

    assert "不能办理" in refused(lambda: desk.sign.sign(paper.id, DEPUTY, at(date(2018, 8, 11), 9)))
    record = desk.sign.sign(paper.id, DEPUTY, at(date(2018, 8, 10), 23))
    assert record.signature is not None
    assert record.signature.by == DEPUTY


def test_nothing_is_done_before_what_was_done_already(desk: SigningDesk) -> None:
    """An act cannot name an instant before the last one."""
    paper = desk.reviewed("S1")

    assert "早于上一步" in refused(lambda: desk.sign.sign(paper.id, SIGNER, DRAFTED))


def test_every_change_is_in_the_audit(desk: SigningDesk) -> None:
    """Who, when, why, on which draft; in order."""
    record = desk.sign.void(desk.signed("S1").id, SIGNER, "写错了", SIGNED + HOUR)
    acts = desk.life.open(record.id).acts

    assert [(act.after, act.by, act.at) for act in acts] == [
        (PaperState.DRAFTED, "duban", DRAFTED),
        (PaperState.REVIEWED, REVIEWER, REVIEWED),
        (PaperState.SIGNED, SIGNER, SIGNED),
        (PaperState.VOID, SIGNER, SIGNED + HOUR),
    ]
    assert acts[-1].why == "写错了"


def test_who_is_slower_is_told_what_happened(desk: SigningDesk) -> None:
    """The state is compared again under the paper's lock."""
    paper = desk.life.open(desk.draft("S1").id)
    desk.sign.reject(paper.record.id, REVIEWER, "再核", REVIEWED)
    stale = replace(desk, life=_Remembering(desk, paper))  # type: ignore[arg-type]  # it answers `open` from memory

    assert "刚由他人处理，现在是“已退回修改”" in refused(lambda: stale.sign.review(paper.record.id, REVIEWER, REVIEWED))


class _Remembering:
    """A life as somebody saw it a moment ago."""

    def __init__(self, desk: SigningDesk, seen: object) -> None:
        self._desk = desk
        self._seen = seen

    def open(self, _: int) -> object:
        return self._seen

    def __getattr__(self, name: str) -> object:
        return getattr(self._desk.life, name)


@pytest.mark.parametrize(
    "change",
    [
        "update duban.paper set number = '东整催〔2018〕9号'",
        "update duban.paper set sha256 = repeat('0', 64)",
        "update duban.signature set dated = '2018-01-01'",
        "update duban.audit set done_by = '别人'",
        "update duban.number_counter set last = 0 + last",
        "delete from duban.number",
        "delete from duban.paper",
        "delete from duban.audit_head",
    ],
)
def test_the_database_itself_keeps_what_was_signed(desk: SigningDesk, engine: Engine, change: str) -> None:
    """Append-only and frozen, whoever asks."""
    desk.signed("S1")

    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(change))


def test_there_is_no_such_paper(desk: SigningDesk) -> None:
    """A number that nobody gave."""
    assert "没有第 987654 号文书" in refused(lambda: desk.sign.review(987654, REVIEWER, REVIEWED))


def test_a_draft_from_before_contents_were_kept_can_only_be_rejected(desk: SigningDesk, engine: Engine) -> None:
    """What it says is not known, so it cannot be composed again; rejected, it makes room for one that can."""
    draft = desk.draft("S1")
    with engine.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(text("delete from duban.paper_content where paper_id = :id"), {"id": draft.id})

    assert "旧版本" in refused(lambda: desk.sign.review(draft.id, REVIEWER, REVIEWED))
    desk.sign.reject(draft.id, REVIEWER, "重新起草", REVIEWED)
    assert desk.signed("S1").number == "东整催〔2018〕1号"
