"""One DAG a plan: what a DAG file describes once is made for each plan of the installation.

Airflow loads DAG files again and again, so with one plan no file is read here, and with several the head of each.
"""

# ruff: noqa: PLC0415 - YAML is for the installation that has several plans

import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from airflow.sdk import dag
from airflow.timetables.base import Timetable

from duban.core.plan_heads import PlanHead, dag_id_of, named_files
from duban.orchestration.conventions import default_args

log = logging.getLogger(__name__)
# As Settings.plans has it; pydantic takes half a second, which a DAG file does not have.
PLANS = "DUBAN_PLANS"

ONLY = PlanHead("", "", Path())
"""The plan where there is one: nothing is named after it."""

Build = Callable[[str], None]


def dag_of_each_plan(
    *,
    dag_id: str,
    dag_display_name: str,
    tags: Sequence[str],
    schedule: Callable[[str], Timetable] | None,
    **arguments: Any,
) -> Callable[[Build], Callable[[], None]]:
    """As Airflow's @dag, with what all DAGs of ours have in common, once for each plan.

    The decorated function is called with the plan's key, which is empty where there is one plan: then id, name and tags
    are those given. With several the id ends with the key, name and tags tell the district.
    """

    def decorate(build: Build) -> Callable[[], None]:
        def make() -> None:
            for head in heads():
                decorated = dag(
                    dag_id=dag_id_of(dag_id, head.key),
                    dag_display_name=f"{dag_display_name}（{head.district}）" if head.key else dag_display_name,
                    tags=[*tags, *filter(None, (head.district, head.key))],
                    schedule=schedule and schedule(head.key),
                    catchup=False,
                    default_args=default_args(),
                    **arguments,
                )
                decorated(_named(build, head.key))()

        return make

    return decorate


def _named(build: Build, plan: str) -> Callable[[], None]:
    """Without a parameter: Airflow takes a builder's parameters for Params of the DAG."""
    return lambda: build(plan)


def heads() -> Sequence[PlanHead]:
    """The plans for which there are DAGs. One whose file has no usable head has none, and holds up no other's."""
    files = named_files(os.environ.get(PLANS, ""))
    if not files:
        return [ONLY]
    from duban.adapters.plan_heads import read_heads

    found = read_heads(files)
    for head in found:
        if head.fault:
            log.error("no DAGs: %s", head.fault)
    return [head for head in found if head.key]
