"""The made-up district behind a simulated season: each office's compounds, and the days on which things happen to them.

A compound's whole life is drawn at once; what a return says on a day follows from it. So a season that is cut off
early and one that goes on tell the same story.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

from duban.core.checked import Value
from duban.core.compound import DELIBERATED, FILED
from duban.core.plan import Evidence, Office, Plan
from duban.core.returns import AIM_STATES, COMPOUND_KINDS, MANAGEMENT, PLANNED_YEARS, SCHEMES, STAGES
from duban.core.simulation import words

Row = Mapping[str, Value]

_FEWEST, _MOST = 9, 26
_NOT_CONCERNED_SHARE = 0.07
_MOST_NOT_CONCERNED = 3  # more of them beside a 验收日期 would be B03
_PRIVATE_COMPANY = "物业小区"
_OPTIONAL_COLUMNS = (("extent",), ("old",), ("company",), ("charter",), ("planned_year",), ("accepted_by",),
                     ("self_raised",), ("ask_department", "asked_on"))  # fmt: skip


def rng_of(*parts: object) -> Random:
    """A source of chance for one part of the season, independent of how much the other parts drew."""
    return Random(":".join(map(str, parts)))  # noqa: S311 - a simulation wants repeatable chance, not secrets


def day_between(rng: Random, first: date, last: date) -> date:
    """A day from `first` to `last`; `first` when there is none."""
    return first + timedelta(days=rng.randint(0, max(0, (last - first).days)))


@dataclass(frozen=True, slots=True)
class _AimLife:
    """When work on an aim begins and ends; both None where the aim does not concern the compound."""

    key: str
    begun: date | None
    done: date | None

    def state(self, day: date) -> str:
        not_begun, going_on, done, not_concerned = AIM_STATES
        if self.begun is None or self.done is None:
            return not_concerned
        return done if self.done <= day else going_on if self.begun <= day else not_begun


@dataclass(frozen=True, slots=True)
class CompoundLife:
    """One compound: its ledger row, which stays, and the days of its progress. `stages` are those after the first."""

    ledger: Row
    drafted_on: date
    deliberated_on: date
    aims: tuple[_AimLife, ...]
    accepted_on: date
    stages: tuple[date, ...]
    asked: tuple[str | None, date, date]
    constant: Row

    @property
    def compound_id(self) -> str:
        return str(self.ledger["compound_id"])

    def project_row(self, day: date) -> Row:
        """The row of 项目台账 as an honest clerk writes it on `day`."""
        scheme = SCHEMES[(self.drafted_on <= day) + (self.deliberated_on <= day)]
        stage = STAGES[sum(reached <= day for reached in self.stages)]
        department, asked_on, answered_on = self.asked
        asks = department is not None and asked_on <= day < answered_on
        accepted = self.accepted_on <= day
        return {
            "compound_id": self.compound_id,
            "name": self.ledger["name"],
            "scheme": scheme,
            "deliberated_on": self.deliberated_on if scheme == DELIBERATED else None,
            **{aim.key: aim.state(day) for aim in self.aims},
            "accepted_on": self.accepted_on if accepted else None,
            "accepted_by": self.constant["accepted_by"] if accepted else None,
            "committee_stage": stage,
            "filed_on": self.stages[-1] if stage == FILED else None,
            "funds": self.constant["funds"] if self.drafted_on <= day else None,
            "self_raised": self.constant["self_raised"] if self.drafted_on <= day else None,
            "ask_department": department if asks else None,
            "asked_on": asked_on if asks else None,
            "problem": self.constant["problem"] if not accepted else None,
        }


@dataclass(frozen=True, slots=True)
class OfficeLife:
    """One office: its compounds, the clerks, which optional columns its form has left, and the publicity meeting."""

    office: Office
    compounds: tuple[CompoundLife, ...]
    clerk: str
    reviewer: str
    telephone: str
    columns_left_out: frozenset[str]
    meeting_on: date | None


def due_of(plan: Plan, evidence: Evidence) -> date | None:
    """The due date of the plan's first obligation with that evidence."""
    return next((rule.due for rule in plan.obligations if rule.evidence is evidence and rule.due), None)


def imagine_office(plan: Plan, office: Office, seed: int, *, meets_late: bool) -> OfficeLife:
    """The life of one office; `meets_late` holds its publicity meeting after the due date."""
    rng = rng_of(seed, plan.key, office.code)
    count = office.expected_compounds or rng.randint(_FEWEST, _MOST)
    names = _names(rng, count)
    communities = rng.sample(words.PLACES, max(2, count // 5))
    pace = rng.uniform(0.7, 1.3)
    improved_in, filed_in = (_target_years(rng, plan, count) for _ in range(2))
    compounds = tuple(
        _imagine_compound(rng, plan, f"{office.code}-{i + 1:03d}", names[i], f"{rng.choice(communities)}社区", pace,
                          (improved_in[i], filed_in[i]))
        for i in range(count)
    )  # fmt: skip
    left_out = frozenset(key for keys in _OPTIONAL_COLUMNS if rng.random() < 0.5 for key in keys)
    return OfficeLife(
        office=office,
        compounds=compounds,
        clerk=_person(rng),
        reviewer=_person(rng),
        telephone=f"0000-{rng.randint(66780000, 66789999)}",
        columns_left_out=left_out,
        meeting_on=_meeting_day(rng, plan, late=meets_late),
    )


def _person(rng: Random) -> str:
    return rng.choice(words.SURNAMES) + rng.choice(words.GIVEN_NAMES)


def _names(rng: Random, count: int) -> list[str]:
    every = [place + side + dwelling for place in words.PLACES for side in sorted(set(words.SIDES))
             for dwelling in words.DWELLINGS]  # fmt: skip
    return rng.sample(every, count)


def _target_years(rng: Random, plan: Plan, count: int) -> list[int]:
    """For each compound the index of the annual target it is meant for, so that cumulative shares come out."""
    order = rng.sample(range(count), count)
    return [next(i for i, t in enumerate(plan.targets) if Fraction(rank, count) < t.cumulative) for rank in order]


def _meeting_day(rng: Random, plan: Plan, *, late: bool) -> date | None:
    due = due_of(plan, Evidence.ACTIVITY)
    if due is None:
        return None
    early = plan.source.start + timedelta(days=4)
    return day_between(rng, due + timedelta(days=4), due + timedelta(days=14)) if late else day_between(
        rng, early, due - timedelta(days=2)
    )  # fmt: skip


def _imagine_compound(
    rng: Random, plan: Plan, compound_id: str, name: str, community: str, pace: float, targets: tuple[int, int]
) -> CompoundLife:
    improved_in, filed_in = targets
    begin = plan.implementation_start
    schemes_due = due_of(plan, Evidence.SCHEMES_DELIBERATED) or plan.targets[0].due
    drafted = begin + (schemes_due - begin) * (rng.uniform(0.03, 0.6) / pace)
    deliberated = drafted + timedelta(days=rng.randint(3, 20))
    accepted = max(_day_in_target(rng, plan, improved_in, pace), deliberated + timedelta(days=25))
    filed = _day_in_target(rng, plan, filed_in, pace)
    steps = sorted(rng.uniform(0.02, 0.9) for _ in STAGES[2:])
    asked_on = deliberated + timedelta(days=rng.randint(5, 30))
    answered = asked_on + timedelta(days=rng.choice((0, 0, 0, 0, 9, 20, 40)))
    return CompoundLife(
        ledger=_ledger_row(rng, plan, compound_id, name, community, plan.targets[improved_in].year),
        drafted_on=drafted,
        deliberated_on=deliberated,
        aims=_aims(rng, plan, deliberated, accepted),
        accepted_on=accepted,
        stages=(*(begin + (filed - begin) * step for step in steps), filed),
        asked=(rng.choice(plan.departments) if plan.departments else None, asked_on, answered),
        constant=_constants(rng),
    )


def _day_in_target(rng: Random, plan: Plan, index: int, pace: float) -> date:
    """A day in the year of a target, for a slow office perhaps after it."""
    begin = plan.targets[index - 1].due if index else plan.implementation_start
    return begin + (plan.targets[index].due - begin) * (rng.uniform(0.15, 0.95) / pace)


def _aims(rng: Random, plan: Plan, deliberated: date, accepted: date) -> tuple[_AimLife, ...]:
    lives: list[_AimLife] = []
    for aim in plan.aims:
        unconcerned = sum(life.begun is None for life in lives)
        allowed = unconcerned < min(_MOST_NOT_CONCERNED, len(plan.aims) - 1)
        if rng.random() < _NOT_CONCERNED_SHARE and allowed:
            lives.append(_AimLife(aim.key, None, None))
            continue
        begun = day_between(rng, deliberated + timedelta(days=1), accepted - timedelta(days=8))
        done = day_between(rng, begun + timedelta(days=3), accepted - timedelta(days=2))
        lives.append(_AimLife(aim.key, begun, done))
    return tuple(lives)


def _ledger_row(rng: Random, plan: Plan, compound_id: str, name: str, community: str, year: int) -> Row:
    kind = rng.choice(COMPOUND_KINDS)
    buildings = rng.choices((rng.randint(1, 9), rng.randint(10, 40)), (3, 2))[0]
    built = rng.randint(1976, min(2014, plan.source.start.year))
    management = MANAGEMENT[0] if kind == _PRIVATE_COMPANY else rng.choice(MANAGEMENT)
    return {
        "compound_id": compound_id,
        "name": name,
        "community": community,
        "kind": kind,
        "built_year": built,
        "buildings": buildings,
        "households": buildings * rng.randint(14, 110),
        "management": management,
        "grid_officer": _person(rng),
        "extent": f"东至{rng.choice(words.ROADS)}，西至{rng.choice(words.ROADS)}",
        "old": "是" if built < 2000 else "否",
        "company": rng.choice(words.COMPANIES) if management == MANAGEMENT[0] else None,
        "charter": "有" if management == MANAGEMENT[0] else "无",
        "planned_year": str(year) if str(year) in PLANNED_YEARS else None,
        "remark": rng.choice(words.REMARKS) or None,
    }


def _constants(rng: Random) -> Row:
    cents = rng.randint(300, 9000)
    return {
        "funds": Decimal(cents) / 100,
        "self_raised": Decimal(cents // 10) / 100,
        "problem": rng.choice(words.PROBLEMS) or None,
        "accepted_by": rng.choice(words.ACCEPTERS),
    }
