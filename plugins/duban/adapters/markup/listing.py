"""补正清单: the first sheet of a marked workbook, every finding a line, each linked to its cell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from duban.adapters.markup import texts
from duban.adapters.markup.page import EXPLAINED, Page
from duban.core.findings import Finding, FindingClass
from duban.core.gate.reasons import SHORTEST
from duban.core.marking import Heading
from duban.core.wording import date_text, day_text, full_moment_text, ordinal


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list says besides its findings. `remarks` are sentences on the workbook as a whole."""

    heading: Heading
    remarks: Sequence[str]


def write_list(sheet: Any, findings: Iterable[Finding], listed: Listed, sheets: Mapping[str, Any]) -> None:
    """Write the whole sheet; `sheets` has the workbook's sheets by the names that findings call them by."""
    told = list(findings)
    page = Page(sheet)
    _write_head(page, listed, _by_class(told, list(sheets)))
    page.write_header()
    write_findings(page, told, sheets)
    page.set_up()


def write_findings(page: Page, findings: Iterable[Finding], sheets: Mapping[str, Any]) -> None:
    """A line for each finding, under the heading of its class, numbered from 1."""
    number = 0
    for place, (cls, alike) in enumerate(_by_class(findings, list(sheets)).items(), 1):
        name = texts.NAMES[cls]
        page.write_section(cls, texts.SECTION.format(ordinal=ordinal(place), name=name, letter=cls, count=len(alike)))
        for finding in alike:
            number += 1
            page.write_finding(number, finding, sheets.get(finding.sheet or ""))


def _by_class(findings: Iterable[Finding], order: Sequence[str]) -> dict[FindingClass, list[Finding]]:
    """Findings by class, the gravest first, each class in the order of the workbook."""
    places = {name: place for place, name in enumerate(order)}

    def place(finding: Finding) -> tuple[int, int, int, str, str]:
        cell = finding.cell or ""
        return places.get(finding.sheet or "", -1), finding.row or 0, len(cell), cell, finding.code

    ordered = sorted(findings, key=place)
    by_class = {cls: [finding for finding in ordered if finding.cls is cls] for cls in FindingClass}
    return {cls: alike for cls, alike in by_class.items() if alike}


def _write_head(page: Page, listed: Listed, by_class: Mapping[FindingClass, Sequence[Finding]]) -> None:
    heading = listed.heading
    page.write_title(texts.TITLE)
    page.write_line(texts.APART.join(particulars(heading)))
    page.write_line(texts.APART.join(_origin(heading)))
    page.leave_gap()
    for cls, alike in by_class.items():
        page.write_legend(cls, len(alike))
    page.leave_gap()
    deadline = texts.DEADLINE.format(deadline=day_text(heading.deadline)) if heading.deadline else ""
    page.write_note(texts.ADVICE.format(deadline=deadline))
    if any(cls in by_class for cls in EXPLAINED):
        page.write_note(texts.EXPLAIN.format(shortest=SHORTEST))
    if heading.asks:
        page.write_note(texts.ASKED)
    for ask in heading.asks:
        page.write_note(texts.ASK.format(ask=ask))
    for remark in listed.remarks:
        page.write_note(remark)
    page.leave_gap()


def particulars(heading: Heading) -> list[str]:
    """Office, week and time of receipt, as far as they are known."""
    parts = []
    if heading.office:
        parts.append(texts.OFFICE.format(office=heading.office))
    if heading.cutoff:
        parts.append(texts.PERIOD.format(cutoff=date_text(heading.cutoff)))
    if heading.received_at:
        parts.append(texts.RECEIVED.format(received=full_moment_text(heading.received_at)))
    return parts


def _origin(heading: Heading) -> list[str]:
    parts = [texts.FILE.format(file=heading.file)]
    if heading.return_id is not None:
        parts.append(texts.RETURN.format(return_id=heading.return_id))
    return parts
