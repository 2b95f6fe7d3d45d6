"""The record of `make test-long`: of which commit and day it is, and that it hides nothing."""

from datetime import UTC, datetime
from pathlib import Path

from long_record import BEGIN, crash_points, record, storm, write

REPORT = """<testsuites><testsuite time="90.0">
<testcase classname="tests.unit.test_a" name="test_one"/>
<testcase classname="tests.unit.test_a" name="test_two"><skipped message="not provided: no font"/></testcase>
<testcase classname="tests.unit.test_b" name="test_three"><failure message="no">E</failure></testcase>
<testcase classname="tests.unit.test_b" name="test_four"><error message="no">E</error></testcase>
</testsuite></testsuites>"""
MOMENT = datetime(2018, 7, 30, 8, 30, tzinfo=UTC)


def written(folder: Path, report: str) -> str:
    file = folder / "junit-unit.xml"
    file.write_text(report, "utf-8")
    return record(file, "1a2b3c4-dirty", MOMENT)


def test_the_record_names_day_commit_and_what_failed(tmp_path: Path) -> None:
    """A set-up that failed is a failure."""
    told = written(tmp_path, REPORT)

    assert told.startswith("2018-07-30 08:30 UTC, commit 1a2b3c4-dirty: 2 failed; 2 minutes of testing.")
    assert "- `tests.unit.test_b::test_three`" in told
    assert "- `tests.unit.test_b::test_four`" in told


def test_the_record_counts_and_tells_why_anything_was_skipped(tmp_path: Path) -> None:
    told = written(tmp_path, REPORT)

    assert "\n1 passed, 2 failed, 1 skipped.\n" in told
    assert "- 1 × not provided: no font" in told


def test_a_run_without_a_failure_says_so(tmp_path: Path) -> None:
    clean = "".join(line for line in REPORT.splitlines() if "failure" not in line and "error" not in line)

    assert "every test that ran passed" in written(tmp_path, clean)


def test_a_kind_that_is_run_again_takes_the_place_of_its_own_record_alone(tmp_path: Path) -> None:
    """Kinds take an hour each: they are run on days, and commits, of their own."""
    page = tmp_path / "page.md"
    page.write_text(f"# The page\n\n{BEGIN}\n\nNot run yet.\n", "utf-8")

    write(page, "unit", "one failed")
    write(page, "dags", "ten passed")
    write(page, "unit", "all passed")

    assert page.read_text("utf-8") == f"# The page\n\n{BEGIN}\n\n## dags\n\nten passed\n\n## unit\n\nall passed\n"


def test_the_storm_tells_what_struck_nothing_and_what_was_different() -> None:
    report = {"weeks": 52, "offices": 14, "ticks": 2000, "papers": 600, "numbers": 300, "mails": 100, "retries": 1}
    seconds = {"mean_seconds": 1.23, "most_seconds": 9.9}
    told = storm(
        report | seconds | {"faults": {"kill -9": 4}, "missed": {"kill -9": 1}, "defects": ["x"]}, "1a2b3c4", MOMENT
    )

    assert "52 weeks, 14 offices, 2000 ticks; 1 defects." in told
    assert "kill -9 4; 1 of them struck nothing." in told


def test_the_crash_points_are_counted_by_task_and_none_is_hidden() -> None:
    """One that was not killed is not covered; one that a retry left different is not made good."""
    fine = {"stage": "07-31 08:30 sign", "killed": True, "defects": [], "differs": []}
    reports = [fine, {**fine, "differs": ["paper lacks"]}, {**fine, "stage": "08-03 17:00 judge", "killed": False}]
    told = crash_points({"found": [{}, {}, {}], "reports": reports}, "1a2b3c4", MOMENT)

    assert "2 of 3 crash points covered, 1 of 2 made good." in told
    assert "| sign | 2 | 2 | 1 |" in told
    assert "| judge | 1 | 0 | 0 |" in told
