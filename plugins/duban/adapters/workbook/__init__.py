"""Workbooks: reading returns of any container (in a child process with limits) and writing the form."""

from duban.adapters.workbook.blank import BlankWorkbooks, write_blank
from duban.adapters.workbook.limits import Limits
from duban.adapters.workbook.plain import write_workbook
from duban.adapters.workbook.reader import WorkbookReader

__all__ = ["BlankWorkbooks", "Limits", "WorkbookReader", "write_blank", "write_workbook"]
