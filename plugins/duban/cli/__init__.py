"""The command line of duban: `duban --help`."""

from duban.cli.main import main

__all__ = ["main"]
