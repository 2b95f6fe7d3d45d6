"""A page of the board costs no more after three years than once its windows are full (performance.md §4)."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import Engine

from fakes.pages import app_of, listening, pages_of, touched
from fakes.province import Province

# A page shows thirty returns of an office, thirteen weeks, a hundred papers: before there are so many it must grow.
EARLY, LATE = 40, 150
MOST = 1.10
OFFICES, COMPOUNDS = 3, 10
PAGES = ("总览", "总览 last page", "办事处", "报送", "报送 older weeks", "公文", "one paper", "one figure", "指标")


@pytest.fixture(scope="module")
def found(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[tuple[int, int]]]:
    """By page the rows that its statements touch, and how many statements there are: early, late."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AIRFLOW_HOME", str(tmp_path_factory.mktemp("airflow")))
        return _found(engine, tmp_path_factory.mktemp("home"))


def _found(engine: Engine, home: Path) -> Mapping[str, list[tuple[int, int]]]:
    province = Province(engine, OFFICES, COMPOUNDS, letter_every=1)
    told: dict[str, list[tuple[int, int]]] = {name: [] for name in PAGES}
    for weeks in (EARLY, LATE):
        province.grow(weeks)
        app = app_of(province, engine, home)
        assert province.now in app.keeping_snapshots.run(province.now)
        report = weeks * 100_000 + 1
        for name, page in pages_of(app, report, report).items():
            with listening(engine) as asked:
                page()
            # The tables of three offices are a few pages each, which PostgreSQL rightly reads whole; asked is whether
            # there is an index by which it need not.
            told[name].append((touched(engine, asked, by_index=True)[0], len(asked)))
    return told


@pytest.mark.parametrize("name", PAGES)
def test_a_page_touches_no_more_after_three_years(name: str, found: Mapping[str, list[tuple[int, int]]]) -> None:
    (early_rows, early_questions), (late_rows, late_questions) = found[name]

    assert early_questions == late_questions
    assert late_rows <= early_rows * MOST
