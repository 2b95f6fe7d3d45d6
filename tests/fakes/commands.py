"""A duban of the committed plan on a database and in a home of its own, and its command line."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from click.testing import Result

from duban.adapters.settings import Settings
from duban.wiring import App, open_app

Run = Callable[..., Result]
"""`duban` with these words, in the same process."""


@contextmanager
def at_home(database_url: str, like: Path | None = None) -> Iterator[App]:
    """The product with nothing in its inbox, or in a copy of the home `like`, whose database was copied too."""
    with TemporaryDirectory(prefix="duban-") as home:
        if like is not None:
            copytree(like, home, dirs_exist_ok=True)
        settings = Settings(home=Path(home), database_url=database_url, inbox=f"{home}/inbox")
        with open_app(settings) as app:
            yield app
