"""Alerts: always into a folder, and to people by mail or a web hook where a setting names one (docs/operating.md)."""

import json
import logging
import smtplib
from dataclasses import replace
from email.message import EmailMessage
from http.client import HTTPException
from urllib.error import URLError
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit
from urllib.request import Request, urlopen

from duban.core import alert_texts as texts
from duban.core.alerts import Alert
from duban.core.errors import ConflictError, UsageError
from duban.core.weeks import ZONE
from duban.pipeline.alert_ports import Carry
from duban.pipeline.paper_ports import PaperShelf

log = logging.getLogger(__name__)
SECONDS = 20.0


class FolderAlerts:
    """alert_ports.Alerts: a file for each alert in `folder`, then `carry`, whose failure is logged and nothing more.

    `about`: the plan that the alerts are about, where there are several.
    """

    def __init__(self, folder: PaperShelf, carry: Carry | None = None, about: str = "") -> None:
        self._folder = folder
        self._carry = carry
        self._about = about

    def tell(self, alert: Alert) -> bool:
        """As Alerts.tell. Another text under the same key on the same day counts as told."""
        if self._about:
            alert = replace(alert, subject=texts.ABOUT.format(plan=self._about, subject=alert.subject))
        letter = letter_of(alert).encode()
        try:
            told = self._folder.get(alert.path)
        except FileNotFoundError:
            told = None
        if told is not None:
            return False
        try:
            self._folder.put(alert.path, letter)
        except ConflictError:  # another process was first
            return False
        self._hand_over(alert)
        return True

    def _hand_over(self, alert: Alert) -> None:
        if self._carry is None:
            return
        try:
            self._carry(alert)
        except (OSError, smtplib.SMTPException, URLError, HTTPException) as error:
            # The address may hold a password, so neither it nor the error's text is logged.
            log.warning("the alert %s stands in the folder only: %s", alert.key, type(error).__name__)


def letter_of(alert: Alert) -> str:
    """The alert as a plain text."""
    return texts.LETTER.format(subject=alert.subject, at=alert.at.astimezone(ZONE), text=alert.text)


def carrier(address: str) -> Carry:
    """What an address asks for: `smtp[s]://[user:password@]host[:port]/?from=A&to=B` or `http[s]://…`.

    Raises UsageError for another one.
    """
    url = urlsplit(address)
    if url.scheme in ("http", "https") and url.hostname:
        return lambda alert: _post(address, alert)
    wanted = parse_qs(url.query)
    if url.scheme in ("smtp", "smtps") and url.hostname and wanted.keys() >= {"from", "to"}:
        return lambda alert: _mail(url, wanted["from"][0], wanted["to"], alert)
    raise UsageError(
        "DUBAN_ALERTS 无法识别，请写成 smtp://用户:密码@主机:端口/?from=发件人&to=收件人，或 https:// 开头的地址。"
    )


def _post(address: str, alert: Alert) -> None:
    body = {"key": alert.key, "subject": alert.subject, "text": alert.text, "at": alert.at.isoformat(), "to": alert.to}
    request = Request(  # noqa: S310 - `carrier` lets http and https through only
        address, json.dumps(body, ensure_ascii=False).encode(), {"Content-Type": "application/json; charset=utf-8"}
    )
    with urlopen(request, timeout=SECONDS):  # noqa: S310 - as above
        pass


def _mail(url: SplitResult, sender: str, recipients: list[str], alert: Alert) -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = alert.subject, sender, ", ".join((*recipients, *alert.to))
    message.set_content(letter_of(alert))
    kind = smtplib.SMTP_SSL if url.scheme == "smtps" else smtplib.SMTP
    with kind(url.hostname or "", url.port or 0, timeout=SECONDS) as server:
        if url.username:
            server.starttls() if url.scheme == "smtp" else None
            server.login(unquote(url.username), unquote(url.password or ""))
        server.send_message(message)
