"""When the rules change: which accepted returns would now be refused, without changing anything (issue 3, item 9)."""

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from duban.adapters.shelf import FileShelf
from duban.adapters.text import TextComposer
from duban.core.checked import Status
from duban.core.errors import ConflictError
from duban.core.gate.executor import Gate
from duban.core.rules import Suites
from duban.pipeline.check import Checker
from duban.pipeline.csv_folders import ReturnReader
from duban.pipeline.examine import Examiner
from duban.pipeline.recheck import Recheck, Rechecked
from fakes.house import CUTOFF, EA, EB, House, workbook
from fakes.judged import at
from fakes.made_returns import FORM, MADE_PLAN, ROOT, SUITES, WEEKS, book


@pytest.fixture
def house(house: House) -> House:
    """A house that accepted a return of each of two offices; EA's has 10 buildings, EB's 5."""
    for office, buildings in ((EA, 10), (EB, 5)):
        row = {"compound_id": f"{office}-001", "buildings": buildings}
        raw = book([row], [{"compound_id": f"{office}-001"}], cover={"office": f"{office}办事处"})
        house.send(f"{office}/周报.xlsx", workbook(raw), at("09-07 10:00"))
    assert house.round(CUTOFF) == {"accepted": 2}
    return house


def with_rule(name: str, **kwargs: Any) -> Suites:
    """The suites with a rule's kwargs changed."""
    suites: dict[str, Any] = copy.deepcopy(dict(SUITES))
    [entry] = [one for suite in suites.values() for one in suite["expectations"] if one["meta"]["rule"] == name]
    entry["kwargs"] |= kwargs
    return suites


def without_rule(name: str) -> Suites:
    suites: dict[str, Any] = copy.deepcopy(dict(SUITES))
    for suite in suites.values():
        suite["expectations"] = [one for one in suite["expectations"] if one["meta"]["rule"] != name]
    return suites


def rule_of(code: str, column: str) -> str:
    [name] = {
        rule.name for rule in Gate(SUITES).rules if (rule.code, rule.marked) == (code, column) and rule.table == "work"
    }
    return name


def rechecking(house: House, reader: ReturnReader, suites: Mapping[str, Any], outbox: Path) -> Recheck:
    checker = Checker(MADE_PLAN, FORM, WEEKS, Gate(suites))
    examiner = Examiner(house.archive, house.ledger, reader, checker)
    texts = TextComposer(ROOT / "templates")
    return Recheck(MADE_PLAN, house.ledger, examiner, checker.rules_version, texts, FileShelf(outbox))


def changed(recheck: Recheck, since: str = "09-07 00:00") -> list[Rechecked]:
    found = [recheck.run(one) for one in recheck.concerned(at(since))]
    return [one for one in found if one]


def test_the_same_rules_change_nothing(house: House, reader: ReturnReader, tmp_path: Path) -> None:
    """Whatever was accepted is accepted again, as of its receipt."""
    assert changed(rechecking(house, reader, SUITES, tmp_path)) == []


def test_a_stricter_rule_tells_which_return_it_would_refuse(house: House, reader: ReturnReader, tmp_path: Path) -> None:
    """At most 8 buildings: EA's row would be refused, EB's would not."""
    suites = with_rule(rule_of("R04", "buildings"), max_value=8)
    [one] = changed(rechecking(house, reader, suites, tmp_path))

    assert (one.record.office, one.record.status, one.status) == (EA, Status.ACCEPTED, Status.PARTIAL)
    assert (one.refused, one.rejected) == (True, 2)  # the project row goes with its ledger row
    assert [(finding.code, finding.cell) for finding in one.new] == [("R04", "F2")]


def test_a_rule_that_is_gone_tells_what_is_asked_no_more(house: House, reader: ReturnReader, tmp_path: Path) -> None:
    """A flag less is no refusal."""
    raw = book([{"extent": None}], cover={"week": "2018-09-14"})
    house.send(f"{EA}/下一周.xlsx", workbook(raw), at("09-14 10:00"))
    house.round(at("09-14 17:00"))
    [one] = changed(rechecking(house, reader, without_rule("C10.work.extent"), tmp_path))

    assert ([finding.code for finding in one.gone], one.new, one.refused) == (["C10"], (), False)


def test_only_returns_received_since_are_looked_at(house: House, reader: ReturnReader, tmp_path: Path) -> None:
    """From that day on, and only those that count."""
    house.send(f"{EA}/坏.xlsx", b"PK\x03\x04 broken", at("09-07 11:00"))
    house.round(CUTOFF)
    recheck = rechecking(house, reader, SUITES, tmp_path)

    assert [record.office for record in recheck.concerned(at("09-07 00:00"))] == [EA, EB]
    assert recheck.concerned(at("09-08 00:00")) == []


def test_rechecking_changes_nothing(house: House, reader: ReturnReader, tmp_path: Path) -> None:
    """No verdict, no state, no file."""
    before = house.ledger.return_records(), house.ledger.compounds(CUTOFF), house.ledger.validations()
    changed(rechecking(house, reader, with_rule(rule_of("R04", "buildings"), max_value=8), tmp_path / "outbox"))

    assert (house.ledger.return_records(), house.ledger.compounds(CUTOFF), house.ledger.validations()) == before
    assert not (tmp_path / "outbox").exists()


def test_an_office_is_told_once_for_a_return_and_a_version(house: House, reader: ReturnReader, tmp_path: Path) -> None:
    """What is new, in the words of the form; telling again changes nothing, another version is another note."""
    strict, stricter = (with_rule(rule_of("R04", "buildings"), max_value=most) for most in (8, 7))
    recheck = rechecking(house, reader, strict, tmp_path / "outbox")
    [one] = changed(recheck)
    path = recheck.tell(one)

    assert recheck.tell(one) == path
    assert path.startswith(f"{EA}/2018-W36-{one.record.return_id}-规则变更-")
    text = (tmp_path / "outbox" / path).read_text("utf-8-sig")
    for said in (
        f"{EA}办事处",
        "周报.xlsx",
        "有内容将不予采用",
        "《工作台账》F2（EA-001）填写“10”，超出范围",
        "不受影响",
    ):
        assert said in text
    [other] = changed(rechecking(house, reader, stricter, tmp_path / "outbox"))
    assert rechecking(house, reader, stricter, tmp_path / "outbox").tell(other) != path


def test_a_note_is_never_written_over(house: House, reader: ReturnReader, tmp_path: Path) -> None:
    """Something else stands there under its name: an error of ours, and not a lost file."""
    recheck = rechecking(house, reader, with_rule(rule_of("R04", "buildings"), max_value=8), tmp_path / "outbox")
    [one] = changed(recheck)
    (tmp_path / "outbox" / recheck.tell(one)).write_bytes(b"other")

    with pytest.raises(ConflictError):
        recheck.tell(one)
