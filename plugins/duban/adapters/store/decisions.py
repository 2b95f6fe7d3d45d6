"""The bureau's decisions on compounds, items and zero reports, on PostgreSQL: ports.Decisions, and Confirmations."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine

from duban.adapters.store.statements import statement
from duban.core.amendments import Amendment, Change
from duban.core.appeals import Appeal, Step
from duban.core.empty import EmptyConfirmation
from duban.core.site_checks import Matter, Result, SiteCheck
from duban.core.waivers import Waiver, in_force

INSERT_WAIVER = statement("insert_waiver")
SELECT_EVERY_WAIVER = statement("select_every_waiver")
INSERT_AMENDMENT = statement("insert_amendment")
SELECT_AMENDMENTS = statement("select_amendments")
INSERT_APPEAL = statement("insert_appeal")
SELECT_APPEALS = statement("select_appeals")
INSERT_SITE_CHECK = statement("insert_site_check")
SELECT_SITE_CHECKS = statement("select_site_checks")
INSERT_EMPTY_CONFIRMATION = statement("insert_empty_confirmation")
SELECT_EMPTY_CONFIRMATIONS = statement("select_empty_confirmations")


class PostgresDecisions:
    """The decisions of one plan. Every write may be repeated: the second time changes nothing."""

    def __init__(self, engine: Engine, plan: str) -> None:
        self._engine = engine
        self._plan = plan

    def waive(self, waiver: Waiver) -> None:
        """As ports.Decisions.waive."""
        values = {
            "plan": self._plan,
            "rule": waiver.rule,
            "compound": waiver.compound,
            "until": waiver.until,
            "reason": waiver.reason,
            "decided_by": waiver.by,
            "decided_at": waiver.decided_at,
        }
        with self._engine.begin() as connection:
            connection.execute(INSERT_WAIVER, values)

    def waivers(self, as_of: datetime) -> Sequence[Waiver]:
        """As ports.Decisions.waivers."""
        return in_force(self.every_waiver(as_of), as_of)

    def every_waiver(self, as_of: datetime) -> Sequence[Waiver]:
        """As ports.Decisions.every_waiver."""
        with self._engine.begin() as connection:
            found = connection.execute(SELECT_EVERY_WAIVER, {"plan": self._plan, "as_of": as_of})
            return [Waiver(*row) for row in found]

    def amend(self, amendment: Amendment) -> None:
        """As ports.Decisions.amend."""
        values = {
            "plan": self._plan,
            "office": amendment.office,
            "compound": amendment.compound,
            "change": amendment.change.value,
            "reason": amendment.reason,
            "decided_by": amendment.by,
            "decided_at": amendment.decided_at,
        }
        with self._engine.begin() as connection:
            connection.execute(INSERT_AMENDMENT, values)

    def amendments(self, as_of: datetime) -> Sequence[Amendment]:
        """As ports.Decisions.amendments."""
        values = {"plan": self._plan, "as_of": as_of}
        with self._engine.begin() as connection:
            found = connection.execute(SELECT_AMENDMENTS, values)
            return [
                Amendment(row.office, row.compound, Change(row.change), row.reason, row.decided_by, row.decided_at)
                for row in found
            ]

    def appeal(self, appeal: Appeal) -> None:
        """As ports.Decisions.appeal."""
        values = {
            "plan": self._plan,
            "obligation": appeal.obligation,
            "step": appeal.step.value,
            "until": appeal.until,
            "reason": appeal.reason,
            "said_by": appeal.by,
            "said_at": appeal.at,
        }
        with self._engine.begin() as connection:
            connection.execute(INSERT_APPEAL, values)

    def appeals(self, as_of: datetime) -> Sequence[Appeal]:
        """As ports.Decisions.appeals."""
        with self._engine.begin() as connection:
            found = connection.execute(SELECT_APPEALS, {"plan": self._plan, "as_of": as_of})
            return [
                Appeal(row.obligation, Step(row.step), row.until, row.reason, row.said_by, row.said_at) for row in found
            ]

    def check_on_site(self, check: SiteCheck) -> None:
        """As ports.Decisions.check_on_site."""
        values = {
            "plan": self._plan,
            "compound": check.compound,
            "matter": check.matter.value,
            "result": check.result.value,
            "visited_on": check.visited_on,
            "checked_by": check.by,
            "note": check.note,
            "recorded_at": check.recorded_at,
        }
        with self._engine.begin() as connection:
            connection.execute(INSERT_SITE_CHECK, values)

    def site_checks(self, as_of: datetime) -> Sequence[SiteCheck]:
        """As ports.Decisions.site_checks."""
        with self._engine.begin() as connection:
            found = connection.execute(SELECT_SITE_CHECKS, {"plan": self._plan, "as_of": as_of})
            return [
                SiteCheck(
                    row.compound,
                    Matter(row.matter),
                    Result(row.result),
                    row.visited_on,
                    row.checked_by,
                    row.note,
                    row.recorded_at,
                )
                for row in found
            ]

    def confirm_empty(self, confirmation: EmptyConfirmation) -> None:
        """As confirm_empty.Confirmations.confirm_empty."""
        values = {
            "plan": self._plan,
            "return_id": confirmation.return_id,
            "reason": confirmation.reason,
            "decided_by": confirmation.by,
            "decided_at": confirmation.decided_at,
        }
        with self._engine.begin() as connection:
            connection.execute(INSERT_EMPTY_CONFIRMATION, values)

    def empty_confirmations(self, as_of: datetime) -> Sequence[EmptyConfirmation]:
        """As confirm_empty.Confirmations.empty_confirmations."""
        with self._engine.begin() as connection:
            found = connection.execute(SELECT_EMPTY_CONFIRMATIONS, {"plan": self._plan, "as_of": as_of})
            return [EmptyConfirmation(row.return_id, row.reason, row.decided_by, row.decided_at) for row in found]
