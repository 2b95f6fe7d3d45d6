"""A desk where papers are signed: letters of a small plan, on a real register, with real bytes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine

from duban.adapters.archive import FileArchive
from duban.adapters.shelf import FileShelf
from duban.adapters.store import PostgresBooks, PostgresLife, PostgresRegister
from duban.adapters.store.templates import TemplateOf
from duban.core.conformance import LintFacts, LintReport
from duban.core.issuers import Numbering, Person
from duban.core.papers import PaperContent, PaperKind, PaperRecord
from duban.core.plan import Plan
from duban.pipeline.drafting import Desk, issue_fields
from duban.pipeline.paper_ports import Composer
from duban.pipeline.sign import Sign
from duban.pipeline.signing_ports import Linter
from fakes.assessments import at
from fakes.small_plan import SMALL_PLAN

REVIEWER, SIGNER, DEPUTY = "张三", "李四", "王五"
DRAFTED = at(date(2018, 7, 30), 8, 30)
REVIEWED = at(date(2018, 7, 30), 10)
SIGNED = at(date(2018, 7, 31), 9)
DEPUTY_FROM, DEPUTY_UNTIL = date(2018, 8, 6), date(2018, 8, 10)


def signing_plan() -> Plan:
    """The small plan with a 代理人 for five days; 督查室 numbers its papers in its own registry."""
    group, inspection = SMALL_PLAN.issuers
    signer = Person(SIGNER, "主任", DEPUTY, DEPUTY_FROM, DEPUTY_UNTIL)
    own = replace(group, signer=signer)
    external = replace(inspection, prefix="东督", numbering=Numbering.EXTERNAL)
    return replace(SMALL_PLAN, issuers=(own, external))


def letter(plan: Plan, item: str, kind: PaperKind = PaperKind.URGE, as_of: datetime = DRAFTED) -> PaperContent:
    """A letter to 北关 about one obligation."""
    rule = plan.paper(kind)
    return PaperContent(
        kind=kind,
        title=f"{rule.name}（北关办事处）",
        to=("北关办事处",),
        cc=rule.copy,
        as_of=as_of,
        fields={**issue_fields(plan, rule, as_of), "text": f"关于{item}"},
        office="BG",
        rung=kind.value,
        items=(item,),
    )


class PlainComposer:
    """Composes a paper's number, date and text as plain bytes: quick, and the same every time."""

    def compose(self, content: PaperContent) -> bytes:
        return "\n".join(str(content.fields[name]) for name in ("number", "dated", "text")).encode()


def nothing_found(content: bytes, *, kind: PaperKind | None, facts: LintFacts | None) -> LintReport:
    """Passes anything: plain bytes are no .docx that could be held against a standard."""
    assert content
    assert kind
    assert facts
    return LintReport("", "A", {}, (), (), ())


@dataclass
class SigningDesk:
    """Everything of one plan that signing touches."""

    plan: Plan
    register: PostgresRegister
    life: PostgresLife
    books: PostgresBooks
    shelf: FileShelf
    archive: FileArchive
    composer: Composer
    linter: Linter

    @classmethod
    def on(
        cls,
        engine: Engine,
        key: str,
        folder: Path,
        composer: Composer | None = None,
        linter: Linter = nothing_found,
        template_of: TemplateOf | None = None,
    ) -> "SigningDesk":
        return cls(
            plan=replace(signing_plan(), key=key),
            register=PostgresRegister(engine, key, template_of),
            life=PostgresLife(engine, key, template_of),
            books=PostgresBooks(engine, key),
            shelf=FileShelf(folder / "papers"),
            archive=FileArchive(folder / "archive"),
            composer=composer or PlainComposer(),
            linter=linter,
        )

    @property
    def sign(self) -> Sign:
        return Sign(self.plan, self.life, self.composer, self.linter, self.shelf, self.archive)

    def draft(self, item: str, kind: PaperKind = PaperKind.URGE, as_of: datetime = DRAFTED) -> PaperRecord:
        desk = Desk(self.plan, self.composer, self.register, self.shelf)
        return desk.file(letter(self.plan, item, kind, as_of), f"{kind}/{item}-{as_of:%m%d}.docx")

    def reviewed(self, item: str, kind: PaperKind = PaperKind.URGE) -> PaperRecord:
        return self.sign.review(self.draft(item, kind).id, REVIEWER, REVIEWED)

    def signed(self, item: str, kind: PaperKind = PaperKind.URGE, number: str | None = None) -> PaperRecord:
        return self.sign.sign(self.reviewed(item, kind).id, SIGNER, SIGNED, number)


def refused(act: Callable[[], object]) -> str:
    """The sentence with which an act is refused."""
    from duban.core.errors import UsageError

    try:
        act()
    except UsageError as error:
        return str(error)
    raise AssertionError("it was not refused")


def numbers(records: Sequence[PaperRecord]) -> list[str | None]:
    return [record.number for record in records]
