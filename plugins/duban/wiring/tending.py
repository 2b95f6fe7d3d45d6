"""The use cases of the data team's watch: what did not happen, and what is looked at once a night."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from duban.adapters import store
from duban.adapters.expectations import DataDocs
from duban.pipeline.back_test_documents import back_test_alert
from duban.pipeline.tend import Digest, verify_alert
from duban.wiring.delivering import Delivering


@dataclass(frozen=True)
class Tending(Delivering):
    """What the data team is told, all on one channel."""

    @cached_property
    def steps(self) -> store.PostgresSteps:
        return store.PostgresSteps(self.engine, self.plan.key)

    @cached_property
    def digest(self) -> Digest:
        return Digest(self.steps, self.register, self.deliveries)

    def watch(self, as_of: datetime) -> list[str]:
        """Tell what should have happened by `as_of` and did not; returns the keys of what was told now."""
        return [alert.key for alert in self.watchdog.run(as_of) if self.alerts.tell(alert)]

    def verify_tonight(self, as_of: datetime) -> int:
        """Verify everything and tell what is not sound; returns the number of defects."""
        found = self.verifying.run()
        alert = verify_alert(found, as_of)
        if alert is not None:
            self.alerts.tell(alert)
        return len(found.defects)

    def back_test_tonight(self, as_of: datetime) -> list[int]:
        """Make the papers of one past week again and tell what differs; returns the ids of the papers that do."""
        testing = self.back_testing
        week = testing.tonight(as_of)
        found = list(testing.run(testing.of_week(week, as_of), as_of, correcting=True)) if week else []
        alert = back_test_alert(found, as_of)
        if alert is not None:
            self.alerts.tell(alert)
        return [tested.paper.id for tested in found if not tested.holds]

    def build_data_docs(self, batches: int) -> Path:
        """Build the data team's site with the last `batches` validations; returns its first page."""
        runs = list(self.ledger.validations())[-batches:]
        return DataDocs(self.suites).build(runs, self.settings.data_docs_path.absolute())
