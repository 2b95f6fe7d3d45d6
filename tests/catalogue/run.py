"""The whole catalogue in one run: every sample sent by an office of its own, good offices among them."""

import os
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from catalogue.case import Outcome, Sample, Sent
from catalogue.making import made, xlsx
from duban.adapters.expectations import ExpectationsRecord
from duban.adapters.store import PostgresLedger
from duban.adapters.workbook import WorkbookReader
from duban.core.gate.executor import Gate
from duban.core.plan import Office
from duban.core.weeks import Weeks
from duban.pipeline.check import Checker
from duban.pipeline.csv_folders import ReturnReader
from duban.pipeline.ports import ReturnRecord
from fakes.house import CUTOFF, House, open_house
from fakes.judged import at
from fakes.made_returns import FORM, MADE_PLAN, SUITES
from fakes.plans import CLAUSE

GOOD = tuple(f"G{n:02d}" for n in range(1, 6))
END = at("09-10 12:00")
ROUNDS = (CUTOFF, END)


@dataclass(frozen=True)
class Run:
    """What became of every sample, by office, and of the good ones."""

    outcomes: Mapping[str, Outcome]


def offices_of(samples: Sequence[Sample]) -> dict[str, Sample]:
    """An office for each sample, by its code: B013A is the first of case 13."""
    counts: dict[int, int] = {}
    named = {}
    for sample in samples:
        counts[sample.case] = counts.get(sample.case, 0) + 1
        named[f"B{sample.case:03d}{chr(64 + counts[sample.case])}"] = sample
    return named


def checker_for(offices: Sequence[str]) -> Checker:
    plan = replace(MADE_PLAN, offices=tuple(Office(code, f"{code}办事处", CLAUSE) for code in offices))
    weeks = Weeks(plan.calendar, plan.reporting.first_day, plan.reporting.cutoff_time)
    return Checker(plan, FORM, weeks, Gate(SUITES))


def run(samples: Sequence[Sample], root: Path, ledger: PostgresLedger, record: ExpectationsRecord, seed: int) -> Run:
    """Send everything in an order that `seed` gives, collect and judge at the cut-off and afterwards."""
    named = offices_of(samples)
    order = [*named, *GOOD]
    random.Random(seed).shuffle(order)  # noqa: S311 - an order, no secret
    with WorkbookReader() as workbooks:
        house = open_house(root, ledger, ReturnReader(workbooks, FORM), record, checker_for(order), order)
        for code in order:
            _send(house, code, named.get(code))
        for as_of in ROUNDS:
            house.round(as_of)
    records: dict[str, list[ReturnRecord]] = {code: [] for code in order}
    for returned in house.ledger.return_records():
        records[returned.office].append(returned)
    known, at_cutoff = house.ledger.compounds(END), house.ledger.compounds(CUTOFF)
    return Run({code: Outcome(records[code], known.get(code, {}), at_cutoff.get(code, {})) for code in order})


def _send(house: House, code: str, sample: Sample | None) -> None:
    folder = house.inbox / code
    folder.mkdir()
    for sent in sample.send(code) if sample else [Sent("周报.xlsx", xlsx(made(code)))]:
        path = os.path.join(os.fsencode(folder), os.fsencode(sent.name))  # noqa: PTH118 - pathlib takes no bytes
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - as above
        with open(path, "wb") as file:  # noqa: PTH123 - as above
            file.write(sent.content)
        stamp = at(sent.time).timestamp()
        os.utime(path, (stamp, stamp))
    if sample and sample.put:
        sample.put(folder)
