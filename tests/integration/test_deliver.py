"""From signature to the recipients' folders on a real register: once each, whatever happens."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from duban.core.addressees import Addressee, Channel
from duban.core.delivery import SENT, DeliveryState, Outcome
from duban.core.errors import InternalError
from duban.core.papers import PaperKind, PaperState
from duban.pipeline.watch_deadlines import rungs_taken
from fakes.assessments import at
from fakes.delivering import LATER, SENT_AT, SIGNED, DeliveryDesk, Recording
from fakes.signing import REVIEWER, SIGNER, refused

HOUR = timedelta(hours=1)
OFFICE, COPY = "北关办事处", "东区督查室"


@pytest.fixture
def desk(engine: Engine, plan: str, tmp_path: Path) -> DeliveryDesk:
    return DeliveryDesk.on(engine, plan, tmp_path)


def test_a_signed_paper_is_owed_to_each_recipient(desk: DeliveryDesk) -> None:
    """主送 and 抄送, from the signature on; a draft is owed to nobody."""
    record = desk.signed()

    assert desk.states(record) == {OFFICE: DeliveryState.PENDING, COPY: DeliveryState.PENDING}
    assert desk.deliveries.of_paper(desk.signing.reviewed("S2").id) == []
    assert desk.paper(record).delivered_at is None


def test_a_delivery_puts_the_signed_bytes_into_each_folder(desk: DeliveryDesk) -> None:
    """The office's folder has its code, any other that recipient's name; then the paper is delivered."""
    record = desk.signed()
    desk.deliver.run(SENT_AT)

    for folder in ("BG", COPY):
        assert desk.outbox.get(f"{folder}/S1-0730-签发.docx").decode().startswith("东整催〔2018〕1号")
    delivered = desk.paper(record)
    assert (delivered.state, delivered.delivered_at) == (PaperState.DELIVERED, SENT_AT)
    act = desk.signing.life.open(record.id).acts[-1]
    assert (act.after, act.by, act.at) == (PaperState.DELIVERED, "duban", SENT_AT)


def test_the_ladder_hears_of_the_delivery(desk: DeliveryDesk) -> None:
    """A rung needs the one before it delivered."""
    desk.signed()
    desk.deliver.run(SENT_AT)

    (taken,) = rungs_taken(desk.signing.register.papers())
    assert taken.delivered_at == SENT_AT


def test_what_was_sent_is_not_sent_again(desk: DeliveryDesk) -> None:
    """However often the run is repeated."""
    sender = Recording()
    desk.senders = {Channel.FOLDER: sender}
    desk.signed()

    assert len(desk.deliver.run(SENT_AT)) == 2
    assert desk.deliver.run(SENT_AT) == ()
    assert desk.deliver.run(LATER) == ()
    assert len(sender.parcels) == 2


def test_a_paper_whose_file_is_lost_keeps_no_other_waiting(desk: DeliveryDesk) -> None:
    """The others are delivered, the failure is raised, and nothing of the lost one was taken in hand."""
    lost, other = desk.signed("S1"), desk.signed("S2")
    assert lost.signature is not None
    path = desk.signing.archive.path(lost.signature.sha256)
    content = path.read_bytes()
    path.chmod(0o644)
    path.unlink()

    with pytest.raises(InternalError, match=str(lost.id)) as raised:
        desk.deliver.run(SENT_AT)

    assert isinstance(raised.value.__cause__, FileNotFoundError)
    assert desk.paper(other).state is PaperState.DELIVERED
    assert set(desk.states(lost).values()) == {DeliveryState.PENDING}
    path.write_bytes(content)
    desk.deliver.run(LATER)
    assert desk.paper(lost).state is PaperState.DELIVERED


def test_nothing_is_sent_before_it_was_signed(desk: DeliveryDesk) -> None:
    """A run for an earlier instant sees what was signed by then."""
    desk.signed()

    assert not desk.deliver.due(SIGNED - HOUR)
    assert desk.deliver.run(SIGNED - HOUR) == ()
    assert desk.deliver.due(SIGNED)


def test_a_group_of_the_plan_is_reached_member_by_member_and_nobody_twice(desk: DeliveryDesk) -> None:
    """各办事处; an office that is also named by itself has one delivery."""
    offices = tuple(Addressee(one.name, Channel.FOLDER, one.code) for one in desk.signing.plan.offices)
    desk.signing.plan = replace(desk.signing.plan, deliveries={COPY: offices})

    assert list(desk.states(desk.signed())) == [OFFICE, "南门办事处", "西昌办事处"]


def test_a_file_of_that_name_with_other_bytes_is_a_conflict(desk: DeliveryDesk) -> None:
    """Nothing is overwritten; the others are reached; the same bytes are a delivery that was done."""
    record = desk.signed()
    assert record.signature is not None
    desk.outbox.put("BG/S1-0730-签发.docx", b"something else")
    desk.outbox.put(f"{COPY}/S1-0730-签发.docx", desk.signing.archive.get(record.signature.sha256))
    desk.deliver.run(SENT_AT)

    assert desk.states(record) == {OFFICE: DeliveryState.REFUSED, COPY: DeliveryState.SENT}
    assert "BG/S1-0730-签发.docx" in desk.of(record, OFFICE).why
    assert desk.outbox.get("BG/S1-0730-签发.docx") == b"something else"
    assert desk.paper(record).state is PaperState.SIGNED


def test_a_folder_that_is_away_is_tried_again(desk: DeliveryDesk, tmp_path: Path) -> None:
    """A file stands where the folder should be; once it is gone, the paper arrives."""
    record = desk.signed()
    (tmp_path / "outbox").mkdir()
    (tmp_path / "outbox" / "BG").write_text("in the way")
    desk.deliver.run(SENT_AT)
    assert desk.states(record) == {OFFICE: DeliveryState.PENDING, COPY: DeliveryState.SENT}
    assert desk.of(record, OFFICE).attempts == 1

    (tmp_path / "outbox" / "BG").unlink()
    desk.deliver.run(LATER)
    assert desk.paper(record).delivered_at == LATER


def doubtful(desk: DeliveryDesk, state: DeliveryState) -> Callable[..., int]:
    """A letter whose copy came to `state`; returns the sending of it."""
    answer = {COPY: Outcome(state, "说明")}
    desk.senders = {Channel.FOLDER: Recording(lambda parcel: answer.pop(parcel.delivery.to.name, SENT))}
    record = desk.signed()
    desk.deliver.run(SENT_AT)
    return lambda: desk.of(record, COPY).id


@pytest.mark.parametrize("state", [DeliveryState.UNCERTAIN, DeliveryState.REFUSED])
def test_what_is_doubtful_or_refused_is_never_sent_again_by_itself(desk: DeliveryDesk, state: DeliveryState) -> None:
    """Only when a person says so; then the paper is delivered."""
    delivery_id = doubtful(desk, state)()
    assert desk.deliver.run(LATER) == ()

    desk.deliver.retry(delivery_id, "王五", LATER)
    desk.deliver.run(LATER)
    record = desk.signing.register.papers()[0]
    assert (record.state, record.delivered_at) == (PaperState.DELIVERED, LATER)


def test_a_person_may_confirm_that_a_doubtful_paper_arrived(desk: DeliveryDesk) -> None:
    """It is on record who asked, and the paper is delivered from then on."""
    delivery_id = doubtful(desk, DeliveryState.UNCERTAIN)()
    done = desk.deliver.confirm(delivery_id, "王五", "电话核实", LATER)

    assert (done.state, done.by, done.why) == (DeliveryState.SENT, "王五", "电话核实")
    assert desk.signing.register.papers()[0].delivered_at == LATER
    assert "不需要处理" in refused(lambda: desk.deliver.retry(delivery_id, "王五", LATER))
    assert "没有第 987654 号送达记录" in refused(lambda: desk.deliver.retry(987654, "王五", LATER))


def test_two_deliverers_at_once_send_once(desk: DeliveryDesk) -> None:
    """Forty papers, four deliverers: every delivery one parcel."""
    sender = Recording()
    desk.senders = {Channel.FOLDER: sender}
    for number in range(20):
        desk.signed(f"K{number}")
    with ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(lambda _: desk.deliver.run(SENT_AT), range(4)))

    assert len(sender.parcels) == 40
    assert len({parcel.delivery.id for parcel in sender.parcels}) == 40
    assert sum(map(len, runs)) == 40
    assert all(paper.state is PaperState.DELIVERED for paper in desk.signing.register.papers())


def test_what_another_has_in_hand_is_left_to_him(desk: DeliveryDesk) -> None:
    """While his session lives; once it is gone, a folder is looked into again."""
    record = desk.signed()
    with desk.deliveries.lease() as lease:
        assert desk.deliveries.take(desk.of(record, OFFICE), lease, SENT_AT)
        desk.deliver.run(SENT_AT)
        assert desk.states(record) == {OFFICE: DeliveryState.SENDING, COPY: DeliveryState.SENT}

    desk.deliver.run(LATER)
    assert desk.states(record)[OFFICE] is DeliveryState.SENT


def test_a_mail_whose_sender_is_gone_is_uncertain_and_he_may_still_tell(desk: DeliveryDesk) -> None:
    """Nobody knows whether it arrived, but for the one who holds the lease and was only slow."""
    desk.by_mail(OFFICE)
    record = desk.signed()
    with desk.deliveries.lease() as lease:
        desk.deliveries.take(desk.of(record, OFFICE), lease, SENT_AT)
    desk.deliver.run(LATER)
    uncertain = desk.of(record, OFFICE)
    assert (uncertain.state, uncertain.attempts) == (DeliveryState.UNCERTAIN, 1)
    assert "不知道对方是否收到" in uncertain.why

    desk.deliveries.settle(uncertain, "another lease", SENT, LATER)
    assert desk.of(record, OFFICE).state is DeliveryState.UNCERTAIN
    desk.deliveries.settle(uncertain, lease, SENT, LATER)
    assert desk.of(record, OFFICE).state is DeliveryState.SENT


def test_a_letter_whose_items_were_all_met_is_held_and_its_signer_decides(desk: DeliveryDesk) -> None:
    """domain.md §6; released, it is sent without being judged again."""
    asked: list[int] = []
    desk.still_stands = lambda record, _: bool(asked.append(record.id))
    record = desk.signed()
    assert desk.deliver.run(SENT_AT) == ()
    assert set(desk.states(record).values()) == {DeliveryState.HELD}
    assert "签发人决定" in desk.of(record, OFFICE).why
    assert desk.deliver.run(LATER) == ()

    assert "不能办理" in refused(lambda: desk.deliver.release(record.id, REVIEWER, "仍须告知", LATER))
    desk.deliver.release(record.id, SIGNER, "仍须告知", LATER)
    assert len(desk.deliver.run(LATER)) == 2
    assert asked == [record.id]
    assert "没有暂缓发送" in refused(lambda: desk.deliver.release(record.id, SIGNER, "仍须告知", LATER))


def test_a_voided_paper_is_never_sent(desk: DeliveryDesk) -> None:
    """Also one that was held; one that has reached somebody cannot be voided."""
    voided, begun = desk.signed("S1"), desk.signed("S2")
    desk.signing.sign.void(voided.id, SIGNER, "写错了", SIGNED + timedelta(minutes=1))
    with desk.deliveries.lease() as lease:
        desk.deliveries.take(desk.of(begun, OFFICE), lease, SENT_AT)
        said = refused(lambda: desk.signing.sign.void(begun.id, SIGNER, "写错了", SENT_AT))
    desk.deliver.run(LATER)

    assert set(desk.states(voided).values()) == {DeliveryState.CANCELLED}
    assert OFFICE in said
    assert "duban revoke" in said


def test_a_delivery_may_bounce_after_the_paper_was_delivered(desk: DeliveryDesk) -> None:
    """Then the ladder waits again."""
    record = desk.signed()
    desk.deliver.run(SENT_AT)
    desk.deliveries.decide(desk.of(record, OFFICE), DeliveryState.BOUNCED, "duban", "查无此人", LATER)

    assert desk.paper(record).delivered_at is None


def test_every_state_of_a_delivery_is_kept(desk: DeliveryDesk, engine: Engine) -> None:
    """Who, when, why; append-only, and where it goes never changes."""
    record = desk.signed()
    desk.deliver.run(SENT_AT)
    delivery = desk.of(record, OFFICE)
    with engine.begin() as connection:
        found = connection.execute(
            text("select state, changed_by from duban.delivery_change where plan = :plan and delivery_id = :id"),
            {"plan": desk.signing.plan.key, "id": delivery.id},
        ).all()
    assert [tuple(row) for row in found] == [("pending", SIGNER), ("sending", "duban"), ("sent", "duban")]
    for change in (
        "delete from duban.delivery",
        "update duban.delivery set address = 'elsewhere'",
        "update duban.delivery_change set state = 'sent'",
    ):
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(text(change))


def test_a_message_id_is_the_same_whenever_it_is_worked_out(desk: DeliveryDesk) -> None:
    """And another for each recipient."""
    record = desk.signed()
    ids = {one.message_id for one in desk.deliveries.of_paper(record.id)}

    assert len(ids) == 2
    from duban.core.delivery import owed

    assert {one.message_id for one in owed(desk.signing.plan, record)} == ids


def test_a_paper_without_number_is_delivered_like_any_other(desk: DeliveryDesk) -> None:
    """工作提示 signs itself."""
    draft = desk.signing.draft("S1", PaperKind.REMINDER)
    desk.signing.sign.sign_automatically(draft.id, "ladder.reminder", at(date(2018, 7, 30), 8, 30))
    desk.deliver.run(SENT_AT)

    assert desk.paper(draft).state is PaperState.DELIVERED
