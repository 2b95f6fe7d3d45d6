"""What a run in Airflow is about: where its tab on the board leads."""

from datetime import datetime

from duban.core.plan_heads import name_and_plan
from duban.orchestration.ticks import RUN_OF_PAPER, SIGN_AND_ISSUE


def place_of_run(dag_id: str, run_id: str) -> tuple[str, str]:
    """The page and its as_of (empty: none). A run of sign_and_issue is about one paper; its id says which.

    Every other run is about its instant, with which Airflow ends its id: scheduled__2018-07-27T09:00:00+00:00.
    """
    name, _ = name_and_plan(dag_id)
    number = run_id.removeprefix(RUN_OF_PAPER)
    if name == SIGN_AND_ISSUE and number.isdecimal():
        return f"papers/{number}", ""
    return "papers", _instant(run_id.rpartition("__")[2])


def _instant(text: str) -> str:
    try:
        return datetime.fromisoformat(text).isoformat()
    except ValueError:
        return ""
