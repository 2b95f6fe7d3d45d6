"""What holds of every DAG file."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from duban.core.errors import InternalError
from fakes.two_districts import plans_setting

if TYPE_CHECKING:
    from airflow.dag_processing.dagbag import DagBag

DAGS = Path(__file__).resolve().parents[2] / "dags"
ASKING = "sign_and_issue"
NAMES = [
    "collect_returns",
    "deliver_papers",
    "hand_out_blanks",
    "monthly_circular",
    "tend",
    "watch_deadlines",
    "weekly_report",
    "year_end",
]
HEADINGS = ["## 做什么", "## 何时运行", "## 失败怎么办", "## 重跑"]
WITHOUT_COLLECTING = ["deliver_papers", "tend"]
"""Sending looks at no return. The watchdog has to see that nobody collected: it must not do so itself."""
KEEPING = "keep_snapshot"
DRAFTING = ["draft", "correct", "report", "judge_year"]
HEAVY = ["great_expectations", "pandas", "docx", "docxtpl", "openpyxl", "python_calamine", "xlsxwriter"]


def test_every_dag_loads(dagbag: "DagBag") -> None:
    """No import error, no warning, and exactly the DAGs we know."""
    assert dagbag.import_errors == {}
    assert dagbag.captured_warnings == {}
    assert sorted(dagbag.dags) == sorted([*NAMES, ASKING])


def test_every_file_gives_the_dag_of_its_name(dagbag: "DagBag") -> None:
    """Airflow passes over a file that does not look like a DAG without a word."""
    assert {Path(dag.fileloc): dag_id for dag_id, dag in dagbag.dags.items()} == {
        file: file.stem for file in DAGS.glob("*.py")
    }


@pytest.mark.parametrize("dag_id", [*NAMES, ASKING])
def test_a_dag_is_a_page_that_only_wires(dag_id: str) -> None:
    """40 to 80 lines, the manual included."""
    assert 40 <= len((DAGS / f"{dag_id}.py").read_text("utf-8").splitlines()) <= 80


@pytest.mark.parametrize("dag_id", [*NAMES, ASKING])
def test_a_dag_tells_its_operator_everything(dagbag: "DagBag", dag_id: str) -> None:
    """A Chinese name on it and on each task, its manual with every heading, tags, an owner."""
    dag = dagbag.dags[dag_id]

    assert [line for line in dag.doc_md.splitlines() if line.startswith("## ")] == HEADINGS
    assert dag.tags
    assert dag.owner == "数据组"
    for name in [dag.dag_display_name, *(task.task_display_name for task in dag.tasks)]:
        assert not name.isascii(), name


@pytest.mark.parametrize("dag_id", NAMES)
def test_a_dag_runs_once_at_a_time_and_never_catches_up(dagbag: "DagBag", dag_id: str) -> None:
    """Its Param as_of may be left out: a scheduled run has no one to fill it in."""
    dag = dagbag.dags[dag_id]

    assert (dag.catchup, dag.max_active_runs) == (False, 1)
    assert dag.dagrun_timeout
    assert dag.params["as_of"] is None


@pytest.mark.parametrize("dag_id", [*NAMES, ASKING])
def test_a_task_is_tried_again_later_and_later_within_limits(dagbag: "DagBag", dag_id: str) -> None:
    """Retries outlive a restart of the API server, a hanging task is ended."""
    for task in dagbag.dags[dag_id].tasks:
        assert task.retry_delay * (task.retry_exponential_backoff**task.retries - 1) >= timedelta(minutes=14)
        assert task.retry_exponential_backoff == 2
        assert task.execution_timeout


@pytest.mark.parametrize("error", ["PlanError", "UnreadableReturnError", "UsageError", "RuleError", "ConflictError"])
def test_bad_data_is_not_tried_again(home: Path, error: str) -> None:
    """These say that something must be mended first."""
    from airflow.sdk import RetryAction

    from duban.core import errors
    from duban.orchestration.conventions import RETRY_POLICY

    kind = getattr(errors, error)
    raised = kind("F01", "x") if kind is errors.UnreadableReturnError else kind("x")

    assert RETRY_POLICY.evaluate(raised, 1, 3).action is RetryAction.FAIL


@pytest.mark.parametrize("error", [ConnectionError("x"), MemoryError(), InternalError("returns 7 could not be judged")])
def test_what_may_pass_is_tried_again(home: Path, error: Exception) -> None:
    """Also an InternalError, which may report that the database was away while a return was judged."""
    from airflow.sdk import RetryAction

    from duban.orchestration.conventions import RETRY_POLICY

    assert RETRY_POLICY.evaluate(error, 1, 3).action is RetryAction.RETRY


@pytest.mark.parametrize("dag_id", [name for name in NAMES if name not in WITHOUT_COLLECTING])
def test_every_dag_that_looks_at_returns_collects_first(dagbag: "DagBag", dag_id: str) -> None:
    """Returns are listed, judged, handed back; only then is anything drafted."""
    dag = dagbag.dags[dag_id]
    order = [task.task_id for task in dag.topological_sort()]

    assert order[:3] == ["collect.discover", "collect.judge", "collect.hand_back"]
    assert dag.get_task("collect.hand_back").upstream_task_ids == {"collect.judge"}
    if "draft" in order:
        assert dag.get_task("draft").upstream_task_ids == {"collect.hand_back"}


@pytest.mark.parametrize("dag_id", [name for name in NAMES if name not in {*WITHOUT_COLLECTING, "hand_out_blanks"}])
def test_a_run_that_changes_something_ends_with_what_the_board_shows(dagbag: "DagBag", dag_id: str) -> None:
    """After collecting, or after the last draft, and nothing waits for it: what cannot be shown holds up no letter."""
    keeping = dagbag.dags[dag_id].get_task(KEEPING)
    drafts = [task for task in dagbag.dags[dag_id].topological_sort() if task.task_id in DRAFTING]

    assert keeping.downstream_task_ids == set()
    assert keeping.upstream_task_ids == {drafts[-1].task_id if drafts else "collect.hand_back"}


@pytest.mark.parametrize(("plans", "heads"), [(False, []), (True, ["duban.adapters", "duban.adapters.plan_heads"])])
def test_loading_a_dag_imports_nothing_heavy_and_reads_no_plan(
    home: Path, tmp_path: Path, plans: bool, heads: list[str]
) -> None:
    """The DAG processor loads every file again and again: no Excel, Word or validation library, no plan, no product.

    With several plans the heads of their files, and no more.
    """
    program = """
import json, sys
import airflow.sdk, airflow.timetables.base
before = set(sys.modules)
from airflow.dag_processing.dagbag import BundleDagBag
already = set(sys.modules)
for file in sys.argv[1:]:
    exec(compile(open(file, encoding="utf-8").read(), file, "exec"), {"__name__": "dag", "__doc__": None})
print(json.dumps(sorted(set(sys.modules) - already)))
"""
    files = [str(file) for file in DAGS.glob("*.py")]
    environment = {**os.environ, "DUBAN_PLANS": plans_setting(tmp_path) if plans else ""}
    command = [sys.executable, "-c", program, *files]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    loaded = json.loads(told.stdout.splitlines()[-1])

    assert "duban.orchestration.tasks" in loaded
    assert [name for name in loaded if name.partition(".")[0] in HEAVY] == []
    assert [name for name in loaded if name.startswith(("duban.wiring", "duban.adapters", "duban.pipeline"))] == heads
    assert "pydantic_settings" not in loaded


def test_nobody_is_hurried_into_a_signature(dagbag: "DagBag") -> None:
    """Many papers wait at once, for as long as it takes; each has its run, and no answer is taken for granted."""
    dag = dagbag.dags[ASKING]

    assert dag.max_active_runs >= 1000
    assert dag.dagrun_timeout is None
    assert [dag.get_task(name).defaults for name in ("review", "sign")] == [None, None]
    assert [dag.get_task(name).options for name in ("review", "sign")] == [["通过", "退回修改"], ["签发", "退回修改"]]
    assert dag.get_task("sign").upstream_task_ids == {"review"}


@pytest.mark.parametrize("dag_id", ["watch_deadlines", "weekly_report", "monthly_circular", ASKING])
def test_what_was_drafted_is_handed_to_its_signers(dagbag: "DagBag", dag_id: str) -> None:
    """The last thing that a drafting run does; a refused draft is drawn anew and handed on as well. Reminders wait for

    nothing and hold nothing up.
    """
    dag = dagbag.dags[dag_id]
    order = [task.task_id for task in dag.topological_sort() if task.upstream_list or task.downstream_list]

    assert [name for name in order if name != KEEPING][-2:] == ["sign_off.waiting", "sign_off.open"]


def test_the_night_is_told_of_whatever_became_of_it(dagbag: "DagBag") -> None:
    """What fails at night stands in the digest; by day none of it runs, and the watchdog waits for nothing."""
    dag = dagbag.dags["tend"]

    assert dag.get_task("digest").trigger_rule == "all_done"
    assert dag.get_task("digest").upstream_task_ids == {"verify", "back_test", "data_docs", "keep_cutoffs"}
    assert dag.get_task("at_night").ignore_downstream_trigger_rules
    assert dag.get_task("watch").upstream_task_ids == set()
