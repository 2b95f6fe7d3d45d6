"""The mailbox of what comes back: a Maildir ($DUBAN_HOME/mailbox) that the bureau's mail is fetched into."""

import mailbox
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import parseaddr
from pathlib import Path

from duban.pipeline.incoming_mail import Incoming

UNDERSTOOD, TO_READ = "registered", "unknown"
LARGEST = 20 * 1024 * 1024
"""Bytes; a larger mail is left for a person."""


class MaildirMailbox:
    """A Maildir; mails dealt with go into its folders `registered` and `unknown`."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def waiting(self) -> Iterator[Incoming]:
        """As Mailbox.waiting."""
        if not self._root.is_dir():
            return
        box = mailbox.Maildir(self._root, create=True)
        for key in sorted(box.keys()):
            content = box.get_bytes(key)
            if len(content) <= LARGEST:
                yield incoming(key, content)

    def done(self, mail: Incoming, *, understood: bool) -> None:
        """As Mailbox.done: added there before it is removed here."""
        box = mailbox.Maildir(self._root)
        box.add_folder(UNDERSTOOD if understood else TO_READ).add(box.get_bytes(mail.key))
        box.remove(mail.key)


def incoming(key: str, content: bytes) -> Incoming:
    """A mail as it came over the line; what is torn or not a mail has nothing in it."""
    message = message_from_bytes(content, _class=EmailMessage, policy=default)
    return Incoming(
        key=key,
        sender=parseaddr(str(message.get("From", "")))[1],
        subject=str(message.get("Subject", "")),
        failed=tuple(_failed(message)),
        files=tuple(_files(message)),
    )


def _failed(message: EmailMessage) -> Iterator[tuple[str, str]]:
    """What a delivery report (RFC 3464) says did not arrive: the Message-ID of what was sent, and the status."""
    if message.get_content_type() != "multipart/report":
        return
    parts = list(message.walk())
    said = [told for part in parts if part.get_content_type() == "message/delivery-status" for told in _statuses(part)]
    sent = (part["Message-ID"] for part in parts[1:] if part["Message-ID"])
    quoted = (_quoted(part) for part in parts if part.get_content_type() == "text/rfc822-headers")
    for message_id in dict.fromkeys(str(one).strip() for one in (*sent, *quoted) if one):
        if said:
            yield message_id, "; ".join(said)


def _statuses(part: Message) -> Iterator[str]:
    """What failed, each recipient's status; what is only late or arrived is none of it."""
    blocks = part.get_payload()
    for block in blocks if isinstance(blocks, list) else []:
        if isinstance(block, Message) and str(block.get("Action", "")).strip().lower() == "failed":
            yield str(block.get("Diagnostic-Code") or block.get("Status") or "failed")


def _quoted(part: Message) -> str | None:
    headers = part.get_payload(decode=True)
    return message_from_bytes(headers)["Message-ID"] if isinstance(headers, bytes) else None


def _files(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    for part in message.walk():
        name, content = part.get_filename(), part.get_payload(decode=True)
        if name and isinstance(content, bytes):
            yield name, content
