"""The elements of a paper, and the form it is written in."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from duban.adapters.gb9704 import texts
from duban.adapters.gb9704.document import Paragraph
from duban.adapters.gb9704.drawn import Line
from duban.adapters.gb9704.names import Name
from duban.core.papers import PaperKind


class Form(StrEnum):
    """The forms of 5–10 of the standard, and those of working papers that the standard does not know."""

    GENERAL = "公文"
    LETTER = "信函"
    ORDER = "命令"
    MINUTES = "纪要"
    BULLETIN = "简报"
    SLIP = "单据"
    PLAIN = "无版头文稿"


FORM_OF: Mapping[PaperKind, Form] = {
    PaperKind.WEEKLY_REPORT: Form.BULLETIN,
    PaperKind.REMINDER: Form.PLAIN,
    PaperKind.URGE: Form.SLIP,
    PaperKind.SUPERVISE: Form.SLIP,
    PaperKind.CRITICISM_PROPOSAL: Form.LETTER,
    PaperKind.CRITICISM: Form.GENERAL,
    PaperKind.RETURN_SLIP: Form.SLIP,
    PaperKind.REPORTING_NOTICE: Form.GENERAL,
    PaperKind.CIRCULAR: Form.GENERAL,
    PaperKind.REPORT: Form.GENERAL,
    PaperKind.YEAR_ASSESSMENT: Form.GENERAL,
    PaperKind.CORRECTION: Form.GENERAL,
    PaperKind.REVOCATION: Form.SLIP,
    PaperKind.DEPARTMENT_LIST: Form.PLAIN,
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A paragraph with a level number; `written` is the number as it stands, `title` the words set as a heading."""

    level: int
    ordinal: int
    written: str
    title: str
    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex from its label on; `blanks` lines lie between label and title."""

    label: Paragraph
    title: tuple[Paragraph, ...]
    blanks: int


@dataclass(frozen=True, slots=True)
class Colophon:
    """The 版记: its texts and its rules from top to bottom, with the paragraphs that they stand in."""

    paragraphs: tuple[Paragraph, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class RedRule:
    """The rule under the head, and the paragraph that bears it."""

    line: Line
    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class Elements:
    """What was recognised; None or empty is what was not. `rest` is what follows the date and is no 版记."""

    form: Form
    serial: Paragraph | None
    secrecy: Paragraph | None
    urgency: Paragraph | None
    mark: tuple[Paragraph, ...]
    number: Paragraph | None
    issue: Paragraph | None
    editor: Paragraph | None
    signer: Paragraph | None
    rule: RedRule | None
    title: tuple[Paragraph, ...]
    addressee: Paragraph | None
    body: tuple[Paragraph, ...]
    headings: tuple[Heading, ...]
    attachments: tuple[Paragraph, ...]
    signature: Paragraph | None
    date: Paragraph | None
    note: Paragraph | None
    annexes: tuple[Annex, ...]
    colophon: Colophon | None

    @property
    def mark_text(self) -> str:
        return "".join("".join(line.text.split()) for line in self.mark)

    @property
    def title_text(self) -> str:
        return "".join("".join(line.text.split()) for line in self.title)

    def found(self) -> dict[str, str | None]:
        """Each element with the text it was recognised by, in the words of the standard."""
        single = {
            Name.SERIAL: self.serial,
            Name.SECRECY: self.secrecy,
            Name.URGENCY: self.urgency,
            Name.NUMBER: self.number,
            Name.ISSUE: self.issue,
            Name.SIGNER: self.signer,
            Name.ADDRESSEE: self.addressee,
            Name.SIGNATURE: self.signature,
            Name.DATE: self.date or self.editor,
            Name.NOTE: self.note,
        }
        found: dict[str, str | None] = {name.value: line.text if line else None for name, line in single.items()}
        found[Name.MARK.value] = self.mark_text or None
        found[Name.RULE.value] = self.rule.line.kind if self.rule else None
        found[Name.TITLE.value] = self.title_text or None
        found[Name.BODY.value] = self.body[0].where.excerpt if self.body else None
        found[Name.ATTACHMENTS.value] = self.attachments[0].text if self.attachments else None
        found[Name.ANNEX.value] = texts.LIST.join(annex.label.text for annex in self.annexes) or None
        found[Name.COLOPHON.value] = self.colophon.paragraphs[0].where.excerpt if self.colophon else None
        return found
