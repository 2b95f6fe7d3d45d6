"""The rules' own order: what the lint refuses, what is generated from the form, what another plan's form needs."""

import copy
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from duban.adapters.expectations import build_suites, load_suites
from duban.adapters.planfile import load_plan
from duban.core.errors import RuleError
from duban.core.gate.executor import Gate
from duban.core.returns import declare_form
from duban.core.rules import parse, unknown_columns, version_of
from duban.core.rules_form import build, dump, fit
from duban.core.rules_page import form_page
from duban.core.weeks import Weeks
from duban.pipeline.check import Checker
from fakes.made_returns import MADE_PLAN, ROOT, SUITES, WEEKS, book, check, codes, sheet

PLAN = load_plan(ROOT / "plans" / "jingkai-2018.yaml")
FORM = declare_form(tuple((aim.key, aim.name) for aim in PLAN.aims), PLAN.departments)
OTHER_FORM = declare_form((("aim_01", "路面"), ("aim_02", "管线"), ("aim_03", "绿化")), ("综合执法局",))


def suites_with(**changes):
    """The suites with one entry of 工作台账 changed: `type`, `severity`, or anything in `kwargs` and `meta`."""
    suites = copy.deepcopy(dict(SUITES))
    entry = suites["work_ledger"]["expectations"][0]
    for key, value in changes.items():
        place = next((part for part in (entry["kwargs"], entry["meta"]) if key in part), entry)
        place[key] = value
    return suites


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"type": "expect_column_values_to_be_nice"}, "not among the types"),
        ({"type": "expect_column_values_to_be_dateutil_parseable"}, "not among the types"),
        ({"kwargs": {"colum": "name"}}, "missing.*unknown"),
        ({"kwargs": {"column": "name", "mostly": 0.9}}, "mostly"),
        ({"kwargs": {"column": "name", "condition_parser": "pandas"}}, "condition_parser"),
        ({"kwargs": {"column": "name", "row_condition": "name == 'x'"}}, "a structure, not code"),
        ({"kwargs": {"column": "name", "row_condition": {"type": "pass_through"}}}, "not understood"),
        ({"column": "storeys"}, "columns lacks"),
        ({"column": "name__colour"}, "no column name__colour"),
        ({"code": "R99"}, "no message"),
        ({"class": "B"}, "class or severity"),
        ({"severity": "info"}, "class or severity"),
        ({"columns": []}, "columns or origin"),
        ({"origin": "elsewhere"}, "columns or origin"),
        ({"meta": {"code": "R01"}}, "missing"),
        ({"table": "project"}, "missing|unknown"),
        ({"rule": "R03.work.compound_id.unreadable"}, "two rules"),
    ],
)
def test_the_lint_refuses_what_is_unknown_or_incomplete(changes, complaint):
    """A suite that only one executor understands, or that could not be told to a clerk, is not loaded at all."""
    with pytest.raises(RuleError, match=complaint):
        parse(suites_with(**changes))


def test_a_condition_that_holds_of_nothing_is_refused():
    """pandas finds None unequal to everything; `!=` and NOT_IN would mean two things."""
    unequal = {"type": "comparison", "column": {"name": "name"}, "operator": "!=", "parameter": "x"}

    with pytest.raises(RuleError, match="not understood"):
        parse(suites_with(kwargs={"column": "name", "row_condition": unequal}))


def test_a_missing_value_never_fails_a_pair():
    """Great Expectations counts it as a failure unless ignore_row_if says otherwise."""
    suites = copy.deepcopy(dict(SUITES))
    pair = next(e for e in suites["work_ledger"]["expectations"] if "column_A" in e["kwargs"])
    pair["kwargs"]["ignore_row_if"] = "never"

    with pytest.raises(RuleError, match="ignore_row_if"):
        parse(suites)


@pytest.mark.parametrize("text", ["", "[]", "{"])
def test_a_suite_that_is_no_json_is_an_error_of_ours(tmp_path, text):
    """RuleError, not a traceback of json."""
    (tmp_path / "cover.json").write_text(text)

    with pytest.raises(RuleError):
        load_suites(tmp_path)


def test_generating_the_rules_again_gives_no_difference():
    """The files are what the form's declaration gives, with the entries written by hand."""
    for name, suite in build(FORM, SUITES).items():
        assert (ROOT / "expectations" / f"{name}.json").read_text("utf-8") == dump(suite)


def test_building_writes_suites_and_page(tmp_path):
    """`duban rules build`: from files without their generated part to the files as they stand."""
    folder = tmp_path / "expectations"
    folder.mkdir()
    (tmp_path / "docs").mkdir()
    for name, suite in SUITES.items():
        written = [entry for entry in suite["expectations"] if entry["meta"]["origin"] == "written"]
        (folder / f"{name}.json").write_text(json.dumps({**suite, "expectations": written}), encoding="utf-8")

    build_suites(FORM, folder)

    for path in ("docs/form.md", *(f"expectations/{name}.json" for name in SUITES)):
        assert (tmp_path / path).read_text("utf-8") == Path(ROOT / path).read_text("utf-8")


def test_the_page_of_the_form_is_current():
    """docs/form.md is generated; `duban rules build` renews it."""
    assert (ROOT / "docs" / "form.md").read_text("utf-8") == form_page(FORM, SUITES)


def test_rules_fit_their_own_form_as_they_stand():
    """Nothing is built where nothing differs: what is executed is what the files say."""
    assert fit(SUITES, FORM) is SUITES
    assert unknown_columns(parse(SUITES), FORM) == []


def test_rules_are_fitted_to_another_plans_aims():
    """Three aims instead of eleven; what was written by hand holds for any plan."""
    fitted = parse(fit(SUITES, OTHER_FORM))
    written = {rule.name for rule in parse(SUITES) if rule.entry["meta"]["origin"] == "written"}

    assert unknown_columns(fitted, OTHER_FORM) == []
    assert written <= {rule.name for rule in fitted}
    assert sorted(rule.name for rule in fitted if rule.code == "C01" and "aim_" in rule.name) == [
        "C01.project.aim_01",
        "C01.project.aim_02",
        "C01.project.aim_03",
    ]


def test_a_checker_refuses_rules_made_for_another_form():
    """Fail at the start, not at the first workbook."""
    with pytest.raises(RuleError, match=r"project\.aim_04"):
        Checker(MADE_PLAN, OTHER_FORM, WEEKS, Gate(SUITES))


def test_another_plans_returns_are_judged_by_the_fitted_rules():
    """Its own aims, offices and departments; no code changed."""
    plan = load_plan(ROOT / "tests" / "plans" / "linhai-2021.yaml")
    form = declare_form(tuple((aim.key, aim.name) for aim in plan.aims), plan.departments)
    weeks = Weeks(plan.calendar, plan.reporting.first_day, plan.reporting.cutoff_time)
    checker = Checker(plan, form, weeks, Gate(fit(SUITES, form)))
    office, week = plan.offices[0], weeks.covering(plan.reporting.first_day + timedelta(weeks=30), date.max)
    row = {"compound_id": f"{office.code}-001", "accepted_on": week.first_day.isoformat(), "accepted_by": "局"}
    cover = {"office": office.name, "week": week.cutoff.date().isoformat()}
    raw = book(work=[{"compound_id": f"{office.code}-001"}], activities=[], cover=cover)
    project = sheet(form.table("project"), [row])
    raw = replace(raw, sheets=tuple(project if s.name == project.name else s for s in raw.sheets))

    result = check(raw, checker=checker, folder=office.code, received_at=week.cutoff)

    assert codes(result) == ["R09"]


def test_the_version_changes_with_what_the_rules_say():
    """A recheck is due when it differs."""
    assert version_of(SUITES) == version_of(copy.deepcopy(dict(SUITES)))
    assert version_of(suites_with(description="anders")) != version_of(SUITES)
