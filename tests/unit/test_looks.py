"""Which deadlines are asked about for 未判定 (domain.md §3)."""

from collections.abc import Collection
from datetime import date

from duban.core.assessment import State
from duban.core.deadlines import Deadline
from duban.core.since import Since
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


def test_what_came_well_before_its_deadline_is_not_asked_about_and_never_undecided() -> None:
    """Nor what is due later, nor the district's: of three years' weekly returns few are left.

    What came within the two hours in which somebody has to have looked, or since an instant yet to be found, is.
    """
    due = date(2018, 7, 30)
    early, late = at("2018-07-30 21:59"), at("2018-07-30 23:00")
    items = [
        status("S1", "EA", State.MET, due, met=Since(early)),
        status("S1", "SO", State.MET, due, met=Since(late)),
        status("S3a", "SO", State.MET, due, met=Since(lambda: early)),
        status("S1", "WE", State.MET_LATE, due),
        status("S1", "NO", State.OVERDUE, due),
        status("S2", "NO", State.DUE_SOON, date(2018, 8, 10)),
        status("Y2018-C", None, State.OVERDUE, due),
    ]
    looks = NobodyLooked()

    found = marked(items, looks, at("2018-08-03 17:00"))

    assert [item.undecided for item in found] == [False, True, True, True, True, False, False]
    assert looks.asked == {(office, end_of_day(due)) for office in ("SO", "WE", "NO")}
