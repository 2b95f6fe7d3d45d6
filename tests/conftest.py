"""What every kind of test shares: how hard generated cases are tried, and what may be skipped in CI."""

import os
from collections.abc import Generator

import pytest
from hypothesis import settings

# The same cases every time while one works; many more, and new ones, in the long run (make test-long).
settings.register_profile("quick", deadline=None, derandomize=True, max_examples=50)
settings.register_profile("long", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

# A skip in CI is a hole in what CI proves, unless its reason begins so: an input that nobody provided there.
EXPLAINED = "Skipped: not provided: "


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their argument: a zip holds the time it was made at, and both processes must collect one name."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a test that is skipped without an accepted explanation has failed."""
    report = yield
    _fail_if_unexplained(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a module that is skipped as a whole."""
    report = yield
    _fail_if_unexplained(report)
    return report


def _fail_if_unexplained(report: pytest.TestReport | pytest.CollectReport) -> None:
    if not (os.environ.get("CI") and report.skipped) or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if not reason.startswith(EXPLAINED):
        report.outcome = "failed"
        report.longrepr = (
            f"CI accepts no skip without an explanation that begins “not provided: ”; this one says: {reason}"
        )
