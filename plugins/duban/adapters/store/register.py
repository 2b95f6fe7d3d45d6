"""The register of papers on PostgreSQL: ports.Register."""

from collections.abc import Sequence

from sqlalchemy import Connection, Engine, Row
from sqlalchemy.exc import IntegrityError

from duban.adapters.store.bulk import copy
from duban.adapters.store.statements import statement
from duban.core.errors import ConflictError
from duban.core.papers import Figure, PaperContent, PaperKind, PaperRecord, PaperState

INSERT_PAPER = statement("insert_paper")
SELECT_PAPER = statement("select_paper")
SELECT_PAPERS = statement("select_papers")
SELECT_FIGURES = statement("select_figures")
INSERT_PAPER_ITEMS = statement("insert_paper_items")


class PostgresRegister:
    """The papers of one plan."""

    def __init__(self, engine: Engine, plan: str) -> None:
        self._engine = engine
        self._plan = plan

    def add(self, content: PaperContent, path: str, sha256: str) -> PaperRecord:
        """Register a draft once per kind, office, as_of and items; the same draft again returns the first record.

        Raises ConflictError when other bytes stand there, or when an item already has a paper of that rung.
        """
        try:
            with self._engine.begin() as connection:
                return self._add(connection, content, path, sha256)
        except IntegrityError as error:
            raise ConflictError(f"{path}: {error.orig}") from error

    def _add(self, connection: Connection, content: PaperContent, path: str, sha256: str) -> PaperRecord:
        values = {"plan": self._plan, "path": path, "sha256": sha256, **_columns(content)}
        row = connection.execute(INSERT_PAPER, values).one_or_none()
        if row is None:
            return _same(_record(connection.execute(SELECT_PAPER, values).one()), sha256)
        figures = _figure_texts(content.figures, path)
        key = (self._plan, row.paper_id)
        copy(connection, "copy_figures", ((*key, f.key, f.text, f.definition, list(f.returns)) for f in figures))
        if content.rung is not None:
            items = {"plan": self._plan, "paper_id": row.paper_id, "rung": content.rung, "items": list(content.items)}
            connection.execute(INSERT_PAPER_ITEMS, items)
        return _record(row)

    def papers(self) -> Sequence[PaperRecord]:
        """Every paper, oldest first."""
        with self._engine.begin() as connection:
            return [_record(row) for row in connection.execute(SELECT_PAPERS, {"plan": self._plan})]

    def figures(self, paper_id: int) -> Sequence[Figure]:
        """The figures of a paper, by key."""
        values = {"plan": self._plan, "paper_id": paper_id}
        with self._engine.begin() as connection:
            found = connection.execute(SELECT_FIGURES, values)
            return [Figure(row.key, row.printed, row.definition, tuple(row.returns)) for row in found]


def _columns(content: PaperContent) -> dict[str, object]:
    return {
        "kind": content.kind.value,
        "title": content.title,
        "to_units": list(content.to),
        "cc_units": list(content.cc),
        "as_of": content.as_of,
        "office": content.office,
        "week": content.week,
        "rung": content.rung,
        "items": list(content.items),
    }


def _same(record: PaperRecord, sha256: str) -> PaperRecord:
    if record.sha256 != sha256:
        raise ConflictError(f"paper {record.id} ({record.path}) was registered with other bytes: {record.sha256}")
    return record


def _figure_texts(figures: Sequence[Figure], path: str) -> list[Figure]:
    """The figures once each: a figure printed in the table and in the prose is one, and must read the same."""
    once: dict[str, Figure] = {}
    for figure in figures:
        if once.setdefault(figure.key, figure).text != figure.text:
            raise ConflictError(f"{path}: figure {figure.key} reads {once[figure.key].text} and {figure.text}")
    return list(once.values())


def _record(row: Row[tuple[object, ...]]) -> PaperRecord:
    return PaperRecord(
        id=row.paper_id,
        kind=PaperKind(row.kind),
        title=row.title,
        to=tuple(row.to_units),
        cc=tuple(row.cc_units),
        number=row.number,
        state=PaperState(row.state),
        as_of=row.as_of,
        path=row.path,
        sha256=row.sha256,
        office=row.office,
        week=row.week,
        rung=row.rung,
        items=tuple(row.items),
    )
