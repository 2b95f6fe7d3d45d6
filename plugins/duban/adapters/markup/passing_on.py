"""A sheet for each 社区 with the findings of its compounds, for the office to pass on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from duban.adapters.markup import texts
from duban.adapters.markup.listing import particulars, write_findings
from duban.adapters.markup.page import Page
from duban.adapters.markup.titles import free_title
from duban.core.findings import Finding, FindingClass
from duban.core.marking import Heading
from duban.core.returns import Form

MOST_SHEETS = 80
"""Sheets of a marked workbook; the reader takes up to 100, and a community more may come next week."""

Groups = Mapping[str, Sequence[Finding]]


def passed_on(groups: Groups, sheets: int) -> Groups:
    """The communities that get a sheet: none where there is only one, and no more than fit beside `sheets`."""
    room = max(MOST_SHEETS - sheets, 0)
    return dict(list(groups.items())[:room]) if len(groups) > 1 else {}


def write_communities(workbook: Any, groups: Groups, heading: Heading, form: Form, sheets: Mapping[str, Any]) -> None:
    """Write a sheet for each community behind the first sheet; no name is one that the reader takes for a table."""
    reserved = {form.cover_sheet, form.reasons.sheet, form.corrections.sheet, *(table.sheet for table in form.tables)}
    for place, (community, findings) in enumerate(groups.items(), 1):
        title = free_title(community, {*reserved, *workbook.sheetnames})
        _write(workbook.create_sheet(title, place), community, findings, heading, sheets)


def is_ours(sheet: Any) -> bool:
    """Whether an earlier marking wrote this sheet."""
    first, last = texts.COMMUNITY_TITLE.split("{community}")
    title = sheet.cell(1, 1).value
    return isinstance(title, str) and title.startswith(first) and title.endswith(last)


def _write(
    sheet: Any, community: str, findings: Iterable[Finding], heading: Heading, sheets: Mapping[str, Any]
) -> None:
    page = Page(sheet, headers=texts.COMMUNITY_HEADERS, explained=tuple(FindingClass), prompt=None)
    page.write_title(texts.COMMUNITY_TITLE.format(community=community))
    page.write_line(texts.APART.join(particulars(heading)))
    page.write_note(texts.COMMUNITY_ADVICE)
    page.leave_gap()
    page.write_header()
    write_findings(page, (replace(finding, reason=None) for finding in findings), sheets)
    page.set_up()
