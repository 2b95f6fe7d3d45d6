"""What the board asks of the database: each question about one page, and the offices and papers that it shows."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Engine, Row, TextClause

from duban.adapters.store import reading
from duban.adapters.store.deliveries import delivery_record
from duban.adapters.store.register import paper_record
from duban.adapters.store.statements import source, statement
from duban.core.checked import Status
from duban.core.compound import Compound
from duban.core.delivery import Delivery
from duban.core.paper_json import decode
from duban.core.papers import Figure, PaperContent, PaperRecord
from duban.pipeline.board_paper_ports import Asked
from duban.pipeline.board_views import ReturnLine
from duban.pipeline.ports import ReturnRecord

SELECT_LAST_LISTING = statement("select_last_listing")
SELECT_BOARD_MARK = statement("select_board_mark")
SELECT_ANSWERS = statement("select_answers")
SELECT_WEEK_RETURNS = statement("select_week_returns")
SELECT_FINDING_CODES = statement("select_finding_codes")
SELECT_PAPERS = statement("select_papers")
SELECT_PAPERS_PAGE = statement("select_papers_page")
SELECT_OFFICE_PAPERS = statement("select_office_papers")
SELECT_PAPER_CONTENT = statement("select_paper_content")
SELECT_FIGURE = statement("select_figure")
SELECT_DELIVERIES_OF = statement("select_deliveries_of")


class PostgresBoard:
    """pipeline.board.BoardStore and pipeline.board_papers.PaperStore on PostgreSQL."""

    def __init__(self, engine: Engine, plan: str) -> None:
        self._engine = engine
        self._plan = plan

    def last_listing(self) -> datetime | None:
        """When the folders were last listed; None before the first collection."""
        with self._engine.begin() as connection:
            found: datetime | None = connection.execute(SELECT_LAST_LISTING, {"plan": self._plan}).scalar()
            return found

    def mark(self) -> Hashable:
        """What changes when anything becomes known."""
        return (*self._ask(SELECT_BOARD_MARK)[0], self.last_listing())

    def compounds(self, office: str, as_of: datetime) -> Mapping[str, Compound]:
        """As BoardStore.compounds."""
        with self._engine.begin() as connection:
            return reading.office_compounds(connection, self._plan, office, as_of)

    def records(self, office: str, as_of: datetime, most: int) -> Sequence[ReturnRecord]:
        """As BoardStore.records."""
        with self._engine.begin() as connection:
            return reading.office_records(connection, self._plan, office, as_of, most)

    def week_returns(self, weeks: Sequence[str], offices: Sequence[str], as_of: datetime) -> Sequence[ReturnLine]:
        """As BoardStore.week_returns."""
        found = self._ask(SELECT_WEEK_RETURNS, weeks=list(weeks), offices=list(offices), as_of=as_of)
        return [
            ReturnLine(r.return_id, r.office, r.week, r.received_at, Status(r.status), r.findings, r.hints)
            for r in found
        ]

    def finding_codes(self, offices: Sequence[str], since: datetime, as_of: datetime) -> Sequence[tuple[str, int]]:
        """As BoardStore.finding_codes."""
        found = self._ask(SELECT_FINDING_CODES, offices=list(offices), since=since, as_of=as_of)
        return [(row.code, row.findings) for row in found]

    def answers(self, return_ids: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
        """The outbox's paths of what was handed back for returns."""
        return {row.return_id: tuple(row.files) for row in self._ask(SELECT_ANSWERS, return_ids=list(return_ids))}

    def papers(self, asked: Asked) -> Sequence[PaperRecord]:
        """As PaperStore.papers."""
        values = {"as_of": asked.as_of, "most": asked.most, "skipped": asked.skipped, "states": list(asked.states)}
        if asked.office is None:
            return [paper_record(row) for row in self._ask(SELECT_PAPERS_PAGE, **values)]
        return [paper_record(row) for row in self._ask(SELECT_OFFICE_PAPERS, **values, office=asked.office)]

    def record(self, paper_id: int) -> PaperRecord | None:
        """One paper of the register; None for an unknown one."""
        return next((paper_record(row) for row in self._ask(SELECT_PAPERS, paper_id=paper_id)), None)

    def figure(self, paper_id: int, key: str) -> Figure | None:
        """One figure of a paper; None for an unknown one."""
        found = self._ask(SELECT_FIGURE, paper_id=paper_id, key=key)
        return next((Figure(row.key, row.printed, row.definition, tuple(row.returns)) for row in found), None)

    def deliveries_of(self, paper_ids: Sequence[int], most: int) -> Sequence[Delivery]:
        """As PaperStore.deliveries_of."""
        return [delivery_record(row) for row in self._ask(SELECT_DELIVERIES_OF, paper_ids=list(paper_ids), most=most)]

    def content(self, paper_id: int) -> PaperContent | None:
        """What a draft says; None where its content was not kept."""
        kept = self._ask(SELECT_PAPER_CONTENT, paper_id=paper_id)
        return decode(kept[0].content) if kept else None

    def sql(self, name: str) -> str:
        """The text of a statement."""
        return source(name)

    def _ask(self, question: TextClause, **values: object) -> Sequence[Row[tuple[object, ...]]]:
        with self._engine.begin() as connection:
            return connection.execute(question, {"plan": self._plan, **values}).all()
