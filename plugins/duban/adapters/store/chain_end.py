"""The end of a plan's chain and its counters, on PostgreSQL: issued.ChainEnd."""

from collections.abc import Sequence

from sqlalchemy import Engine, Row

from duban.adapters.store.statements import statement
from duban.core.audit import NOTHING
from duban.core.issued import Issue
from duban.core.numbering import Series

SELECT_AUDIT_HEAD = statement("select_audit_head")
SELECT_AUDIT_DIGEST = statement("select_audit_digest")
SELECT_ISSUED = statement("select_issued")
SELECT_NUMBER_COUNTER = statement("select_number_counter")
TAKE_NUMBER = statement("take_number")


class PostgresChainEnd:
    """One plan's."""

    def __init__(self, engine: Engine, plan: str) -> None:
        self._engine = engine
        self._plan = plan

    def head(self) -> tuple[int, str]:
        """As ChainEnd.head."""
        with self._engine.begin() as connection:
            head = connection.execute(SELECT_AUDIT_HEAD, {"plan": self._plan}).one_or_none()
        return (0, NOTHING) if head is None else (head.seq, head.digest)

    def digest_at(self, seq: int) -> str | None:
        """As ChainEnd.digest_at."""
        with self._engine.begin() as connection:
            found: str | None = connection.execute(SELECT_AUDIT_DIGEST, {"plan": self._plan, "seq": seq}).scalar()
        return found

    def issued_after(self, seq: int) -> Sequence[Issue]:
        """As ChainEnd.issued_after."""
        with self._engine.begin() as connection:
            found = connection.execute(SELECT_ISSUED, {"plan": self._plan, "seq": seq})
            return [_issue(row) for row in found]

    def skip_to(self, series: Series, number: int) -> None:
        """As ChainEnd.skip_to: taken one by one, for a counter only counts."""
        key = {"plan": self._plan, "issuer": series.issuer, "series": series.series, "year": series.year}
        with self._engine.begin() as connection:
            last = connection.execute(SELECT_NUMBER_COUNTER, key).scalar() or 0
            while last < number:
                last = connection.execute(TAKE_NUMBER, key).scalar_one()


def _issue(row: Row[tuple[object, ...]]) -> Issue:
    series = None if row.number is None else Series(row.issuer, row.series, row.year)
    return Issue(row.seq, row.digest, row.path, row.sha256, row.printed, series, row.number)
