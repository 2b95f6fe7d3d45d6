"""The record fails closed: whatever Great Expectations did not truly look at is no validation (faults.md §4)."""

import json
import socket
from contextlib import nullcontext
from dataclasses import replace

import pytest

from duban.adapters.expectations import ExpectationsRecord, record
from duban.core.errors import RuleError
from duban.core.gate.executor import Spot
from fakes.made_returns import CHECKER, SUITES, book, check

FRAMES = check(book(work=[{}, {"compound_id": "EA-002", "name": "乙", "kind": "其他"}])).frames
PARAMETERS = CHECKER.parameters


@pytest.fixture(scope="module")
def expectations() -> ExpectationsRecord:
    made = ExpectationsRecord(SUITES)
    made.validate({1: FRAMES}, PARAMETERS)
    return made


def changed(table: str, name: str, values: list) -> dict:
    """The frames with one column changed."""
    frame = FRAMES[table]
    return {**FRAMES, table: replace(frame, columns={**frame.columns, name: values})}


def test_violations_of_many_returns_are_told_apart(expectations):
    """Equal line numbers of different returns stay with their return; the index of a frame plays no part."""
    clean = check(book()).frames
    found = expectations.validate({7: FRAMES, 8: clean, 9: FRAMES}, PARAMETERS).spots

    assert found == {Spot(number, "work", 3, "R02", "kind") for number in (7, 9)}


def test_what_is_remembered_meanwhile_changes_nothing(expectations):
    """Great Expectations as it is, and answered from memory."""
    plain = ExpectationsRecord(SUITES, meanwhile=nullcontext)

    assert expectations.validate({1: FRAMES, 2: FRAMES}, PARAMETERS) == plain.validate(
        {1: FRAMES, 2: FRAMES}, PARAMETERS
    )


def test_great_expectations_is_left_as_it_was(expectations):
    """After a validation, and after one that raised."""
    from great_expectations.core.id_dict import IDDict
    from great_expectations.expectations.expectation import Expectation
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    answering = (Expectation, "configuration"), (ExpectationConfiguration, "to_domain_obj"), (IDDict, "to_id")
    plain = [owner.__dict__[name] for owner, name in answering]
    with pytest.raises(RuleError):
        expectations.validate({1: FRAMES}, {})
    expectations.validate({1: FRAMES}, PARAMETERS)

    assert [owner.__dict__[name] for owner, name in answering] == plain


def test_a_batch_without_rows_looks_at_nothing(expectations):
    """Zero reports alone: only their covers are validated."""
    zero = check(book([], [], [], cover={"kind": "零报告"})).frames

    assert expectations.validate({}, PARAMETERS).summary["tables"] == {}
    assert list(expectations.validate({1: zero}, PARAMETERS).summary["tables"]) == ["cover"]


def test_an_expectation_that_raises_validates_nothing(expectations):
    """A text among numbers: Great Expectations would list no rows and say no more."""
    with pytest.raises(RuleError, match="not validated"):
        expectations.validate({1: changed("work", "buildings", ["十", 10.0])}, PARAMETERS)


def test_an_expectation_that_raises_inside_validates_nothing(expectations):
    """What fails within one expectation is only said in its result, which then lists no places."""
    with pytest.raises(RuleError, match="raised"):
        expectations.validate({1: changed("work", "name__folded", [["甲"], ["乙"]])}, PARAMETERS)


def test_a_missing_column_validates_nothing(expectations):
    """A frame must hold every column that a rule reads."""
    frame = FRAMES["work"]
    fewer = {name: values for name, values in frame.columns.items() if name != "households"}

    with pytest.raises(RuleError, match="households"):
        expectations.validate({1: {**FRAMES, "work": replace(frame, columns=fewer)}}, PARAMETERS)


def test_a_missing_parameter_validates_nothing(expectations):
    """The plan's start, offices and departments come as parameters."""
    with pytest.raises(RuleError, match="not validated"):
        expectations.validate({1: FRAMES}, {})


def test_rows_that_were_not_looked_at_are_noticed(expectations, monkeypatch):
    """A vacuous pass: had Great Expectations seen fewer rows than there are, it would have said success."""
    whole = record._pandas
    monkeypatch.setattr(record, "_pandas", lambda frame: whole(frame).iloc[:0])

    with pytest.raises(RuleError, match="should have looked at"):
        expectations.validate({1: FRAMES}, PARAMETERS)


def test_the_summary_counts_and_holds_no_cell(expectations):
    """For the history: counts by rule, the rules' version; names and numbers of people stay in the archive."""
    summary = expectations.validate({1: FRAMES}, PARAMETERS).summary
    work = summary["tables"]["work"]

    assert work["rows"] == 2
    assert work["rules"]["R02.work.kind.choice"] == {"looked_at": 2, "violations": 1}
    assert "王强" not in json.dumps(summary, ensure_ascii=False)


def test_nothing_is_sent_anywhere(expectations, monkeypatch):
    """No telemetry, no look for a newer version."""

    def refuse(*_args, **_kwargs):
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)

    assert expectations.validate({1: FRAMES}, PARAMETERS).spots
