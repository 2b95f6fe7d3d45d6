"""The board inside the real Airflow: who gets in. Its routes are listed by the application itself."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from duban.core.access import Viewer, ViewerRole

if TYPE_CHECKING:
    from fastapi.testclient import TestClient
    from httpx import Response

VALUES = {
    "code": "MH",
    "return_id": "1",
    "place": "0",
    "paper_id": "1",
    "key": "district.known",
    "dag_id": "sign_and_issue",
    "run_id": "manual",
    "path": "validations/work_ledger.html",
}
OFFICE = Viewer("jinghang", ViewerRole.OFFICE, "JH")
SUPERVISION = Viewer("ducha", ViewerRole.SUPERVISION)
DATA_TEAM = Viewer("shuju", ViewerRole.DATA_TEAM)
BUREAU = Viewer("fangguan", ViewerRole.BUREAU)


@pytest.fixture(scope="module")
def airflow_app(home: Path) -> "Iterator[TestClient]":
    """Airflow's own API server, in process, with the plugin mounted."""
    from airflow.api_fastapi.app import create_app
    from fastapi.testclient import TestClient

    with TestClient(create_app(), follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def board() -> FastAPI:
    from duban.web.app import create_board

    return create_board()


def addresses(board: FastAPI) -> list[str]:
    paths = (route.path.replace(":path", "") for route in board.routes if isinstance(route, APIRoute))
    return [path.format(**VALUES) for path in paths]


@pytest.fixture(scope="module")
def token(airflow_app: "TestClient", home: Path) -> str:
    password = json.loads((home / "airflow" / "passwords.json").read_text("utf-8"))["admin"]
    answer = airflow_app.post("/auth/token", json={"username": "admin", "password": password})
    return str(answer.json()["access_token"])


def test_no_route_answers_the_anonymous(airflow_app: "TestClient", board: FastAPI) -> None:
    """401 everywhere, with the way to the log-in and nothing else; nothing but routes is mounted."""
    assert {type(route) for route in board.routes} == {APIRoute}
    for address in addresses(board):
        answer = airflow_app.get(f"/duban{address}")
        assert (answer.status_code, "<table" in answer.text) == (401, False), address
        assert "登录" in answer.text


def test_a_forged_token_is_no_log_in(airflow_app: "TestClient", board: FastAPI) -> None:
    for address in addresses(board):
        answer = airflow_app.get(f"/duban{address}", headers={"Authorization": "Bearer forged"})
        assert answer.status_code in {401, 403}, address


def test_no_route_changes_anything(board: FastAPI) -> None:
    """The board only reads: every route answers GET alone, so there is nothing that a forged request could do."""
    assert {method for route in board.routes if isinstance(route, APIRoute) for method in route.methods} == {"GET"}


def test_a_user_whom_nobody_listed_reads_nothing(
    airflow_app: "TestClient", board: FastAPI, token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Logged in with Airflow is not enough."""
    nobody = tmp_path / "access.yaml"
    nobody.write_text("users: {}", "utf-8")
    from duban.orchestration.tasks import close_apps

    close_apps()
    monkeypatch.setenv("DUBAN_ACCESS", str(nobody))
    try:
        for address in addresses(board):
            answer = airflow_app.get(f"/duban{address}", headers={"Authorization": f"Bearer {token}"})
            assert (answer.status_code, "<table" in answer.text) == (403, False), address
    finally:
        close_apps()


def test_the_administrator_reads_every_page(airflow_app: "TestClient", token: str) -> None:
    """In an installation that has received nothing yet; both languages; the cookie of Airflow's pages will do."""
    airflow_app.cookies.set("_token", token)
    try:
        for place in ("", "offices/MH", "returns", "papers", "rules"):
            for language, heading in (("zh", "督办看板"), ("en", "Supervision board")):
                answer = airflow_app.get(f"/duban/{place}?lang={language}")
                assert answer.status_code == 200, (place, answer.text)
                assert f"<h1>{heading}</h1>" in answer.text
    finally:
        airflow_app.cookies.clear()


def answers_to(viewer: Viewer, board: FastAPI) -> "dict[str, Response]":
    """What every route answers to a reader."""
    return asking(viewer, board, *addresses(board))


def asking(viewer: Viewer, board: FastAPI, *places: str) -> "dict[str, Response]":
    """What these addresses answer to a reader."""
    from fastapi.testclient import TestClient

    from duban.web.auth import reader

    board.dependency_overrides[reader] = lambda: viewer
    try:
        client = TestClient(board, follow_redirects=False)
        return {place: client.get(place) for place in places}
    finally:
        board.dependency_overrides.clear()


def test_the_supervision_office_reads_every_office(board: FastAPI, home: Path) -> None:
    """Overview, all offices, all lists; what went back to an office holds telephones, and is not for it."""
    codes = {address: answer.status_code for address, answer in answers_to(SUPERVISION, board).items()}

    assert codes["/"] == codes["/offices/MH"] == codes["/returns"] == codes["/papers"] == codes["/rules"] == 200
    assert codes["/returns/1/files/0"] == 404
    assert codes["/data-docs"] == codes["/data-docs/validations/work_ledger.html"] == 404


@pytest.fixture
def data_docs(home: Path) -> Iterator[Path]:
    """A site as Great Expectations leaves it, with a link that leads out of it."""
    site = home / "data-docs"
    (site / "validations").mkdir(parents=True)
    (site / "index.html").write_text("<h1>needs scripts</h1>", "utf-8")
    (site / "validations" / "work_ledger.html").write_text("<h1>Validation</h1>", "utf-8")
    (site / "style.css").write_text("h1 {}", "utf-8")
    (site / "notes.txt").write_text("a kind that no site has", "utf-8")
    (home / "secret.html").write_text("secret", "utf-8")
    (site / "out.html").symlink_to(home / "secret.html")
    yield site
    shutil.rmtree(site)
    (home / "secret.html").unlink()


@pytest.mark.parametrize("viewer", [DATA_TEAM, BUREAU])
def test_data_docs_are_for_data_team_and_bureau(viewer: Viewer, board: FastAPI, home: Path, data_docs: Path) -> None:
    """Linked from every page of theirs; shown without scripts and without anything from elsewhere."""
    answers = answers_to(viewer, board)
    listing, page = answers["/data-docs"], answers["/data-docs/validations/work_ledger.html"]

    assert "/duban/data-docs" in answers["/"].text
    assert "/duban/data-docs/validations/work_ledger.html" in listing.text
    assert (page.text, page.headers["content-type"]) == ("<h1>Validation</h1>", "text/html; charset=utf-8")
    policy = page.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-same-origin; default-src 'none'")
    assert "script-src" not in policy
    assert "https:" not in policy


def test_data_docs_are_for_nobody_else(board: FastAPI, home: Path, data_docs: Path) -> None:
    for viewer in (OFFICE, SUPERVISION):
        answers = answers_to(viewer, board)
        assert (
            answers["/data-docs"].status_code == answers["/data-docs/validations/work_ledger.html"].status_code == 404
        )
        assert not any("data-docs" in answer.text for answer in answers.values())


def test_data_docs_give_nothing_but_themselves(board: FastAPI, home: Path, data_docs: Path) -> None:
    """No path leads out, whatever way it is written; kinds that no site has are not there; the first page is ours."""
    asked = (
        "../secret.html",
        "..%2Fsecret.html",
        "%2e%2e/secret.html",
        "out.html",
        "notes.txt",
        "validations",
        "a%00.html",
    )
    got = asking(DATA_TEAM, board, *(f"/data-docs/{path}" for path in (*asked, "style.css", "index.html")))

    assert [got[f"/data-docs/{path}"].status_code for path in asked] == [404] * len(asked)
    assert got["/data-docs/style.css"].headers["content-type"] == "text/css; charset=utf-8"
    assert got["/data-docs/index.html"].headers["location"] == "/duban/data-docs"
    assert not any("secret" in answer.text for answer in got.values())


def test_the_tab_of_a_run_leads_to_what_the_run_is_about(board: FastAPI, home: Path) -> None:
    """The paper that it asks about; of any other run the papers up to its instant."""
    from duban.web.runs import place_of_run

    assert place_of_run("sign_and_issue", "paper-12") == ("papers/12", "")
    assert place_of_run("weekly_report", "scheduled__2018-07-27T09:00:00+00:00") == (
        "papers",
        "2018-07-27T09:00:00+00:00",
    )
    assert place_of_run("weekly_report", "by-hand") == ("papers", "")
    [location] = [
        answer.headers["location"] for address, answer in answers_to(SUPERVISION, board).items() if "/runs/" in address
    ]
    assert location.startswith("/duban/papers")


def test_an_office_gets_nothing_of_another(board: FastAPI, home: Path) -> None:
    """Its own page and lists come; another's page, papers and files are not there for it."""
    answers = answers_to(OFFICE, board)
    codes = {address: answer.status_code for address, answer in answers.items()}

    assert codes["/"] == codes["/offices"] == 303
    assert answers["/"].headers["location"].startswith("/duban/offices/JH")
    assert codes["/returns"] == codes["/papers"] == codes["/rules"] == 200
    others = {address: code for address, code in codes.items() if any(char.isdigit() for char in address)}
    assert codes["/offices/MH"] == 404
    assert others
    assert set(others.values()) == {404}
    assert not any("明湖" in answer.text for answer in answers.values())


def test_the_board_stands_in_airflows_navigation(airflow_app: "TestClient", token: str) -> None:
    """At the top level, and as a tab on runs."""
    answer = airflow_app.get("/api/v2/plugins", headers={"Authorization": f"Bearer {token}"})
    [ours] = [plugin for plugin in answer.json()["plugins"] if plugin["name"] == "duban"]

    assert {view["destination"] for view in ours["external_views"]} == {"nav", "dag_run"}
