"""The bad-input catalogue (faults.md §3): every case has its one verdict, whatever else is judged in the same run."""

import os
from collections import Counter

import pytest
from sqlalchemy import Engine

from catalogue.case import CASES, Outcome, Sample
from catalogue.run import GOOD, Run, offices_of, run
from catalogue.samples import SAMPLES
from catalogue.table import PAGE, page
from catalogue.verdicts import SAID
from duban.adapters.expectations import ExpectationsRecord
from duban.adapters.store import PostgresLedger
from duban.core.state import fold
from fakes.made_returns import AIMS, SUITES

NAMED = offices_of(SAMPLES)
SEEDS = (1, 2, 3) if os.environ.get("HYPOTHESIS_PROFILE") == "long" else (1,)


@pytest.fixture(scope="module", params=SEEDS, ids="seed {}".format)
def judged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> Run:
    """Everything sent in the order of a seed, collected and judged together."""
    ledger = PostgresLedger(engine, f"catalogue {request.param}", fold, [key for key, _ in AIMS])
    return run(SAMPLES, tmp_path_factory.mktemp("catalogue"), ledger, ExpectationsRecord(SUITES), request.param)


def test_every_case_has_its_verdict(judged: Run) -> None:
    """The status of each return; of the last one its findings of classes A, B and C, its hints and its rows.

    One test for all of them: they are judged in one run, which takes longer than all that is asked of it.
    """
    said = {code: _verdict(sample, judged.outcomes[code]) for code, sample in NAMED.items()}
    assert {code: verdict for code, verdict in said.items() if verdict != _expected(NAMED[code])} == {}


def _expected(sample: Sample) -> dict[str, object]:
    if not sample.fates:
        return {"fates": ()}
    return {
        "fates": sample.fates,
        "codes": Counter(sample.codes),
        "unhinted": set(),
        "rows": sample.rows,
        "shows": True,
    }


def _verdict(sample: Sample, outcome: Outcome) -> dict[str, object]:
    fates = tuple(record.status.value for record in outcome.records)
    if not fates:
        return {"fates": fates}
    findings, rows = outcome.last.findings, outcome.last.rows
    return {
        "fates": fates,
        "codes": Counter(finding.code for finding in findings if finding.cls in "ABC"),
        "unhinted": set(sample.hints) - {finding.code for finding in findings},
        "rows": (rows["accepted"], rows["rejected"]),
        "shows": sample.shows is None or sample.shows(outcome),
    }


def test_no_bad_input_touches_a_good_return(judged: Run) -> None:
    """Judged in the same run: accepted whole, without a finding, and the state is what it says."""
    for code in GOOD:
        [good] = judged.outcomes[code].records
        assert (good.status.value, good.findings, good.rows["accepted"]) == ("accepted", (), 5)
        assert [known.name for known in judged.outcomes[code].compounds.values()] == ["紫荆小区", "翠竹苑"]


def test_every_row_of_every_bad_input_is_accounted_for(judged: Run) -> None:
    """Read = accepted + rejected + ignored (I6)."""
    for outcome in judged.outcomes.values():
        for record in outcome.records:
            rows = record.rows
            assert rows["read"] == rows["accepted"] + rows["rejected"] + rows["ignored"], record.path


def test_every_case_of_the_catalogue_is_tried() -> None:
    """130 of 130."""
    assert {sample.case for sample in SAMPLES} == set(CASES) == set(SAID)


def test_the_table_of_verdicts_is_current() -> None:
    """docs/bad-inputs.md is generated; its first lines say how."""
    assert PAGE.read_text("utf-8") == page()
