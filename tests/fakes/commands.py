"""A duban of the committed plan on a database and in a home of its own, and its command line."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from click.testing import Result

from duban.adapters.settings import Settings
from duban.wiring import App, open_app

Run = Callable[..., Result]
"""`duban` with these words, in the same process."""


@contextmanager
def at_home(database_url: str) -> Iterator[App]:
    """The product with nothing in its inbox."""
    with TemporaryDirectory(prefix="duban-") as home:
        settings = Settings(home=Path(home), database_url=database_url, inbox=f"{home}/inbox")
        with open_app(settings) as app:
            yield app
