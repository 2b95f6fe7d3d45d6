"""A bureau that has decided nothing: plays ports.Decisions where no decisions are kept."""

from collections.abc import Sequence
from datetime import datetime

from duban.core.amendments import Amendment
from duban.core.appeals import Appeal
from duban.core.errors import InternalError
from duban.core.site_checks import SiteCheck
from duban.core.waivers import Waiver


class NothingDecided:
    """ports.Decisions without a memory: nothing is ever decided, and recording a decision is an InternalError."""

    def waive(self, waiver: Waiver) -> None:
        """Raises InternalError."""
        raise InternalError(f"no place to record {waiver}")

    def waivers(self, as_of: datetime) -> Sequence[Waiver]:  # noqa: ARG002 - as the port has it
        """None."""
        return ()

    def every_waiver(self, as_of: datetime) -> Sequence[Waiver]:  # noqa: ARG002 - as the port has it
        """None."""
        return ()

    def amend(self, amendment: Amendment) -> None:
        """Raises InternalError."""
        raise InternalError(f"no place to record {amendment}")

    def amendments(self, as_of: datetime) -> Sequence[Amendment]:  # noqa: ARG002 - as the port has it
        """None."""
        return ()

    def appeal(self, appeal: Appeal) -> None:
        """Raises InternalError."""
        raise InternalError(f"no place to record {appeal}")

    def appeals(self, as_of: datetime) -> Sequence[Appeal]:  # noqa: ARG002 - as the port has it
        """None."""
        return ()

    def check_on_site(self, check: SiteCheck) -> None:
        """Raises InternalError."""
        raise InternalError(f"no place to record {check}")

    def site_checks(self, as_of: datetime) -> Sequence[SiteCheck]:  # noqa: ARG002 - as the port has it
        """None."""
        return ()


NOTHING_DECIDED = NothingDecided()
