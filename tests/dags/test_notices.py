"""What is told when a task has failed for good."""

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from duban.core.errors import UsageError
from duban.orchestration.notices import tell_failure

STEP = SimpleNamespace(dag_id="weekly_report", task_id="draft", run_id="manual__1", try_number=4)


def told(home: Path) -> str:
    day = f"{datetime.now(UTC):%Y}"
    [file] = (home / "alerts").rglob("*.txt")
    assert file.parent.name.startswith(day)
    return file.read_text("utf-8")


def test_a_failure_names_run_step_and_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user's error says what to mend."""
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path))
    tell_failure({"task_instance": STEP, "exception": UsageError("方案第 3 行有误，请改正。")})

    letter = told(tmp_path)
    for part in ("weekly_report / draft", "manual__1", "方案第 3 行有误", "重试无用"):
        assert part in letter


def test_a_strange_error_is_told_by_its_kind_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its text may quote a return: telephone numbers never reach a channel."""
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path))
    tell_failure({"task_instance": STEP, "exception": ValueError("13800138000")})

    letter = told(tmp_path)
    assert "ValueError" in letter
    assert "13800138000" not in letter
    assert "duban doctor" in letter


def test_an_alert_that_fails_does_not_hide_the_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is raised out of a callback."""
    monkeypatch.setenv("DUBAN_HOME", "/proc/nowhere")
    tell_failure({"task_instance": STEP, "exception": None})
