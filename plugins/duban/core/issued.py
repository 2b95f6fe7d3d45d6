"""The journal of what was issued, kept beside the database: it shows a database that is older (faults.md, F-38)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from duban.core.numbering import Series


@dataclass(frozen=True, slots=True)
class Issue:
    """The chain's end when a paper had been issued, and the paper; without a path: somebody reconciled there."""

    seq: int
    digest: str
    path: str = ""
    sha256: str = ""
    printed: str | None = None
    series: Series | None = None
    number: int | None = None
    by: str = ""
    why: str = ""

    @property
    def reconciled(self) -> bool:
        return not self.path


def since_reconciled(issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """The issues after the last reconciliation, that one included."""
    starts = [index for index, issue in enumerate(issues) if issue.reconciled]
    return tuple(issues[starts[-1] :]) if starts else tuple(issues)


def before_reconciled(issues: Sequence[Issue]) -> tuple[Issue, ...]:
    """The issues that a reconciliation has looked at, without the reconciliations themselves."""
    looked_at = issues[: len(issues) - len(since_reconciled(issues))]
    return tuple(issue for issue in looked_at if not issue.reconciled)


def newest(issues: Iterable[Issue]) -> Issue | None:
    """The one that saw the most of the chain; two signers may write in either order."""
    return max(issues, key=lambda issue: issue.seq, default=None)


def highest_numbers(issues: Iterable[Issue]) -> dict[Series, int]:
    """The highest number of our own that was issued in each register."""
    found: dict[Series, int] = {}
    for issue in issues:
        if issue.series is not None and issue.number is not None:
            found[issue.series] = max(found.get(issue.series, 0), issue.number)
    return found
