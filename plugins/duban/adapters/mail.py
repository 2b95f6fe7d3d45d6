"""Delivery by mail over SMTP (faults.md F-20; RFC 5321).

One recipient a message. What fails before the message is handed over is tried again, or refused; once its last line may
have left, only the server's answer tells what became of it, and where that is lost nobody knows.
"""

import re
import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from enum import StrEnum

from pydantic_settings import BaseSettings, SettingsConfigDict

from duban.core import delivery_texts as texts
from duban.core.delivery import SENT, DeliveryState, Outcome
from duban.core.weeks import ZONE
from duban.pipeline.delivery_ports import Parcel

WORD = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
WORKBOOK = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
OTHER = ("application", "octet-stream")
TYPES = {"docx": WORD, "xlsx": WORKBOOK}
GO_AHEAD, ACCEPTED, WILL_FORWARD, TEMPORARY, PERMANENT = 354, 250, 251, 4, 5


class Security(StrEnum):
    """How the connection is kept private."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


class MailSettings(BaseSettings):
    """The mail server, from DUBAN_SMTP_*; without `host` there is none. `timeout`: seconds for each answer."""

    model_config = SettingsConfigDict(env_prefix="DUBAN_SMTP_", frozen=True)

    host: str = ""
    port: int = 25
    security: Security = Security.STARTTLS
    user: str = ""
    password: str = ""
    sender: str = ""
    timeout: float = 30.0


class MailSender:
    """delivery_ports.Sender over SMTP."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings

    def send(self, parcel: Parcel) -> Outcome:
        """Hand the parcel over; what the server answers decides."""
        message = compose(parcel, self._settings.sender)
        try:
            with self._connected() as server:
                return self._refusal(server, parcel) or _handed_over(server, message)
        except smtplib.SMTPAuthenticationError as error:
            return Outcome(DeliveryState.PENDING, texts.MAIL_LOGIN.format(code=error.smtp_code))
        except (OSError, smtplib.SMTPException) as error:  # before the message was handed over: nothing has left
            return Outcome(DeliveryState.PENDING, texts.MAIL_AWAY.format(error=type(error).__name__))

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        settings = self._settings
        kind = smtplib.SMTP_SSL if settings.security is Security.TLS else smtplib.SMTP
        server = kind(settings.host, settings.port, timeout=settings.timeout)
        try:
            if settings.security is Security.STARTTLS:
                server.starttls()
            if settings.user:
                server.login(settings.user, settings.password)
            server.ehlo_or_helo_if_needed()
            yield server
        finally:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _refusal(self, server: smtplib.SMTP, parcel: Parcel) -> Outcome | None:
        """What the server says against sender or recipient; None when it takes both and waits for the message."""
        steps: tuple[tuple[Callable[[], tuple[int, bytes]], tuple[int, ...]], ...] = (
            (lambda: server.mail(self._settings.sender), (ACCEPTED,)),
            (lambda: server.rcpt(parcel.delivery.to.address), (ACCEPTED, WILL_FORWARD)),
            (lambda: server.docmd("data"), (GO_AHEAD,)),
        )
        for step, wanted in steps:
            code, answer = step()
            if code not in wanted:
                return _refused(code, answer)
        return None


def compose(parcel: Parcel, sender: str) -> bytes:
    """The message as it goes over the line; the same delivery gives the same bytes. Names of files as RFC 2231."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = parcel.subject
    message["From"] = sender
    message["To"] = Address(parcel.delivery.to.name, addr_spec=parcel.delivery.to.address)
    message["Date"] = format_datetime(parcel.at.astimezone(ZONE))
    message["Message-ID"] = parcel.delivery.message_id
    message.set_content(parcel.text, cte="base64")
    for name, content in parcel.files:
        maintype, subtype = TYPES.get(name.rpartition(".")[2], OTHER)
        message.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    message.set_boundary(f"={parcel.delivery.message_id.strip('<>').partition('@')[0]}=")
    return message.as_bytes()


def _handed_over(server: smtplib.SMTP, message: bytes) -> Outcome:
    """Send the message and hear what became of it. From here on a lost connection leaves it uncertain."""
    try:
        server.send(re.sub(rb"(?m)^\.", b"..", message) + b".\r\n")
        code, answer = server.getreply()
    except (OSError, smtplib.SMTPException):
        return Outcome(DeliveryState.UNCERTAIN, texts.MAIL_ANSWER_LOST)
    return SENT if code == ACCEPTED else _refused(code, answer)


def _refused(code: int, answer: bytes) -> Outcome:
    """What an answer other than yes means: 4xx come again, 5xx never, anything else is not SMTP."""
    said = texts.MAIL_SAID.format(code=code, answer=answer.decode("utf-8", "replace")[:200])
    if code // 100 == TEMPORARY:
        return Outcome(DeliveryState.PENDING, said)
    if code // 100 == PERMANENT:
        return Outcome(DeliveryState.REFUSED, said)
    return Outcome(DeliveryState.UNCERTAIN, said)
