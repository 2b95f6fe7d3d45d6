"""What needs no database."""

from dataclasses import dataclass
from functools import cached_property

from duban.adapters.alerts import FolderAlerts, carrier
from duban.adapters.expectations import load_suites
from duban.adapters.markup import WorkbookMarker
from duban.adapters.planfile import load_plan
from duban.adapters.settings import Settings
from duban.adapters.shelf import FileShelf
from duban.adapters.workbook import WorkbookReader
from duban.core.gate.executor import Gate
from duban.core.plan import Plan
from duban.core.returns import Form, declare_form
from duban.core.rules import Suites
from duban.core.rules_form import fit
from duban.core.weeks import Weeks
from duban.pipeline.check import Checker
from duban.pipeline.csv_folders import ReturnReader
from duban.pipeline.return_files import Marking


@dataclass(frozen=True)
class Offline:
    """What needs no database: the plan, the form and the rules. `duban check` and `duban blank` use no more."""

    settings: Settings

    @cached_property
    def plan(self) -> Plan:
        return load_plan(self.settings.plan)

    @cached_property
    def weeks(self) -> Weeks:
        reporting = self.plan.reporting
        return Weeks(self.plan.calendar, reporting.first_day, reporting.cutoff_time, reporting.reminder_time)

    @cached_property
    def form(self) -> Form:
        aims = tuple((aim.key, aim.name) for aim in self.plan.aims)
        return declare_form(aims, self.plan.departments)

    @cached_property
    def suites(self) -> Suites:
        """The rules of expectations/, with this plan's aims and departments in place of the first plan's."""
        return fit(load_suites(self.settings.root / "expectations"), self.form)

    @cached_property
    def gate(self) -> Gate:
        return Gate(self.suites)

    @cached_property
    def checker(self) -> Checker:
        return Checker(self.plan, self.form, self.weeks, self.gate)

    @cached_property
    def workbooks(self) -> WorkbookReader:
        return WorkbookReader()

    @cached_property
    def reader(self) -> ReturnReader:
        return ReturnReader(self.workbooks, self.form)

    @cached_property
    def marking(self) -> Marking:
        return Marking(self.reader, WorkbookMarker(self.form))

    @cached_property
    def alerts(self) -> FolderAlerts:
        """With several plans the subject of an alert begins with the plan that it is about."""
        carry = carrier(self.settings.alerts) if self.settings.alerts else None
        about = self.settings.plan_key if self.settings.plans else ""
        return FolderAlerts(FileShelf(self.settings.alerts_path), carry, about)

    def close(self) -> None:
        if "workbooks" in self.__dict__:
            self.workbooks.close()
