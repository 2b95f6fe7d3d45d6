"""Data Docs: Great Expectations' own site over our suites and our history (issue 3, item 3)."""

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from duban.adapters.expectations import DataDocs, ExpectationsRecord
from duban.core.errors import InternalError
from duban.core.gate.executor import Gate
from duban.pipeline.ports import ValidationRun
from fakes.judged import at
from fakes.made_returns import CHECKER, SUITES, book, check

IN_A_CELL = "只在单元格里的小区"
EXTERNAL = re.compile(r"great-expectations-web-assets|greatexpectations\.io/newsletter|utm_source")


@pytest.fixture(scope="module")
def runs() -> list[ValidationRun]:
    """Two real runs over a return with a faulty cell, as judging records them."""
    record = ExpectationsRecord(SUITES)
    result = check(book(work=[{"name": IN_A_CELL, "kind": IN_A_CELL}], project=[{"name": IN_A_CELL}]))
    found = []
    for number in (1, 2):
        recorded = record.validate({number: result.frames}, CHECKER.parameters)
        moment = at("09-07 17:00") + timedelta(weeks=number)
        found.append(ValidationRun(moment, CHECKER.rules_version, (number,), recorded.summary))
    return found


@pytest.fixture(scope="module")
def site(runs: list[ValidationRun], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return DataDocs(SUITES).build(runs, tmp_path_factory.mktemp("home") / "data-docs").parent


def texts(site: Path) -> Mapping[str, str]:
    files = (*site.glob("**/*.html"), *site.glob("**/*.css"))
    return {str(file.relative_to(site)): file.read_text("utf-8") for file in files}


def test_every_suite_has_its_page_with_every_rule(site: Path) -> None:
    """By the name of the suite; each rule by its Chinese description."""
    for name, suite in SUITES.items():
        page = (site / "expectations" / f"{name}.html").read_text("utf-8")
        for entry in suite["expectations"]:
            assert entry["description"] in page, (name, entry["meta"]["rule"])


def test_every_run_has_a_page_for_each_suite_that_looked_at_something(site: Path, runs: list[ValidationRun]) -> None:
    """Linked from the first page, named by its rules and its returns."""
    index = (site / "index.html").read_text("utf-8")
    pages = sorted(str(page.relative_to(site)) for page in site.glob("validations/**/*.html"))

    for suite in ("cover", "work_ledger", "project_ledger", "activities"):
        mine = [page for page in pages if page.startswith(f"validations/{suite}/rules-{CHECKER.rules_version}/")]
        assert [page.rpartition("/")[2] for page in mine] == ["returns-1-1.html", "returns-2-2.html"]
        assert all(page in index for page in mine)


def test_a_violated_rule_is_shown_as_failed(site: Path) -> None:
    """R02 of the one cell that it looked at."""
    [page, _] = sorted(site.glob("validations/work_ledger/**/*.html"))
    text = re.sub(r"(<[^>]+>|\s)+", " ", page.read_text("utf-8"))

    assert "Status: Failed" in text
    assert re.search("不在可选项内：小区类型.{0,60}100% unexpected", text)


def test_whether_a_rule_was_kept_is_seen_without_anything_from_elsewhere(site: Path) -> None:
    """The library tells it by icons of a public style sheet, which the board does not let in."""
    for page in site.glob("validations/**/*.html"):
        text = page.read_text("utf-8")
        icons = set(re.findall(r'class="fas (fa-[a-z-]+)', text))
        assert icons
        assert {icon for icon in icons if f".{icon}::before" not in text} == set()


def test_no_value_of_a_cell_is_in_it(site: Path) -> None:
    """Counts only: the site may lie on a share."""
    assert [name for name, text in texts(site).items() if IN_A_CELL in text] == []


def test_its_pages_do_not_call_home(site: Path) -> None:
    """The library's own pages send an id of the installation with every visit."""
    assert [name for name, text in texts(site).items() if EXTERNAL.search(text)] == []


def test_building_again_takes_the_place_of_the_site_before(runs: list[ValidationRun], tmp_path: Path) -> None:
    """Nothing of the old one is left, and nothing of the workshop."""
    docs, folder = DataDocs(SUITES), tmp_path / "data-docs"
    docs.build(runs, folder)
    assert docs.build(runs[1:], folder) == folder / "index.html"

    assert {page.name for page in folder.glob("validations/**/*.html")} == {"returns-2-2.html"}
    assert [entry.name for entry in tmp_path.iterdir()] == ["data-docs"]


def test_a_site_without_runs_still_shows_the_suites(tmp_path: Path) -> None:
    """Before the first return."""
    index = DataDocs(SUITES).build([], tmp_path / "data-docs")

    assert len(list((index.parent / "expectations").glob("*.html"))) == len(SUITES)


def test_a_failed_build_leaves_the_site_before(
    runs: list[ValidationRun], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two runs under one name would be one page: refused, and the site stays."""
    folder = tmp_path / "data-docs"
    DataDocs(SUITES).build(runs, folder)
    with pytest.raises(InternalError, match="Data Docs hold"):
        DataDocs(SUITES).build([runs[0], runs[0]], folder)

    assert {page.name for page in folder.glob("validations/**/*.html")} == {"returns-1-1.html", "returns-2-2.html"}
    assert [entry.name for entry in tmp_path.iterdir()] == ["data-docs"]


def test_the_record_goes_on_after_the_site_was_built(site: Path) -> None:
    """Both in one process: the library keeps a context of the process."""
    frames = check(book()).frames
    recorded: Any = ExpectationsRecord(SUITES).validate({3: frames}, CHECKER.parameters)

    assert recorded.spots == frozenset()
    assert {rule.table for rule in Gate(SUITES).rules} >= set(recorded.summary["tables"])
