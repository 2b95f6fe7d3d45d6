"""Judging: what was taken in is read, checked and recorded, in the order in which it was received.

A wave holds at most one return of an office, so that each is checked against the state that the one before it left.
Great Expectations judges a wave as a whole; when it does not agree with the gate, nothing of the wave is recorded.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from duban.core.checked import CheckedReturn, Status
from duban.core.errors import InternalError, RuleError
from duban.core.findings import Finding
from duban.core.gate.executor import Spot, disagreements
from duban.core.gate.frame import Frame
from duban.core.messages import EXPECTED
from duban.pipeline.check import Checker, CheckResult
from duban.pipeline.examine import Examiner
from duban.pipeline.opened import Book
from duban.pipeline.ports import Archive, Decisions, Judged, Ledger, Reader, ReceivedReturn, ValidationRun
from duban.pipeline.rarely_collected import rarely_collected
from duban.pipeline.undecided import NOTHING_DECIDED

LOG = logging.getLogger(__name__)

LARGEST_WAVE = 1000
"""Returns: what is in memory at once, whatever the number of offices."""
TOGETHER = 100
"""Returns whose offices are asked about at once, and whose verdicts are one transaction."""

Results = Mapping[ReceivedReturn, CheckResult]


class Recorded(Protocol):
    """What the record found in a batch; `summary` is plain JSON for the history."""

    @property
    def spots(self) -> frozenset[Spot]: ...

    @property
    def summary(self) -> Mapping[str, Any]: ...


class Record(Protocol):
    """The official record of validation: Great Expectations."""

    def validate(self, batch: Mapping[int, Mapping[str, Frame]], parameters: Mapping[str, Any]) -> Recorded:
        """Validate frames by return id and table; raises RuleError."""
        ...


@dataclass(frozen=True, slots=True)
class JudgeReport:
    """The returns that have their verdict now, and how many of each status."""

    ids: tuple[int, ...]
    counts: Mapping[str, int]


@dataclass(slots=True)
class _Failures:
    """Returns that an error of ours kept from being judged; their offices wait for us to mend it."""

    errors: dict[int, Exception] = field(default_factory=dict)
    offices: set[str] = field(default_factory=set)

    @contextmanager
    def noted(self, received: ReceivedReturn) -> Iterator[None]:
        """Keep an error over one return from stopping the others."""
        try:
            yield
        except Exception as error:  # whatever it is, it is raised once the others are recorded
            LOG.exception("return %s of %s was not judged", received.return_id, received.office)
            self.errors[received.return_id] = error
            self.offices.add(received.office)

    def raise_if_any(self) -> None:
        if self.errors:
            ids = ", ".join(map(str, self.errors))
            raise InternalError(f"returns {ids} could not be judged") from next(iter(self.errors.values()))


class Judge:
    """Gives returns their verdicts."""

    def __init__(
        self,
        archive: Archive,
        ledger: Ledger,
        reader: Reader,
        checker: Checker,
        record: Record,
        *,
        decisions: Decisions = NOTHING_DECIDED,
    ) -> None:
        self._ledger, self._checker, self._record = ledger, checker, record
        self._examiner = Examiner(archive, ledger, reader, checker, decisions)

    def run(self, return_ids: Sequence[int], as_of: datetime) -> JudgeReport:
        """Judge those of `return_ids` that still wait for it; `as_of` is the tick that judges them.

        An error of ours over one return keeps back its office's later ones and no other's; once the others are
        recorded it is raised as InternalError. A record that disagrees raises RuleError at once.
        """
        wanted = frozenset(return_ids)
        waiting = [received for received in self._ledger.unjudged() if received.return_id in wanted]
        failures = _Failures()
        statuses: dict[int, Status] = {}
        with rarely_collected():
            while wave := next_wave(waiting, failures.offices):
                statuses |= self._judge(wave, as_of, failures)
                waiting = [received for received in waiting if received not in wave]
        failures.raise_if_any()
        return JudgeReport(tuple(statuses), Counter(status.value for status in statuses.values()))

    def _judge(self, wave: Sequence[ReceivedReturn], as_of: datetime, failures: _Failures) -> dict[int, Status]:
        known = self._ledger.duplicates(wave)
        judged = [Judged(one, self._duplicate(one), Status.DUPLICATE) for one in wave if one.return_id in known]
        new = [received for received in wave if received.return_id not in known]
        results: dict[ReceivedReturn, CheckResult] = {}
        for first in range(0, len(new), TOGETHER):
            results |= self._examined(new[first : first + TOGETHER], failures)
        self._validate(results, as_of)
        judged += [Judged(received, result.checked, result.checked.status) for received, result in results.items()]
        for first in range(0, len(judged), TOGETHER):
            self._store(judged[first : first + TOGETHER], as_of, failures)
        return {one.received.return_id: one.status for one in judged if one.received.return_id not in failures.errors}

    def _examined(self, new: Sequence[ReceivedReturn], failures: _Failures) -> dict[ReceivedReturn, CheckResult]:
        """The checks of some returns, but for those over which something of ours fails."""
        opened: dict[ReceivedReturn, Book] = {}
        results: dict[ReceivedReturn, CheckResult] = {}
        for received in new:
            with failures.noted(received):
                opened[received] = self._examiner.open(received)
        known = self._examiner.known(opened)
        for received, book in opened.items():
            with failures.noted(received):
                results[received] = self._checker.judge(book, known[received])
        return results

    def _store(self, judged: Sequence[Judged], as_of: datetime, failures: _Failures) -> None:
        """Record verdicts in one transaction; where that fails each by itself, so that none holds up another."""
        try:
            self._ledger.record_verdicts(judged, as_of)
        except Exception:  # whatever it is, it comes again with the return that it belongs to
            LOG.exception("%d verdicts could not be recorded together", len(judged))
            for one in judged:
                with failures.noted(one.received):
                    self._ledger.record_verdicts([one], as_of)

    def _duplicate(self, received: ReceivedReturn) -> CheckedReturn:
        finding = Finding("F10", None, None, None, received.path, EXPECTED["F10"])
        return CheckedReturn(None, None, None, (), (finding,), self._checker.rules_version)

    def _validate(self, results: Results, as_of: datetime) -> None:
        """Have the record judge the same frames, and keep its run. Raises RuleError when the two disagree."""
        batch = {received.return_id: result.frames for received, result in results.items() if result.frames}
        if not batch:
            return
        recorded = self._record.validate(batch, self._checker.parameters)
        found = {
            replace(spot, return_id=received.return_id) for received, result in results.items() for spot in result.spots
        }
        if differing := disagreements(found, recorded.spots):
            raise RuleError(f"the gate and Great Expectations disagree over {differing[:10]}")
        run = ValidationRun(as_of, self._checker.rules_version, tuple(sorted(batch)), recorded.summary)
        self._ledger.record_validation(run)


def next_wave(waiting: Sequence[ReceivedReturn], held_back: set[str]) -> list[ReceivedReturn]:
    """The first waiting return of each office that is not held back, so many; `waiting` is in the order of receipt.

    Of two with the same bytes the second waits, for only the first one's verdict tells whether it is a duplicate.
    """
    wave: dict[str, ReceivedReturn] = {}
    passed: set[str] = set(held_back)
    contents: set[str] = set()
    for received in waiting:
        if len(wave) == LARGEST_WAVE:
            break
        if received.office in passed:
            continue
        passed.add(received.office)
        if received.sha256 not in contents:
            contents.add(received.sha256)
            wave[received.office] = received
    return list(wave.values())
