"""Which deadlines are asked about for 未判定 (domain.md §3)."""

from collections.abc import Collection
from datetime import date

from duban.core.assessment import State
from duban.core.deadlines import Deadline
from duban.core.weeks import end_of_day
from duban.pipeline.looks import marked
from fakes.assessments import status
from fakes.facts import at


class NobodyLooked:
    """Of every deadline it is asked about; it remembers which these were."""

    def __init__(self) -> None:
        self.asked: set[Deadline] = set()

    def undecided(self, deadlines: Collection[Deadline], as_of: object) -> frozenset[Deadline]:  # noqa: ARG002 - port
        """All of them."""
        self.asked.update(deadlines)
        return frozenset(deadlines)


def test_what_was_in_time_is_not_asked_about_and_never_undecided() -> None:
    """Nor what is due later, nor the district's: of three years' weekly returns few are left."""
    due = date(2018, 7, 30)
    items = [
        status("S1", "EA", State.MET, due),
        status("S1", "WE", State.MET_LATE, due),
        status("S1", "NO", State.OVERDUE, due),
        status("S2", "NO", State.DUE_SOON, date(2018, 8, 10)),
        status("Y2018-C", None, State.OVERDUE, due),
    ]
    looks = NobodyLooked()

    found = marked(items, looks, at("2018-08-03 17:00"))

    assert [item.undecided for item in found] == [False, True, True, False, False]
    assert looks.asked == {("WE", end_of_day(due)), ("NO", end_of_day(due))}
