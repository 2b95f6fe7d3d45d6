"""The marked workbook that goes back to an office: its own file, every fault in colour, and a list of them in front."""

from duban.adapters.markup.marker import Limits, WorkbookMarker

__all__ = ["Limits", "WorkbookMarker"]
