"""The supervision board 督办看板: pages that only read, each behind Airflow's log-in. No route changes anything."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import PurePosixPath
from typing import Annotated, TypeVar
from urllib.parse import quote

from fastapi import Depends, FastAPI, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from duban.core.access import Viewer
from duban.core.errors import UserError
from duban.core.evidence_texts import COLUMNS
from duban.core.plan_heads import name_and_plan
from duban.core.weeks import ZONE
from duban.pipeline.board import Board
from duban.web.auth import login_url, reader
from duban.web.data_docs import docs_page
from duban.web.pages import MOUNT, SLIDER_HASH, Language, Page, refusal, render
from duban.web.runs import place_of_run

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": f"default-src 'none'; style-src 'unsafe-inline'; script-src '{SLIDER_HASH}'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}

SITE_POLICY = (
    "sandbox allow-same-origin; default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
"""Of the Data Docs' own pages: no scripts, nothing from elsewhere. Of this origin, so that styles come with log-in."""
SITE_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".otf": "font/otf",
}
FIRST_PAGE = "index.html"

T = TypeVar("T")
Reader = Annotated[Viewer, Depends(reader)]


def board(viewer: Reader) -> Board:
    """The read model of the reader's plan, opened once in a process."""
    from duban.orchestration.tasks import app  # noqa: PLC0415 - opens the database

    return app(viewer.plan).board


Model = Annotated[Board, Depends(board)]


def page_of(request: Request, viewer: Reader, model: Model, as_of: str = "", lang: Language = Language.ZH) -> Page:
    """What every page shows: who reads, which instant, which language."""
    latest = model.latest()
    moment, path = _instant(as_of, latest), request.url.path
    return Page(viewer, model, latest, moment, lang, asked=bool(as_of), path=path, districts=_districts(viewer))


def _districts(viewer: Viewer) -> dict[str, str]:
    """Those that the reader may turn to."""
    from duban.orchestration.tasks import districts  # noqa: PLC0415 - as above

    return {key: name for key, name in districts().items() if key in viewer.plans}


def _instant(text: str, latest: datetime) -> datetime:
    """The instant asked for; the latest one where none is, or one later than it."""
    if not text:
        return latest
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError as error:
        raise HTTPException(422, "as_of") from error
    return min(moment if moment.tzinfo else moment.replace(tzinfo=ZONE), latest)


Shown = Annotated[Page, Depends(page_of)]


def overview(page: Shown, part: int = 1) -> Response:
    """总览; an office is led to its own page."""
    if page.viewer.office is not None:
        return RedirectResponse(page.link(f"offices/{page.viewer.office}"), 303)
    return render("overview", page, view=page.board.overview(page.as_of, part))


def offices(page: Shown) -> Response:
    """办事处: the reader's own, or the first of the plan."""
    code = page.viewer.office or page.board.plan.offices[0].code
    return RedirectResponse(page.link(f"offices/{code}"), 303)


def office(code: str, page: Shown) -> Response:
    """One office."""
    return render("office", page, code=code, view=_found(page.board.office(code, page.as_of, page.viewer)))


def returns(page: Shown, part: int = 1, span: int = 1) -> Response:
    """报送, a part of the offices by a span of weeks."""
    return render("returns", page, view=page.board.returns(page.as_of, page.viewer, part, span))


def papers(page: Shown, part: int = 1) -> Response:
    """公文: the register, a part of it."""
    return render("papers", page, view=page.board.paperwork.papers(page.as_of, page.viewer, part))


def paper(paper_id: int, page: Shown) -> Response:
    """One paper, its figures leading to where they came from."""
    return render("paper", page, view=_found(page.board.paperwork.paper(paper_id, page.viewer)))


def figure(paper_id: int, key: str, page: Shown, whole: bool = False) -> Response:  # noqa: FBT001, FBT002 - a query
    """One figure and the returns it came from; `whole`: worked out anew, down to the archived cells."""
    view = _found(page.board.paperwork.figure(paper_id, key, page.viewer, whole=whole))
    return render("figure", page, view=view, paper_id=paper_id, key=key)


def evidence(paper_id: int, page: Shown) -> Response:
    """What a letter rests on: for each item what was due, and every file that came for it."""
    return render("evidence", page, view=_found(page.board.paperwork.evidence(paper_id, page.viewer)), columns=COLUMNS)


def run(dag_id: str, run_id: str, page: Shown) -> Response:
    """The tab of a run in Airflow: the paper that it asks about, else the papers up to the run's instant."""
    _, plan = name_and_plan(dag_id)
    return RedirectResponse(page.link(*place_of_run(dag_id, run_id), **({"plan": plan} if plan else {})), 303)


def rules(page: Shown) -> Response:
    """指标."""
    return render("rules", page, rules=page.board.rules())


def data_docs(page: Shown) -> Response:
    """What there is of Data Docs; Great Expectations' own first page needs scripts of other hosts."""
    return render("data_docs", page, docs=docs_page(_found(page.board.data_docs(page.viewer))))


def data_docs_file(path: str, viewer: Reader, model: Model) -> Response:
    """A page of Data Docs, or a style or picture of it; no script of theirs runs in Airflow's name."""
    content = _found(model.data_docs_file(path, viewer))
    if path == FIRST_PAGE:
        return RedirectResponse(f"{MOUNT}/data-docs", 303)
    kind = SITE_TYPES[PurePosixPath(path).suffix]
    return Response(content, media_type=kind, headers={"Content-Security-Policy": SITE_POLICY})


def docx(paper_id: int, viewer: Reader, model: Model) -> Response:
    """A paper's file."""
    return _download(*_found(model.paperwork.docx(paper_id, viewer)), DOCX)


def evidence_book(paper_id: int, viewer: Reader, model: Model) -> Response:
    """The 证据清单 that goes with a letter."""
    return _download(*_found(model.paperwork.evidence_book(paper_id, viewer)), XLSX)


def answer(return_id: int, place: int, viewer: Reader, model: Model) -> Response:
    """A file that went back to an office for a return."""
    return _download(*_found(model.paperwork.answer(return_id, place, viewer)), "application/octet-stream")


ROUTES: dict[str, Callable[..., Response]] = {
    "/": overview,
    "/offices": offices,
    "/offices/{code}": office,
    "/returns": returns,
    "/returns/{return_id}/files/{place}": answer,
    "/data-docs": data_docs,
    "/data-docs/{path:path}": data_docs_file,
    "/papers": papers,
    "/papers/{paper_id}": paper,
    "/papers/{paper_id}/docx": docx,
    "/papers/{paper_id}/evidence": evidence,
    "/papers/{paper_id}/evidence/xlsx": evidence_book,
    "/papers/{paper_id}/figures/{key}": figure,
    "/rules": rules,
    "/runs/{dag_id}/{run_id}": run,
}


def create_board() -> FastAPI:
    """The application. Its own documentation pages are off: they would be open to everybody."""
    application = FastAPI(
        title="督办看板", docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(reader)]
    )
    for path, endpoint in ROUTES.items():
        application.add_api_route(path, endpoint, methods=["GET"], response_class=HTMLResponse, response_model=None)
    application.add_exception_handler(HTTPException, _refused)
    application.add_exception_handler(UserError, _told)
    application.middleware("http")(_guarded)
    return application


async def _guarded(request: Request, follow: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await follow(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _refused(request: Request, error: Exception) -> Response:
    """An anonymous reader is told where to log in; whoever may not read a thing learns no more than that."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    language = Language.EN if request.query_params.get("lang") == Language.EN else Language.ZH
    return HTMLResponse(refusal(status, language, login_url() if status == 401 else ""), status)


def _told(_request: Request, error: Exception) -> Response:
    return HTMLResponse(refusal(404, Language.ZH, "", str(error)), 404)


def _found(view: T | None) -> T:
    """What there is; HTTP 404 where there is nothing, or nothing for this reader: both look the same."""
    if view is None:
        raise HTTPException(404)
    return view


def _download(name: str, content: bytes, media_type: str) -> Response:
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(content, media_type=media_type, headers={"Content-Disposition": disposition})
