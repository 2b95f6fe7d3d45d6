"""Who issues which paper, to whom, under which number (domain.md §7). Part of the plan."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from duban.core.grounds import Ground

OFFICE_CONCERNED = "{office}"
ISSUER_OF_ORIGIN = "{origin}"
RECIPIENTS_OF_ORIGIN = "{recipients}"


class Numbering(StrEnum):
    """Whether duban gives the numbers of an issuer (own) or the issuer's registry does (external)."""

    OWN = "own"
    EXTERNAL = "external"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who reviews or signs; `deputy` 代理人 acts from `deputy_from` to `deputy_until`, both included.

    `mail` and `deputy_mail` are where they are reminded of papers that wait; None: not by mail.
    """

    name: str
    position: str
    deputy: str | None
    deputy_from: date | None
    deputy_until: date | None
    mail: str | None = None
    deputy_mail: str | None = None


@dataclass(frozen=True, slots=True)
class Issuer:
    """An issuing body 发文机关. `prefix` 机关代字 stands before its document numbers, `telephone` is its office's."""

    key: str
    name: str
    mark: str
    prefix: str
    numbering: Numbering
    seal: str
    telephone: str
    reviewer: Person
    signer: Person
    ground: Ground


@dataclass(frozen=True, slots=True)
class PaperRule:
    """One line of domain.md §7: who issues a kind of paper, to whom, in which numbered series.

    `to` and `copy` name recipients literally; the word `{office}` stands for the office concerned. The series'
    `number_form` has the fields `{prefix}`, `{year}` and `{number}`; both are empty for a paper without number. A paper
    about another one (更正通报, 撤销通知) has that one's issuer, `{origin}`, and recipients, `{recipients}`.

    `copy_number` 份号, `secrecy` 密级和保密期限 and `urgency` 紧急程度 stand at the head of a 公文 that has them
    (GB/T 9704 7.2.1 to 7.2.3); empty for most.
    """

    kind: str
    name: str
    issuer: str
    to: tuple[str, ...]
    copy: tuple[str, ...]
    series: str
    number_form: str
    ground: Ground
    report_to: tuple[str, ...] = ()
    send_to: tuple[str, ...] = ()
    issue_to: tuple[str, ...] = ()
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
