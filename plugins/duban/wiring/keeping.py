"""Back-up and restore: what keeps an installation, all its plans, after a bad day."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from duban.adapters import backup as saving
from duban.adapters.settings import Settings
from duban.wiring import database_url


def _folders(settings: Settings) -> Mapping[str, Path]:
    return {"archive": settings.archive_path, "papers": settings.papers_path, "outbox": settings.outbox_path}


def backup(target: Path, at: datetime, settings: Settings | None = None) -> saving.Saved:
    """Back up business database, archive, papers and outbox into the new folder `target`."""
    settings = (settings or Settings()).whole
    return saving.backup(target, database_url(settings), _folders(settings), settings.issued_path, at)


def restore(source: Path, settings: Settings | None = None) -> saving.Saved:
    """Bring the back-up `source` into this home; a living journal of what was issued stays."""
    settings = (settings or Settings()).whole
    return saving.restore(source, database_url(settings), _folders(settings), settings.issued_path)
