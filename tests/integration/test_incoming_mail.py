"""What comes back by mail, in a real Maildir and on a real register: delivery reports and returned 回执."""

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import Engine

from duban.adapters.mailbox import MaildirMailbox, incoming
from duban.adapters.store import PostgresReceipts
from duban.core.delivery import DeliveryState
from duban.core.papers import PaperRecord, PaperState
from duban.core.receipts import receipt_code
from duban.pipeline.incoming_mail import IncomingMail
from duban.pipeline.receipts import Receipts
from fakes.delivering import LATER, SENT_AT, DeliveryDesk

REPORT = """\
From: MAILER-DAEMON@mail.example
To: office@bureau.example
Subject: Undelivered Mail
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It did not arrive.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; bg@office.example
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 no such user
--b
Content-Type: {kind}

Message-ID: {message_id}
Subject: notice

--b--
"""


@pytest.fixture
def desk(engine: Engine, plan: str, tmp_path: Path) -> DeliveryDesk:
    return DeliveryDesk.on(engine, plan, tmp_path)


@pytest.fixture
def box(tmp_path: Path) -> mailbox.Maildir:
    return mailbox.Maildir(tmp_path / "mailbox")


@pytest.fixture
def coming(desk: DeliveryDesk, engine: Engine, plan: str) -> IncomingMail:
    book = PostgresReceipts(engine, plan)
    return IncomingMail(
        desk.deliveries, Receipts(desk.signing.plan, desk.signing.register.papers, book, desk.signing.archive)
    )


def delivered(desk: DeliveryDesk) -> PaperRecord:
    record = desk.signed()
    desk.deliver.run(SENT_AT)
    return desk.paper(record)


def report(message_id: str, action: str = "failed", kind: str = "text/rfc822-headers") -> bytes:
    return REPORT.format(message_id=message_id, action=action, kind=kind).encode()


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_a_report_that_a_mail_did_not_arrive_shows_it_as_bounced(
    desk: DeliveryDesk, box: mailbox.Maildir, coming: IncomingMail, tmp_path: Path, kind: str
) -> None:
    """With what the server said; the mail is put away, and the same report again changes nothing."""
    (first, second) = desk.deliveries.of_paper(delivered(desk).id)
    for _ in range(2):
        box.add(report(first.message_id, kind=kind))
        assert len(coming.collect(MaildirMailbox(tmp_path / "mailbox"), LATER)) == 1

    bounced = desk.deliveries.one(first.id)
    assert bounced.state is DeliveryState.BOUNCED
    assert "550 no such user" in bounced.why
    assert desk.deliveries.one(second.id).state is DeliveryState.SENT
    assert len(mailbox.Maildir(tmp_path / "mailbox")) == 0
    assert len(box.get_folder("registered")) == 2


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_what_is_late_or_arrived_has_not_bounced(action: str) -> None:
    """Only `failed` has."""
    assert incoming("1", report("<1@duban>", action)).failed == ()


def test_a_report_on_what_we_never_sent_is_left_for_a_person(
    box: mailbox.Maildir, coming: IncomingMail, tmp_path: Path
) -> None:
    """Nothing is lost: it lies in the folder `unknown`."""
    box.add(report("<somebody@else>"))

    assert coming.collect(MaildirMailbox(tmp_path / "mailbox"), LATER) == ()
    assert len(box.get_folder("unknown")) == 1


@pytest.mark.parametrize("where", ["file", "subject"])
def test_a_receipt_that_comes_back_by_mail_is_registered(
    desk: DeliveryDesk, box: mailbox.Maildir, coming: IncomingMail, tmp_path: Path, where: str
) -> None:
    """By the name of the attached file, or by the subject."""
    record = delivered(desk)
    named = f"回执-{receipt_code(desk.signing.plan.key, record)}"
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "clerk@office.example", named if where == "subject" else "回复"
    mail.set_content("收到。")
    if where == "file":
        mail.add_attachment(b"PK", maintype="application", subtype="octet-stream", filename=f"{named}.docx")
    box.add(mail.as_bytes())

    coming.collect(MaildirMailbox(tmp_path / "mailbox"), LATER)

    assert desk.paper(record).state is PaperState.ACKNOWLEDGED
    assert "clerk@office.example" in desk.signing.life.open(record.id).acts[-1].by


def test_a_mail_with_a_wrong_code_or_none_is_left_for_a_person(
    box: mailbox.Maildir, coming: IncomingMail, tmp_path: Path
) -> None:
    """And what is no mail at all."""
    for content in (b"Subject: =?utf-8?b?5Zue5omnLUFBQUEtQUFBQQ==?=\n\n", b"Subject: hello\n\nhello", b"\xff\x00"):
        box.add(content)

    assert coming.collect(MaildirMailbox(tmp_path / "mailbox"), LATER) == ()
    assert len(box.get_folder("unknown")) == 3


def test_no_mailbox_is_no_mail(coming: IncomingMail, tmp_path: Path) -> None:
    """Nobody has to have one."""
    assert coming.collect(MaildirMailbox(tmp_path / "none"), LATER) == ()
