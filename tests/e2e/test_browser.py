"""The board and the required actions in a real browser, at a real Airflow (issue 6; domain.md §7)."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from fakes.browsing import DESK, PHONE, barriers, browser, keep_picture, overflow, somebody
from fakes.installation import PERSONS, Installation, running, wait_for

# Five minutes of a browser and an Airflow of its own.
pytestmark = pytest.mark.long
expect.set_options(timeout=60_000)
REVIEWER, SIGNER = PERSONS.values()
UNTIL, COLLECTED = date(2018, 8, 24), "2018-08-24T17:30:00+08:00"
CUTOFF, MORNING = "2018-08-24T17:00:00+08:00", "2018-08-13T08:30:00+08:00"
EARLIER = "2018-08-17 17:00"
AS_OF = "as_of=2018-08-24T17:00:00%2B08:00"
"""Asked for, because this duban's own schedule goes on collecting in the present."""


@dataclass(frozen=True)
class Papers:
    """What was drafted: the ids of the weekly report and of a letter."""

    report: int
    letter: int


@pytest.fixture(scope="module")
def duban() -> Iterator[Installation]:
    """Five weeks of a simulated season, collected by the DAGs of a duban of its own."""
    users = ",".join(f"{person}={user}" for person, user in PERSONS.items())
    with TemporaryDirectory(prefix="duban-") as folder, running(Path(folder), DUBAN_AIRFLOW_USERS=users) as installed:
        inbox = str(Path(folder) / "inbox")
        made = installed.duban("simulate", inbox, "--until", str(UNTIL), "--seed", "7", "--mess", "1")
        assert made.returncode == 0, made.stderr
        token = installed.log_in()
        for dag, as_of in (("collect_returns", COLLECTED), ("watch_deadlines", MORNING), ("weekly_report", CUTOFF)):
            run = installed.trigger(dag, token, as_of=as_of)
            assert installed.state_of(dag, run, token) == "success", dag
        yield installed


def listed(duban: Installation) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(duban.duban("papers", "--json").stdout)
    return found


@pytest.fixture(scope="module")
def papers(duban: Installation) -> Papers:
    """The drafts that wait."""
    waiting = {paper["kind"]: paper["id"] for paper in listed(duban) if paper["state"] == "drafted"}
    return Papers(waiting["weekly_report"], waiting["urge"])


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


def press(page: Page, duban: Installation, question: str, button: str) -> None:
    """Answer a question in Airflow's page of required actions, nothing filled in."""
    page.goto(f"{duban.url}/required_actions")
    page.get_by_role("link", name=question).click()
    answer = page.get_by_role("button", name=button, exact=True)
    expect(answer).to_be_enabled()
    keep_picture(page, f"question-{button}", whole=False)
    answer.click()
    expect(answer).to_be_disabled()


def of(duban: Installation, paper: int) -> dict[str, Any]:
    return next(one for one in listed(duban) if one["id"] == paper)


def test_a_paper_is_reviewed_and_signed_by_buttons_alone(
    duban: Installation, chromium: Browser, papers: Papers
) -> None:
    """Then it stands on the board with its number, and the file that is downloaded bears it.

    The weekly report: a letter would be judged again at its signature, and withdrawn where all has come meanwhile.
    """
    paper = papers.report
    with somebody(chromium, duban, REVIEWER) as page:
        press(page, duban, f"请核稿：第 {paper} 号文书", "通过")
        assert wait_for(lambda: of(duban, paper)["state"], lambda state: state != "drafted") == "reviewed"
    with somebody(chromium, duban, SIGNER) as page:
        press(page, duban, f"请签发：第 {paper} 号文书", "签发")
        assert wait_for(lambda: of(duban, paper)["state"], lambda state: state != "reviewed") == "signed"

        page.goto(f"{duban.url}/duban/papers/{paper}")
        number = of(duban, paper)["number"]
        assert number in page.inner_text("main")
        with page.expect_download() as download:
            page.get_by_role("link", name="下载 .docx").click()
        content = Path(download.value.path()).read_bytes()
    xml = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert number in re.sub(r"<[^>]+>", "", xml)


def test_the_proof_of_a_letter_is_two_clicks_from_the_question(
    duban: Installation, chromium: Browser, papers: Papers
) -> None:
    """Who is asked to sign reads the paper and what it rests on."""
    with somebody(chromium, duban, SIGNER) as page:
        page.goto(f"{duban.url}/duban/papers/{papers.letter}")
        page.get_by_role("link", name="证据清单").click()

        expect(page.get_by_role("heading", level=2)).to_contain_text("证据清单")
        expect(page.locator("table.evidence tbody tr").first).to_contain_text("未收到")
        keep_picture(page, "evidence")


def test_a_figure_leads_to_the_cells_that_it_counts(duban: Installation, chromium: Browser, papers: Papers) -> None:
    """From the weekly report to an address in an office's workbook."""
    with somebody(chromium, duban) as page:
        page.goto(f"{duban.url}/duban/papers/{papers.report}")
        figures = page.locator("a.figure")
        assert figures.count() > 20
        page.locator("a.figure[href*='district.committees.done'], a.figure[href*='district.known']").first.click()

        expect(page.get_by_role("heading", level=2)).to_contain_text("数字溯源")
        page.locator("a.whole").click()
        expect(page.locator("main")).to_contain_text("重新计算一致", timeout=30_000)
        assert re.search(r"\b[A-Z]{1,2}\d+\b", page.inner_text("main"))
        keep_picture(page, "figure", whole=False)


def pages(papers: Papers) -> dict[str, str]:
    """Every page of the board, by the name of its picture."""
    return {
        "overview": "",
        "office": "offices/MH",
        "returns": "returns",
        "papers": "papers",
        "paper": f"papers/{papers.report}",
        "rules": "rules",
    }


@pytest.mark.parametrize(("device", "size"), [("desk", DESK), ("phone", PHONE)])
def test_every_page_is_open_to_everybody_and_fits(
    duban: Installation, chromium: Browser, papers: Papers, device: str, size: tuple[int, int]
) -> None:
    """axe-core finds nothing grave, in Chinese and in English; nothing runs out of the window sideways."""
    with somebody(chromium, duban, size=size) as page:
        for name, place in pages(papers).items():
            for language in ("zh", "en"):
                page.goto(f"{duban.url}/duban/{place}?{AS_OF}&lang={language}")
                assert barriers(page) == [], (name, language)
                assert overflow(page) <= 0, (name, language)
                if language == "zh":
                    keep_picture(page, f"{name}-{device}")


def test_the_slider_asks_for_an_earlier_cutoff(duban: Installation, chromium: Browser) -> None:
    """One step back from a cut-off is the one before it; every page keeps it."""
    with somebody(chromium, duban) as page:
        page.goto(f"{duban.url}/duban/?{AS_OF}")
        slider = page.locator("#cutoffs")
        slider.focus()
        slider.press("ArrowLeft")
        page.wait_for_url("**as_of=2018-08-17T17*")

        expect(page.get_by_role("heading", level=2)).to_contain_text(EARLIER)
        page.get_by_role("link", name="报送").click()
        expect(page.get_by_role("heading", level=2)).to_contain_text(EARLIER)


def test_the_board_works_inside_airflow(duban: Installation, chromium: Browser) -> None:
    """In its frame, links stay inside and files come."""
    with somebody(chromium, duban) as page:
        page.get_by_role("link", name="督办看板").click()
        frame = page.frame_locator("iframe")
        frame.get_by_role("link", name="公文").click()
        expect(frame.get_by_role("heading", level=2)).to_contain_text("公文")
        keep_picture(page, "inside-airflow", whole=False)
        with page.expect_download() as download:
            frame.get_by_role("link", name=".docx").first.click()
        assert download.value.suggested_filename.endswith(".docx")
