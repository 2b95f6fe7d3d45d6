"""Whether anybody looked around a deadline: without that, what came around it is 未判定 (domain.md §3)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from duban.core.assessment import Assessment
from duban.core.deadlines import Deadline


class Looks(Protocol):
    """What is known of the listings of the offices' folders."""

    def undecided(self, deadlines: Collection[Deadline], as_of: datetime) -> frozenset[Deadline]:
        """Those deadlines with no completed listing in the `LOOKED_WITHIN` before them, and either none between them

        and `as_of`, or something that a listing since then showed and that may have come before or after.
        """
        ...


class EverythingLooked:
    """Plays Looks where no listings are kept: every deadline was watched."""

    def undecided(self, deadlines: Collection[Deadline], as_of: datetime) -> frozenset[Deadline]:  # noqa: ARG002 - port
        """None."""
        return frozenset()


EVERYTHING_LOOKED = EverythingLooked()


def with_undecided(assessment: Assessment, looks: Looks) -> Assessment:
    """The assessment with every item marked whose timeliness cannot be told."""
    passed = {
        (item.office, item.due)
        for item in assessment.obligations
        if item.office is not None and item.due <= assessment.as_of
    }
    found = looks.undecided(passed, assessment.as_of) if passed else frozenset()
    if not found:
        return assessment
    items = (replace(item, undecided=(item.office, item.due) in found) for item in assessment.obligations)
    return replace(assessment, obligations=tuple(items))
