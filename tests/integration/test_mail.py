"""Delivery by mail to real servers that refuse, hang, hang up and change their mind (faults.md §8, 12)."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from socket import create_server

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import Engine, text

from duban.adapters.mail import MailSender, MailSettings
from duban.core.addressees import Channel
from duban.core.delivery import DeliveryState
from duban.core.papers import PaperRecord, PaperState
from duban.pipeline.deliver import nothing_enclosed
from fakes.delivering import LATER, SENT_AT, DeliveryDesk
from fakes.mail_servers import ClosesBeforeTheAnswer, HangsOnMessage, HangsOnRecipient, Office, reached_at, serving

ROOT = Path(__file__).parents[2]
OFFICE, COPY = "北关办事处", "东区督查室"


@pytest.fixture
def desk(engine: Engine, plan: str, tmp_path: Path) -> DeliveryDesk:
    opened = DeliveryDesk.on(engine, plan, tmp_path)
    opened.by_mail(OFFICE, COPY)
    return opened


def send(desk: DeliveryDesk, settings: MailSettings, as_of: object = SENT_AT) -> None:
    desk.senders = {Channel.MAIL: MailSender(settings)}
    desk.deliver.run(SENT_AT if as_of is SENT_AT else LATER)


def one_letter(desk: DeliveryDesk, office: Office) -> PaperRecord:
    """A letter to two recipients, sent to that server once."""
    record = desk.signed()
    with serving(office) as settings:
        send(desk, settings)
    return record


def test_a_letter_comes_as_an_attachment_with_its_chinese_name(desk: DeliveryDesk) -> None:
    """The signed bytes, the Message-ID of the outbox, one recipient a message."""
    office = Office()
    record = one_letter(desk, office)
    assert record.signature is not None

    assert len(office.received) == 2
    message = office.received[0]
    assert message["Message-ID"] == desk.of(record, OFFICE).message_id
    assert (message["To"], message["Subject"]) == (f"{OFFICE} <r1@example.com>", f"{record.title}（{record.number}）")
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "S1-0730-签发.docx"
    assert "filename*=" in attached["Content-Disposition"].fold(policy=message.policy)
    assert attached.get_payload(decode=True) == desk.signing.archive.get(record.signature.sha256)
    body = message.get_body()
    assert body is not None
    assert "现送上" in body.get_content()
    assert desk.paper(record).state is PaperState.DELIVERED


def test_a_5xx_for_one_of_three_recipients_is_his_alone(desk: DeliveryDesk) -> None:
    """The two others have it; the refused one waits for a person."""
    desk.by_mail(OFFICE, COPY, "南门办事处")
    desk.signing.plan.deliveries[COPY] += desk.signing.plan.deliveries["南门办事处"]  # type: ignore[index]  # a dict here
    office = Office(recipients={"r2@example.com": "550 5.1.1 查无此人"})
    record = one_letter(desk, office)

    assert desk.states(record) == {
        OFFICE: DeliveryState.SENT,
        COPY: DeliveryState.REFUSED,
        "南门办事处": DeliveryState.SENT,
    }
    assert "550" in desk.of(record, COPY).why
    assert desk.paper(record).state is PaperState.SIGNED
    with serving(office) as settings:
        send(desk, settings, LATER)
    assert len(office.received) == 2


def test_a_4xx_is_tried_again_and_then_fine(desk: DeliveryDesk) -> None:
    """To the recipient or to the message: nothing was taken."""
    office = Office(messages=["451 come again", "250 OK"])
    record = one_letter(desk, office)
    assert desk.states(record) == {OFFICE: DeliveryState.PENDING, COPY: DeliveryState.SENT}

    with serving(office) as settings:
        send(desk, settings, LATER)
    assert desk.paper(record).delivered_at == LATER
    assert [message["To"].addresses[0].username for message in office.received] == ["r2", "r1"]


def test_an_answer_that_is_lost_leaves_it_uncertain_and_it_is_never_sent_again(desk: DeliveryDesk) -> None:
    """The server had the message and hung up: a second copy may be one too many."""
    office = ClosesBeforeTheAnswer()
    record = one_letter(desk, office)
    assert set(desk.states(record).values()) == {DeliveryState.UNCERTAIN}
    assert len(office.received) == 2

    honest = Office()
    with serving(honest) as settings:
        send(desk, settings, LATER)
    assert honest.received == []
    assert desk.paper(record).delivered_at is None


def test_a_retry_that_a_person_orders_has_the_same_message_id(desk: DeliveryDesk) -> None:
    """So that the recipient's server can tell the second copy."""
    record = one_letter(desk, ClosesBeforeTheAnswer())
    office = Office()
    desk.deliver.retry(desk.of(record, COPY).id, "王五", LATER)
    with serving(office) as settings:
        send(desk, settings, LATER)

    assert [message["Message-ID"] for message in office.received] == [desk.of(record, COPY).message_id]


def test_a_server_that_refuses_the_connection_is_tried_again(desk: DeliveryDesk) -> None:
    """Nothing listens there."""
    record = desk.signed()
    with create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    send(desk, reached_at(port))

    assert set(desk.states(record).values()) == {DeliveryState.PENDING}
    assert "没有发出" in desk.of(record, OFFICE).why


def test_a_server_that_hangs_before_the_message_is_tried_again(desk: DeliveryDesk) -> None:
    """The time-out ends it; nothing had left."""
    assert set(desk.states(one_letter(desk, HangsOnRecipient())).values()) == {DeliveryState.PENDING}


def test_a_server_that_hangs_after_the_message_leaves_it_uncertain(desk: DeliveryDesk) -> None:
    """It may have it."""
    office = HangsOnMessage()
    assert set(desk.states(one_letter(desk, office)).values()) == {DeliveryState.UNCERTAIN}
    assert len(office.received) == 2


def test_a_line_that_is_a_full_stop_does_not_end_the_message(desk: DeliveryDesk) -> None:
    """RFC 5321 §4.5.2."""
    office = Office()
    desk.signed()
    with serving(office) as settings:
        sender = MailSender(settings)
        desk.senders = {Channel.MAIL: sender}
        deliver = desk.deliver
        deliver._enclosures = lambda _: (("a.txt", b"one\n.\n..two\n"),)
        deliver.run(SENT_AT)

    attached = [part for part in office.received[0].iter_attachments() if part.get_filename() == "a.txt"]
    assert attached[0].get_payload(decode=True) == b"one\n.\n..two\n"
    assert nothing_enclosed(desk.signing.register.papers()[0]) == ()


def test_without_a_server_mail_waits_and_folders_do_not(engine: Engine, plan: str, tmp_path: Path) -> None:
    """What is not set up is not due."""
    desk = DeliveryDesk.on(engine, plan, tmp_path)
    desk.by_mail(COPY)
    record = desk.signed()
    desk.deliver.run(SENT_AT)

    assert desk.states(record) == {OFFICE: DeliveryState.SENT, COPY: DeliveryState.PENDING}
    assert not desk.deliver.due(LATER)


class Announcing(HangsOnMessage):
    """Says that it has the message, and never answers."""

    def __init__(self) -> None:
        super().__init__()
        self.has_it = threading.Event()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as aiosmtpd
        self.has_it.set()
        return await super().handle_DATA(server, session, envelope)


def _wait_for_the_server_to_notice(desk: DeliveryDesk) -> None:
    """PostgreSQL ends the session of a killed process a moment later: wait for its lock."""
    lock = "select pg_advisory_xact_lock(hashtextextended(:plan || '/' || lease, 0)) from duban.delivery"
    with desk.deliveries._engine.begin() as connection:
        plan = {"plan": desk.signing.plan.key}
        connection.execute(text(f"{lock} where plan = :plan and state = 'sending'"), plan)


@pytest.fixture
def killed(desk: DeliveryDesk, fresh_database: str, tmp_path: Path) -> PaperRecord:
    """A letter whose sender was killed (kill -9) when the server had it and had not answered."""
    record = desk.signed()
    office = Announcing()
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'plugins'}:{ROOT / 'tests'}"}
    with serving(office) as settings:
        command = [sys.executable, "-m", "fakes.mail_worker", fresh_database, desk.signing.plan.key, str(tmp_path)]
        worker = subprocess.Popen([*command, str(settings.port)], env=environment)
        assert office.has_it.wait(60)
        assert desk.states(record)[OFFICE] is DeliveryState.SENDING
        worker.kill()
        worker.wait()
    _wait_for_the_server_to_notice(desk)
    return record


def test_a_sender_that_is_killed_in_the_middle_leaves_it_uncertain(desk: DeliveryDesk, killed: PaperRecord) -> None:
    """The next run sends the other copy, and this one not again (I4)."""
    office = Office()
    with serving(office) as settings:
        send(desk, settings, LATER)

    assert desk.states(killed) == {OFFICE: DeliveryState.UNCERTAIN, COPY: DeliveryState.SENT}
    assert [message["Message-ID"] for message in office.received] == [desk.of(killed, COPY).message_id]
    assert desk.of(killed, OFFICE).attempts == 1
