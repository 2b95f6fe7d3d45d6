"""A folder of pages that another tool has built, read for the web: nothing outside of it, and kinds that we know."""

from pathlib import Path

KINDS = frozenset({".html", ".css", ".png", ".svg", ".gif", ".ico", ".otf"})


class SiteFolder:
    """pipeline.board.Site on a folder; one that is not there has no pages."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def pages(self) -> tuple[str, ...]:
        """The paths of its pages."""
        found = (path.relative_to(self._folder) for path in self._folder.rglob("*.html"))
        return tuple(sorted(path.as_posix() for path in found))

    def get(self, path: str) -> bytes | None:
        """A file's bytes; None for what is not there, lies outside (also by a link), or is of another kind."""
        root = self._folder.resolve()
        try:
            file = (root / path).resolve()
            inside = file.is_relative_to(root) and file.suffix in KINDS
            return file.read_bytes() if inside else None
        except (OSError, ValueError):  # not there, too long, a folder, a NUL in it
            return None
