"""The history of Great Expectations' runs."""

import json

from sqlalchemy import Connection

from duban.adapters.store.statements import statement
from duban.pipeline.ports import ValidationRun

INSERT_VALIDATION = statement("insert_validation")
SELECT_VALIDATIONS = statement("select_validations")


def record_validation(connection: Connection, plan: str, run: ValidationRun) -> None:
    """Keep a run, once for a version of the rules and a batch."""
    values = {
        "plan": plan,
        "as_of": run.as_of,
        "rules_version": run.rules_version,
        "returns": list(run.returns),
        "summary": json.dumps(run.summary, ensure_ascii=False),
    }
    connection.execute(INSERT_VALIDATION, values)


def validations(connection: Connection, plan: str) -> list[ValidationRun]:
    """Every run kept, oldest first."""
    found = connection.execute(SELECT_VALIDATIONS, {"plan": plan})
    return [ValidationRun(row.as_of, row.rules_version, tuple(row.returns), row.summary) for row in found]
