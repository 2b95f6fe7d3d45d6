"""What is asked of a database whose planner has no statistics yet."""

from sqlalchemy import Engine

from duban.adapters.store import PostgresLedger
from duban.core.state import fold
from fakes.growing import Growing


def test_a_return_is_found_by_its_key_before_there_are_statistics(engine: Engine) -> None:
    """On a province's first day a planner that knows nothing would go through all returns for each that is answered."""
    plan = "plan of the first day"
    growing = Growing(engine, PostgresLedger(engine, plan, fold, ("aim_01", "aim_02")), plan, offices=150, compounds=1)
    growing.grow(1)

    rows, _buffers = growing.touched("select_return_records_of", by_index=True)
    assert rows < len(growing.offices)
