"""The board's pages as the web renders them, without a server around it; and what their statements touch."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from fastapi import Response
from sqlalchemy import Connection, Engine, event, text

from duban.adapters.settings import Settings
from duban.core.access import Viewer, ViewerRole
from duban.wiring import App
from fakes.growing import touched_by, without_comment
from fakes.province import Province

BUREAU = Viewer("wang", ViewerRole.BUREAU)
Asked = list[tuple[str, Mapping[str, object]]]


def app_of(province: Province, engine: Engine, home: Path) -> App:
    """The product on that plan."""
    app = App(Settings(home=home), engine=engine)
    app.__dict__["plan"] = province.plan
    return app


def pages_of(app: App, paper_id: int, written: int) -> Mapping[str, Callable[[], Response]]:
    """Each page, opened at the latest instant; `paper_id` is one with a figure, `written` one with its text."""
    from duban.web import app as web
    from duban.web.pages import Language, Page

    def page() -> Page:
        latest = app.board.latest()
        return Page(BUREAU, app.board, latest, latest, Language.ZH, asked=False, path="/duban/")

    code = app.plan.offices[len(app.plan.offices) // 2].code
    return {
        "总览": lambda: web.overview(page()),
        "总览 last page": lambda: web.overview(page(), 10_000),
        "办事处": lambda: web.office(code, page()),
        "报送": lambda: web.returns(page()),
        "报送 older weeks": lambda: web.returns(page(), 1, 3),
        "公文": lambda: web.papers(page()),
        "one paper": lambda: web.paper(written, page()),
        "one figure": lambda: web.figure(paper_id, "district.known", page()),
        "指标": lambda: web.rules(page()),
    }


@contextmanager
def listening(engine: Engine) -> Iterator[Asked]:
    """The statements that are asked meanwhile."""
    asked: Asked = []

    def note(
        _connection: Connection, _cursor: object, statement: str, values: Mapping[str, object], *_rest: object
    ) -> None:
        asked.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def touched(engine: Engine, asked: Asked, *, by_index: bool = False) -> tuple[int, int]:
    """Rows and buffers that these statements touch, all together."""
    rows = buffers = 0
    with engine.connect() as connection:
        connection.execute(text(f"set local enable_seqscan = {'off' if by_index else 'on'}"))
        for statement, values in asked:
            explained = f"explain (analyze, buffers, format json) {without_comment(statement)}"
            told = connection.exec_driver_sql(explained, dict(values)).scalar_one()
            one, two = touched_by(told)
            rows, buffers = rows + one, buffers + two
    return rows, buffers
