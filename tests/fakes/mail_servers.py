"""Real mail servers that behave badly, each in its own way, on a port of their own."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from duban.adapters.mail import MailSettings, Security

PATIENCE = 0.5
"""Seconds that our side waits for an answer."""


class Office:
    """A server that takes everything; `answers` overrules what it says to a recipient or to a message."""

    def __init__(self, *, recipients: dict[str, str] | None = None, messages: list[str] | None = None) -> None:
        self.received: list[EmailMessage] = []
        self._recipients = recipients or {}
        self._messages = messages or []

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self._recipients.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802 - as above
        answer = self._messages.pop(0) if self._messages else "250 OK"
        if answer.startswith("250"):
            self.received.append(parsed(envelope.content))
        return answer


class ClosesBeforeTheAnswer(Office):
    """Takes the message, and hangs up before it says so."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        await super().handle_DATA(server, session, envelope)
        server.transport.abort()
        return "250 OK"


class HangsOnRecipient(Office):
    """Never answers to RCPT."""

    async def handle_RCPT(self, *_: Any) -> str:  # noqa: N802 - as above
        await asyncio.Event().wait()
        raise AssertionError


class HangsOnMessage(Office):
    """Takes the message and never answers."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        await super().handle_DATA(server, session, envelope)
        await asyncio.Event().wait()
        raise AssertionError


def parsed(content: bytes | str | None) -> EmailMessage:
    assert isinstance(content, bytes)
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


class OnAnyPort(Controller):
    """A controller that takes whatever port is free."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def serving(office: Office) -> Iterator[MailSettings]:
    """The server, and how it is reached."""
    controller = OnAnyPort(office, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        yield reached_at(controller.port)
    finally:
        controller.stop()


def reached_at(port: int) -> MailSettings:
    return MailSettings(
        host="127.0.0.1", port=port, security=Security.NONE, sender="duban@example.com", timeout=PATIENCE
    )
