"""Examining: a received return, read from the archive and checked against what was known when it was received."""

from collections.abc import Mapping, Sequence

from duban.core.compound import Compound
from duban.core.gate.reasons import StandingReason
from duban.pipeline.check import Checker, CheckResult, Settled
from duban.pipeline.ports import Archive, Decisions, Ledger, Reader, ReceivedReturn
from duban.pipeline.undecided import NOTHING_DECIDED


class Examiner:
    """Checks returns of the archive. Whatever it is asked when, it looks through the eyes of the time of receipt."""

    def __init__(
        self,
        archive: Archive,
        ledger: Ledger,
        reader: Reader,
        checker: Checker,
        decisions: Decisions = NOTHING_DECIDED,
    ) -> None:
        self._archive, self._ledger, self._reader = archive, ledger, reader
        self._checker, self._decisions = checker, decisions

    def examine(self, received: ReceivedReturn) -> CheckResult:
        """The check of one return against its office's state and reasons, and the waivers in force at its receipt."""
        known_at = received.received_at

        def last(office: str, week: str) -> Mapping[str, Compound]:
            return self._ledger.state_before(office, week, known_at)

        def reasons(office: str, week: str) -> Sequence[StandingReason]:
            return self._ledger.standing_reasons(office, week, known_at)

        content = self._archive.get(received.sha256)
        [(_, book)] = self._reader.read_all([(received.path, content)])
        settled = Settled(reasons, self._decisions.waivers(known_at))
        return self._checker.check(book, folder=received.office, received_at=known_at, last=last, settled=settled)
