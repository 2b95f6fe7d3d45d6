"""From the blank to the verdict: filled in as it asks, it is accepted with no finding."""

import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from duban.adapters.workbook import write_blank
from duban.core.checked import Status, Value
from duban.core.plan import Office
from duban.core.returns import Form
from duban.pipeline.check import CheckResult
from duban.wiring import Offline, open_offline

DAY = date(2018, 9, 14)


@pytest.fixture(scope="module")
def offline() -> Iterator[Offline]:
    with open_offline() as opened:
        yield opened


@pytest.fixture(scope="module")
def office(offline: Offline) -> Office:
    return offline.plan.offices[-1]


@pytest.fixture(scope="module")
def cutoff(offline: Offline) -> datetime:
    week = offline.weeks.covering(DAY, DAY)
    assert week is not None
    return week.cutoff


def rows_for(office: Office, form: Form) -> dict[str, list[Mapping[str, Value]]]:
    """One compound that is well on its way, one activity."""
    key = f"{office.code}-001"
    aims = {column.key: "进行中" for column in form.table("project").columns if column.key.startswith("aim_")}
    work: Mapping[str, Value] = {
        "compound_id": key,
        "name": "滨河花园",
        "community": "滨河社区",
        "kind": "物业小区",
        "built_year": 1998,
        "buildings": 12,
        "households": 300,
        "management": "专业物业",
        "grid_officer": "王强",
        "extent": "东至一路，西至二路",
        "planned_year": "2018",
    }
    project: Mapping[str, Value] = {
        "compound_id": key,
        "name": "滨河花园",
        "scheme": "两委已议定",
        "deliberated_on": date(2018, 8, 3),
        **aims,
        "committee_stage": "筹备组成立",
        "funds": Decimal("12.50"),
    }
    activity: Mapping[str, Value] = {"held_on": date(2018, 9, 11), "kind": "宣传发动", "subject": "动员会"}
    return {"work": [work], "project": [project], "activities": [activity]}


def verdict(offline: Offline, office: Office, cutoff: datetime, content: bytes) -> CheckResult:
    return offline.checker.check(
        offline.workbooks.read("周报.xlsx", content), folder=office.code, received_at=cutoff, last=None
    )


def test_a_blank_filled_in_by_a_clerk_has_no_finding(offline: Offline, office: Office, cutoff: datetime) -> None:
    """The clerk types into the rows under the header and saves; dates are dates, all else as the form has it."""
    file = io.BytesIO()
    write_blank(offline.form, office, cutoff.date(), file)
    book = openpyxl.load_workbook(file)
    for key, rows in rows_for(office, offline.form).items():
        table = offline.form.table(key)
        for line, row in enumerate(rows, 3):
            for index, column in enumerate(table.columns, 1):
                book[table.sheet].cell(line, index, row.get(column.key))
    saved = io.BytesIO()
    book.save(saved)
    checked = verdict(offline, office, cutoff, saved.getvalue()).checked
    assert (checked.status, checked.findings) == (Status.ACCEPTED, ())
    assert (checked.office, checked.week) == (office.code, offline.weeks.covering(DAY, DAY).key)  # type: ignore[union-attr]


def test_a_prefilled_blank_sent_back_untouched_has_no_finding(
    offline: Offline, office: Office, cutoff: datetime
) -> None:
    """Nothing that the system writes itself is ever complained of."""
    file = io.BytesIO()
    write_blank(offline.form, office, cutoff.date(), file, tables=rows_for(office, offline.form))
    checked = verdict(offline, office, cutoff, file.getvalue()).checked
    assert (checked.status, checked.findings) == (Status.ACCEPTED, ())


def test_a_blank_sent_back_blank_holds_nothing(offline: Offline, office: Office, cutoff: datetime) -> None:
    """F09 and nothing else: its drawn lines are no rows."""
    file = io.BytesIO()
    write_blank(offline.form, office, cutoff.date(), file)
    checked = verdict(offline, office, cutoff, file.getvalue()).checked
    assert [finding.code for finding in checked.findings] == ["F09"]
