"""The checker of GB/T 9704-2012 on the file alone: conforming papers pass, and each check notices its own fault."""

import json

import pytest

from duban.adapters.gb9704 import RULES, lint
from duban.adapters.gb9704.lint import PROBES
from duban.adapters.gb9704.wordings import WORDINGS
from duban.core.conformance import Level, LintReport, Need, Strength
from fakes import gb9704_documents as papers
from fakes.gb9704_mutations import AGAINST_FACTS, BASES, IN_THE_FILE, Base, Mutation


def failed(report: LintReport) -> set[str]:
    return {finding.id for finding in report.findings}


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.name)
def test_a_conforming_paper_has_no_finding(base: Base) -> None:
    """Not even a warning, whatever kind of paper it is."""
    report = lint(papers.packed(base.parts()), kind=base.kind)
    assert [finding.message for finding in report.findings] == []
    assert report.conforms


@pytest.mark.parametrize("mutation", IN_THE_FILE, ids=lambda mutation: f"{mutation.check} {mutation.what}")
def test_one_fault_fails_its_check_and_no_other(mutation: Mutation) -> None:
    """But for those checks that look at the same thing and are listed beside it."""
    report = lint(mutation.applied(), kind=mutation.base.kind)
    assert failed(report) == mutation.expected, [finding.message for finding in report.findings]


@pytest.mark.parametrize("mutation", AGAINST_FACTS, ids=lambda mutation: mutation.what)
def test_one_departure_from_what_is_known_fails_its_check_and_no_other(mutation: Mutation) -> None:
    """The paper as it was agrees with the same facts."""
    assert failed(lint(papers.packed(mutation.base.parts()), facts=mutation.facts)) == set()
    report = lint(mutation.applied(), facts=mutation.facts)
    assert failed(report) == mutation.expected, [finding.message for finding in report.findings]


def test_every_check_against_facts_alone_has_a_mutation() -> None:
    """As for the file."""
    wanted = {rule.id for rule in RULES if rule.needs == (Need.FACTS,)}
    assert wanted - {mutation.check for mutation in AGAINST_FACTS} == set()


def test_every_check_of_the_file_has_a_mutation() -> None:
    """A check that no fault proves might as well not be there."""
    wanted = {rule.id for rule in RULES if Need.XML in rule.needs}
    assert wanted - {mutation.check for mutation in IN_THE_FILE} == set()


def test_every_need_of_every_rule_has_a_probe() -> None:
    """And no probe serves a rule that is not declared."""
    declared = {(rule.id, need) for rule in RULES for need in rule.needs}
    assert {(id_, need) for id_, need, _ in PROBES} == declared
    assert [rule.id for rule in RULES] == [f"C{at:02}" for at in range(1, 63)]


def test_only_what_is_laid_down_fails() -> None:
    """规定 fails, 一般, 推荐 and 实务 warn; no wording is stronger than its rule."""
    order = list(Strength)
    for key, wording in WORDINGS.items():
        rule = next(rule for rule in RULES if rule.id == key[:3])
        assert order.index(wording.strength or rule.strength) >= order.index(rule.strength), key
    assert {rule.level for rule in RULES if rule.strength is Strength.RULE} == {Level.FAIL}
    assert {rule.level for rule in RULES if rule.strength is not Strength.RULE} == {Level.WARN}


def test_every_rule_is_answered_for() -> None:
    """Passed, found fault with, or not checked and why: never left out."""
    report = lint(papers.packed(papers.parts()))
    answered = {*report.passed, *failed(report), *(skipped.id for skipped in report.not_checked)}
    assert answered == {rule.id for rule in RULES}
    assert all(skipped.reason for skipped in report.not_checked)


def test_the_report_is_plain_json() -> None:
    """As `duban lint --json` prints it."""
    mutation = next(mutation for mutation in IN_THE_FILE if mutation.check == "C06")
    told = json.loads(json.dumps(lint(mutation.applied()).as_json(), ensure_ascii=False))
    assert told["conforms"] is False
    assert told["findings"][0]["id"] == "C06"
    assert told["findings"][0]["where"]["paragraph"] == 5
    assert "东管办[2018]92号" in told["findings"][0]["message"]
