"""Papers about papers: 更正通报, which mends figures, and 撤销通知, which takes a letter back (domain.md §6, §7)."""

from collections.abc import Sequence
from datetime import datetime

from duban.core.corrected import Corrected, corrected
from duban.core.errors import ConflictError
from duban.core.figures import Figures
from duban.core.issuers import Issuer, PaperRule
from duban.core.papers import Figure, PaperContent, PaperKind, PaperRecord
from duban.core.plan import Plan
from duban.core.signing import about
from duban.core.weeks import ZONE
from duban.core.wording import date_text, full_moment_text, listed
from duban.pipeline.corrected_rows import corrected_rows
from duban.pipeline.drafting import Desk, Fields, addressed, issuer_fields, titled
from duban.pipeline.ports import ReturnRecord
from duban.pipeline.receipt import file_name


class CorrectionNotice:
    """Drafts the 更正通报 of a signed paper whose figures have changed."""

    def __init__(self, plan: Plan, desk: Desk) -> None:
        self._plan = plan
        self._desk = desk

    def draft(
        self, original: PaperRecord, was: Sequence[Figure], now: Sequence[Figure], as_of: datetime
    ) -> PaperRecord | None:
        """Draft the 更正通报 of `original`, whose figures were `was` and are `now`; None when none changed that counts.

        Raises ConflictError for a paper that was never numbered: a draft is mended by drafting it again.
        """
        changed = corrected(was, now)
        return self.file(original, changed, as_of) if changed else None

    def file(
        self,
        original: PaperRecord,
        changed: Sequence[Corrected],
        as_of: datetime,
        causes: Sequence[ReturnRecord] = (),
        *,
        remark: str = "",
    ) -> PaperRecord:
        """Draft the 更正通报 of these figures; `causes` are the returns that changed them.

        `remark` ends the name of its file.
        """
        content = self.content(original, changed, as_of, causes)
        names = (str(original.id), remark) if remark else (str(original.id),)
        return self._desk.file(content, self._desk.path(content, _day(as_of), *names))

    def content(
        self,
        original: PaperRecord,
        changed: Sequence[Corrected],
        as_of: datetime,
        causes: Sequence[ReturnRecord] = (),
    ) -> PaperContent:
        """What the 更正通报 says."""
        rule = self._plan.paper(PaperKind.CORRECTION)
        issuer = _issuer_of(self._plan, original)
        figures = Figures()
        title = f"{issuer.mark}关于更正{_number(original)}文件有关数据的通报"
        fields = _about(self._plan, rule, issuer, original, title, as_of)
        fields["rows"] = corrected_rows(self._plan, changed, figures)
        fields["causes"] = told = [_cause(self._plan, record) for record in causes]
        quoted = tuple(row["file"] for row in told)
        return _content(PaperKind.CORRECTION, title, original, fields, figures, as_of, quoted)


class RevocationNotice:
    """Drafts the 撤销通知 of a signed letter that was wrong."""

    def __init__(self, plan: Plan, desk: Desk) -> None:
        self._plan = plan
        self._desk = desk

    def draft(self, original: PaperRecord, issuer: Issuer, reason: str, as_of: datetime) -> PaperRecord:
        """Draft the 撤销通知 of `original` by its issuer, to all its recipients.

        Raises ConflictError as CorrectionNotice.draft.
        """
        content = self.content(original, issuer, reason, as_of)
        return self._desk.file(content, self._desk.path(content, _day(as_of), str(original.id)))

    def content(self, original: PaperRecord, issuer: Issuer, reason: str, as_of: datetime) -> PaperContent:
        """What the 撤销通知 says; `reason` is a clause without its full stop: 经核实，该事项在期限前已报送."""
        rule = self._plan.paper(PaperKind.REVOCATION)
        title = f"关于撤销{self._plan.paper(original.kind).name}（{_number(original)}）的通知"
        fields = _about(self._plan, rule, issuer, original, title, as_of)
        told = reason.rstrip("。")
        fields["reason"] = told
        return _content(PaperKind.REVOCATION, title, original, fields, Figures(), as_of, quoted=(told,))


def _issuer_of(plan: Plan, original: PaperRecord) -> Issuer:
    return plan.issuer(plan.paper(original.kind).issuer)


def _number(original: PaperRecord) -> str:
    if original.number is None:
        raise ConflictError(f"paper {original.id} has no number: a draft is drafted again, not corrected")
    return original.number


def _about(plan: Plan, rule: PaperRule, issuer: Issuer, original: PaperRecord, title: str, as_of: datetime) -> Fields:
    return {
        **issuer_fields(rule, issuer, as_of),
        **titled(plan, title),
        **addressed(original.to, original.cc),
        "work": plan.work,
        "original": original.title,
        "original_name": plan.paper(original.kind).name,
        "original_number": _number(original),
        "original_as_of": date_text(original.as_of.astimezone(ZONE).date()),
        "recipients": listed((*original.to, *original.cc)),
    }


def _content(  # the parts of one record, each named in its two calls
    kind: PaperKind,
    title: str,
    original: PaperRecord,
    fields: Fields,
    figures: Figures,
    as_of: datetime,
    quoted: tuple[str, ...] = (),
) -> PaperContent:
    return PaperContent(
        kind=kind,
        title=title,
        to=original.to,
        cc=original.cc,
        as_of=as_of,
        fields=fields,
        figures=figures.all(),
        office=original.office,
        items=(about(original.id),),
        quoted=quoted,
        constants=(original.title, _number(original)),
    )


def _cause(plan: Plan, record: ReturnRecord) -> dict[str, str]:
    office = plan.office(record.office)
    return {
        "office": office.name if office else record.office,
        "file": file_name(record.path),
        "received": full_moment_text(record.received_at),
    }


def _day(as_of: datetime) -> str:
    return as_of.astimezone(ZONE).date().isoformat()
