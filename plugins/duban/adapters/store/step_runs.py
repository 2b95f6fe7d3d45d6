"""The steps of runs on PostgreSQL: tend_ports.StepBook."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Engine

from duban.adapters.store.statements import statement
from duban.core.step_runs import DayCounts, StepOutcome, StepRun

INSERT_STEP_RUN = statement("insert_step_run")
SELECT_STEP_RUNS = statement("select_step_runs")
SELECT_DAY_RETURNS = statement("select_day_returns")
SELECT_DAY_FINDINGS = statement("select_day_findings")


class PostgresSteps:
    """The steps of one plan's runs."""

    def __init__(self, engine: Engine, plan: str) -> None:
        self._engine = engine
        self._plan = plan

    def record(self, step: StepRun) -> None:
        """As StepBook.record."""
        with self._engine.begin() as connection:
            connection.execute(INSERT_STEP_RUN, {"plan": self._plan, **asdict(step), "outcome": step.outcome.value})

    def between(self, after: datetime, until: datetime) -> Sequence[StepRun]:
        """As StepBook.between."""
        values = {"plan": self._plan, "after": after, "until": until}
        with self._engine.begin() as connection:
            found = connection.execute(SELECT_STEP_RUNS, values).mappings()
            return [StepRun(**{**row, "outcome": StepOutcome(row["outcome"])}) for row in found]

    def counts(self, after: datetime, until: datetime) -> DayCounts:
        """As StepBook.counts."""
        values = {"plan": self._plan, "after": after, "until": until}
        with self._engine.begin() as connection:
            returns = {row.status: row.returns for row in connection.execute(SELECT_DAY_RETURNS, values)}
            findings = {row.code: row.findings for row in connection.execute(SELECT_DAY_FINDINGS, values)}
        return DayCounts(returns, findings)
