"""The register of papers on PostgreSQL: paper_ports.Register."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine, Row
from sqlalchemy.exc import IntegrityError

from duban.adapters.store import audit
from duban.adapters.store.bulk import copy
from duban.adapters.store.statements import statement
from duban.adapters.store.templates import TemplateOf, remember
from duban.core import signing_texts
from duban.core.errors import ConflictError
from duban.core.paper_json import encode
from duban.core.papers import Figure, PaperContent, PaperKind, PaperRecord, PaperState, Signature
from duban.core.signing import SYSTEM, Act

INSERT_PAPER = statement("insert_paper")
SELECT_PAPER = statement("select_paper")
SELECT_REJECTED = statement("select_rejected")
SELECT_PAPERS = statement("select_papers")
SELECT_PAPERS_AT = statement("select_papers_at")
SELECT_FIGURES = statement("select_figures")
INSERT_PAPER_ITEMS = statement("insert_paper_items")
INSERT_PAPER_CONTENT = statement("insert_paper_content")


class PostgresRegister:
    """The papers of one plan."""

    def __init__(self, engine: Engine, plan: str, template_of: TemplateOf | None = None) -> None:
        self._engine = engine
        self._plan = plan
        self._template_of = template_of

    def add(self, content: PaperContent, path: str, sha256: str) -> PaperRecord:
        """Register a draft once per kind, office, as_of and items; the same draft again returns the first record.

        A draft that was rejected makes room: the next one stands beside it under a path of its own. Raises
        ConflictError when another paper has that path, or when an item already has a paper of that rung.
        """
        try:
            with self._engine.begin() as connection:
                return self._add(connection, content, path, sha256)
        except IntegrityError as error:
            raise ConflictError(f"{path}: {error.orig}") from error

    def _add(self, connection: Connection, content: PaperContent, path: str, sha256: str) -> PaperRecord:
        values = {"plan": self._plan, "path": path, "sha256": sha256, **_columns(content)}
        rejected = connection.execute(SELECT_REJECTED, values).all()
        if rejected:
            values["path"] = _redrafted(path, len(rejected))
        row = connection.execute(INSERT_PAPER, values).one_or_none()
        if row is None:
            return paper_record(connection.execute(SELECT_PAPER, values).one())
        record = paper_record(row)
        self._detail(connection, content, record.id, path)
        remember(connection, self._plan, record.id, record.kind, PaperState.DRAFTED, self._template_of)
        why = _remark(rejected[-1]) if rejected else ""
        act = Act(record.id, None, PaperState.DRAFTED, SYSTEM, content.as_of, why, sha256)
        audit.append(connection, self._plan, act)
        return record

    def _detail(self, connection: Connection, content: PaperContent, paper_id: int, path: str) -> None:
        """What the draft says, its figures, and the items that thereby have had its rung."""
        kept = {"plan": self._plan, "paper_id": paper_id, "content": encode(content)}
        connection.execute(INSERT_PAPER_CONTENT, kept)
        figures = _figure_texts(content.figures, path)
        key = (self._plan, paper_id)
        copy(connection, "copy_figures", ((*key, f.key, f.text, f.definition, list(f.returns)) for f in figures))
        if content.rung is not None:
            items = {"plan": self._plan, "paper_id": paper_id, "rung": content.rung, "items": list(content.items)}
            connection.execute(INSERT_PAPER_ITEMS, items)

    def papers(self, as_of: datetime | None = None) -> Sequence[PaperRecord]:
        """As Register.papers."""
        selected = SELECT_PAPERS if as_of is None else SELECT_PAPERS_AT
        with self._engine.begin() as connection:
            found = connection.execute(selected, {"plan": self._plan, "paper_id": None, "as_of": as_of})
            return [paper_record(row) for row in found]

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


def _figure_texts(figures: Sequence[Figure], path: str) -> list[Figure]:
    """The figures once each: a figure printed in the table and in the prose is one, and must read the same."""
    once: dict[str, Figure] = {}
    for figure in figures:
        if once.setdefault(figure.key, figure).text != figure.text:
            raise ConflictError(f"{path}: figure {figure.key} reads {once[figure.key].text} and {figure.text}")
    return list(once.values())


def _redrafted(path: str, times: int) -> str:
    """Where a draft stands that was made again: 催办通知单-MH-重拟1.docx."""
    return f"{path.removesuffix('.docx')}{signing_texts.REDRAFT_SUFFIX.format(times=times)}"


def _remark(rejected: Row[tuple[object, ...]]) -> str:
    return signing_texts.REDRAFTED.format(id=rejected.paper_id, by=rejected.done_by, remark=rejected.why)


def paper_record(row: Row[tuple[object, ...]]) -> PaperRecord:
    """A stored paper; a row of select_papers brings its signature and delivery."""
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
        signature=_signature(row),
        delivered_at=getattr(row, "delivered_at", None),
    )


def _signature(row: Row[tuple[object, ...]]) -> Signature | None:
    if getattr(row, "signed_by", None) is None:
        return None
    return Signature(row.signed_by, row.signed_at, row.dated, row.signed_path, row.signed_sha256)
