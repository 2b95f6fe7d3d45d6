"""A plan from its YAML file: read with lines, validated against a closed schema, turned into the core's Plan.

document    YAML → plain data that remembers its lines
kinds       the kinds of value; schema: the entries
validation  the schema's complaints in Chinese, with lines; references: names that mean something, sums
notices     the holiday calendar's files
conversion  the validated file → core.Plan
"""

from pathlib import Path

from duban.adapters.planfile.conversion import to_plan
from duban.adapters.planfile.document import read_document
from duban.adapters.planfile.notices import load_notices
from duban.adapters.planfile.references import check_references
from duban.adapters.planfile.schema import PlanFile
from duban.adapters.planfile.validation import validated
from duban.core.plan import Plan
from duban.core.workdays import HolidayCalendar

__all__ = ["load_notices", "load_plan", "plan_files"]


def load_plan(path: Path) -> Plan:
    """The plan in the file at `path`, with its holiday notices; raises PlanError that names file, line and key."""
    document = read_document(path)
    file = validated(PlanFile, document)
    check_references(file, document)
    notices = (notice for name in file.calendar.notices for notice in load_notices(path.parent / name))
    return to_plan(file, HolidayCalendar(tuple(notices)))


def plan_files(path: Path) -> tuple[Path, ...]:
    """Every file from which `load_plan` makes the plan; raises PlanError."""
    file = validated(PlanFile, read_document(path))
    return (path, *(path.parent / name for name in file.calendar.notices))
