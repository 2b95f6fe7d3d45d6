"""The process that takes the stack through a season: `python -m cluster.season FROM UNTIL`, in the stack's environment.

It is `duban replay --sign-all` with one difference: each run is asked for over the API and done by the workers. Told on
stdout, a line a tick before it is run.
"""

import os
import sys
import time
from datetime import datetime
from typing import Any

from cluster.pages import Pages
from duban.core.weeks import ZONE

LOOK_AGAIN_SECONDS = 0.3
MOST_SECONDS = 1800.0
ENDED = {"success", "failed"}


def run_over_api(pages: Pages, dag_id: str, moment: datetime) -> None:
    """Start the DAG for an instant and wait for its end; raises when it fails."""
    told = {"logical_date": moment.isoformat(), "conf": {"as_of": moment.isoformat()}}
    run = pages.ask(f"/api/v2/dags/{dag_id}/dagRuns", told)
    deadline = time.monotonic() + MOST_SECONDS
    while run["state"] not in ENDED:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{dag_id} at {moment} is {run['state']}")
        time.sleep(LOOK_AGAIN_SECONDS)
        run = pages.ask(f"/api/v2/dags/{dag_id}/dagRuns/{run['dag_run_id'].replace('+', '%2B')}")
    if run["state"] != "success":
        raise RuntimeError(f"{dag_id} at {moment} has failed")


def main(start: str, until: str) -> None:
    from duban.orchestration.replay import replay_ticks

    pages = Pages(os.environ["CLUSTER_URL"], os.environ["CLUSTER_TOKEN"])
    out = sys.stdout

    def run(dag: Any, moment: datetime) -> None:
        out.write(f"{dag.dag_id} {moment.isoformat()}\n")
        out.flush()
        run_over_api(pages, dag.dag_id, moment)

    first, last = (datetime.fromisoformat(text).replace(tzinfo=ZONE) for text in (start, until))
    report = replay_ticks(first, last, lambda *_: None, sign_all=True, run=run)
    out.write(f"done {report.ticks}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
