"""What an error of the database tells whoever reads a log."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

TELEPHONE = "0000-66781234"


def test_an_error_quotes_its_statement_and_no_value(engine: Engine) -> None:
    """A value may be a clerk's name or telephone; a task's log is read by others."""
    with pytest.raises(DBAPIError) as caught, engine.begin() as connection:
        connection.execute(text("select 1 / 0 where :told <> ''"), {"told": TELEPHONE})

    assert "select 1 / 0" in str(caught.value)
    assert TELEPHONE not in str(caught.value)
