"""Zero reports of offices without a compound, confirmed by the bureau.

There is no way down: the ledger is append-only, and going back means restoring a back-up.
"""  # noqa: INP001 - alembic loads this file by its path

from pathlib import Path

from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    script = Path(__file__).with_suffix(".sql").read_text("utf-8")
    op.get_bind().exec_driver_sql(script, execution_options={"no_parameters": True})
