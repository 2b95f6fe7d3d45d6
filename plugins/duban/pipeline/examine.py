"""Examining: a received return, read from the archive and checked against what was known when it was received."""

from collections.abc import Mapping

from duban.core.waivers import in_force
from duban.pipeline.check import Checker, CheckResult
from duban.pipeline.opened import Book, Known, subject_of
from duban.pipeline.ports import Archive, Before, Decisions, Ledger, Reader, ReceivedReturn
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
        opened = self.open(received)
        return self._checker.judge(opened, self.known({received: opened})[received])

    def open(self, received: ReceivedReturn) -> Book:
        """A return read and laid out; nothing is asked about its office yet."""
        content = self._archive.get(received.sha256)
        [(_, book)] = self._reader.read_all([(received.path, content)])
        return self._checker.open(book, received.office, received.received_at)

    def known(self, opened: Mapping[ReceivedReturn, Book]) -> Mapping[ReceivedReturn, Known]:
        """What was known of each return's office at its receipt; asked of all of them at once."""
        subjects = {received: subject for received, book in opened.items() if (subject := subject_of(book))}
        nobody = dict.fromkeys(opened, Known())
        if not subjects:
            return nobody
        asked = [Before(*subject, received.received_at) for received, subject in subjects.items()]
        waivers = self._decisions.every_waiver(max(one.known_at for one in asked))
        told = zip(asked, self._ledger.states_before(asked), self._ledger.standing_reasons(asked), strict=True)
        known = [Known(state, reasons, in_force(waivers, one.known_at)) for one, state, reasons in told]
        return nobody | dict(zip(subjects, known, strict=True))
