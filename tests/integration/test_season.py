"""A season of real returns gives the truth that was written beside it, at every cut-off.

The season's folder is named by DUBAN_SEASON; it holds received.csv, truth.json and inbox/.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from duban.adapters.settings import Settings
from duban.core.weeks import ZONE
from duban.orchestration.ticks import COLLECT, ticks_between
from duban.pipeline.documents import return_document
from duban.pipeline.status import status_document
from duban.wiring import App, open_app
from fakes.season_inbox import SEASON, lay_out_inbox

COUNTS = ("known_compounds", "committees_formed", "compounds_improved", "scheme_drafted", "deliberated", "returned")

pytestmark = [
    pytest.mark.skipif(not SEASON, reason="not provided: DUBAN_SEASON names no season of returns"),
    pytest.mark.xdist_group("season"),
]


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    return json.loads((Path(SEASON) / "truth.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def season_app(tmp_path_factory: pytest.TempPathFactory, fresh_database: str) -> Iterator[App]:
    home = tmp_path_factory.mktemp("season")
    lay_out_inbox(Path(SEASON), home / "inbox")
    with open_app(Settings(home=home, database_url=fresh_database, inbox=str(home / "inbox"))) as app:
        yield app


@pytest.fixture(scope="module")
def at_cutoffs(season_app: App, truth: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What the product said at each cut-off, each time knowing no more than had come by then.

    Folders are looked into at every tick; what came in a week is judged together.
    """
    cutoffs = {datetime.fromisoformat(f"{week}T17:00:00").replace(tzinfo=ZONE): week for week in truth["weeks"]}
    said: dict[str, dict[str, Any]] = {}
    waiting: list[int] = []
    start = datetime(2018, 7, 19, tzinfo=ZONE)
    for moment, dag_id in ticks_between(season_app.weeks, start, max(cutoffs)):
        if dag_id == COLLECT:
            waiting = season_app.discover(moment)
        if moment in cutoffs:
            season_app.judge(waiting, moment)
            said[cutoffs[moment]] = status_document(season_app.assess(moment))
    return said


def test_figures_at_every_cutoff_equal_the_truth(at_cutoffs: dict[str, dict[str, Any]], truth: dict[str, Any]) -> None:
    """Known compounds, committees, improvements, schemes and who has returned: at every cut-off, for every office."""
    said = {
        week: {office: {count: status[count] for count in COUNTS} for office, status in document["offices"].items()}
        for week, document in at_cutoffs.items()
    }
    true = {
        week: {office: {count: counts[count] for count in COUNTS} for office, counts in offices.items()}
        for week, offices in truth["at_cutoff"].items()
    }

    assert said == true


@pytest.mark.parametrize(("obligation", "due"), [("S1", "2018-07-30"), ("S2", "2018-08-10")])
def test_survey_and_publicity_are_met_when_their_evidence_was_first_received(
    at_cutoffs: dict[str, dict[str, Any]], truth: dict[str, Any], obligation: str, due: str
) -> None:
    """Met, met late or overdue, as the time of receipt says, at every cut-off."""
    end = datetime.fromisoformat(f"{due}T23:59:59+08:00")
    for week, document in at_cutoffs.items():
        cutoff = datetime.fromisoformat(document["as_of"])
        for status in document["obligations"]:
            if status["id"] != obligation or status["office"] is None:
                continue
            met_text = truth[f"{obligation.lower()}_met_at"].get(status["office"])
            met = datetime.fromisoformat(met_text) if met_text else None
            known = met if met and met <= cutoff else None
            assert (status["met_at"] and datetime.fromisoformat(status["met_at"])) == known, (week, status)
            if known:
                assert status["state"] == ("met" if known <= end else "met_late"), (week, status)
            elif cutoff > end:
                assert status["state"] == "overdue", (week, status)
            else:
                assert status["state"] in {"pending", "due_soon"}, (week, status)


def test_every_planted_finding_is_reported_with_its_code_and_sheet(
    season_app: App, at_cutoffs: dict[str, dict[str, Any]], truth: dict[str, Any]
) -> None:
    """Every file finding and every row finding that was put in on purpose."""
    found = {r["file"]: r for r in (return_document(x, season_app.weeks) for x in season_app.ledger.return_records())}
    missed = []
    for true in truth["returns"]:
        name = str(Path(true["file"]).relative_to("inbox"))
        if name not in found:
            continue
        codes = {finding["code"] for finding in found[name]["findings"]}
        places = {(f["code"], f["sheet"], f["compound"]) for f in found[name]["findings"]}
        if true["file_finding"] and true["file_finding"] not in codes:
            missed.append((name, true["file_finding"], sorted(codes)))
        missed += [
            (name, planted) for planted in true["row_findings"]
            if (planted["code"], planted["sheet"], planted["compound"]) not in places
        ]  # fmt: skip

    assert missed == []


def test_a_clean_file_loses_no_row(
    season_app: App, at_cutoffs: dict[str, dict[str, Any]], truth: dict[str, Any]
) -> None:
    """A return in which nothing was planted is accepted whole, and every row of every return is accounted for."""
    clean = {
        str(Path(r["file"]).relative_to("inbox"))
        for r in truth["returns"]
        if not r["file_finding"] and not r["row_findings"]
    }
    for record in season_app.ledger.return_records():
        rows = record.rows
        assert rows["read"] == rows["accepted"] + rows["rejected"] + rows["ignored"], record.path
        if record.path in clean:
            accused = [f for f in record.findings if f.cls.value in "AB"]
            assert (record.status.value, rows["rejected"], accused) == ("accepted", 0, []), record.path


def test_the_season_was_not_empty(at_cutoffs: dict[str, dict[str, Any]], truth: dict[str, Any]) -> None:
    """A season without cut-offs would prove nothing."""
    assert list(at_cutoffs) == truth["weeks"]
