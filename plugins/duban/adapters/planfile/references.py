"""What a schema cannot say of a plan file: that names are unique and mean something, and that numbers add up."""

import re
from collections.abc import Iterable, Iterator, Sequence
from string import Formatter

from duban.adapters.planfile.document import Document, Place
from duban.adapters.planfile.faults import Fault, plan_error
from duban.adapters.planfile.schema import Duty, Obligation, Paper, PlanFile
from duban.core.addressees import Channel
from duban.core.genres import WITH_HEAD_LINES
from duban.core.issuers import ISSUER_OF_ORIGIN, OFFICE_CONCERNED, RECIPIENTS_OF_ORIGIN
from duban.core.papers import PaperKind
from duban.core.plan import Evidence
from duban.core.returns import ACTIVITY_KINDS, COMPOUND_KINDS

AIM_KEYS = tuple(f"aim_{n:02d}" for n in range(1, 12))
NUMBER_FIELDS = {"prefix", "year", "number"}

NEEDS = {
    Evidence.SURVEY: ("due",),
    Evidence.ACTIVITY: ("due", "activity_kind"),
    Evidence.PROJECT_LEDGER: ("due",),
    Evidence.SCHEMES_DRAFTED: ("due",),
    Evidence.SCHEMES_DELIBERATED: ("due",),
    Evidence.ALL_OF: ("due", "parts"),
    Evidence.COMMITTEES: ("year",),
    Evidence.IMPROVEMENTS: ("year",),
    Evidence.CORRECTION: ("working_days",),
    Evidence.REPLY: ("working_days",),
    Evidence.QUARTERLY_ACTIVITIES: ("parts",),
    Evidence.DEPARTMENT_REPLY: ("working_days",),
}


def check_references(plan: PlanFile, document: Document) -> None:
    """Raises PlanError with every fault of `plan`."""
    checks = (
        _repeats,
        _aims,
        _targets,
        _phases,
        _obligations,
        _ladder,
        _issuers,
        _papers,
        _head_lines,
        _scope,
        _deliveries,
    )
    faults = [fault for check in checks for fault in check(plan)]
    if faults:
        placed = [Fault(f.code, f.place, f.context, document.line(f.place)) for f in faults]
        raise plan_error(document.path, placed)


def _unknown(found: str | int | None, known: Iterable[object], *place: str | int) -> Iterator[Fault]:
    """A fault where `found` is said but is not among `known`."""
    names = [str(name) for name in known]
    if found is not None and str(found) not in names:
        yield Fault("unknown", place, {"found": found, "expected": "、".join(names)})


def _head_lines(plan: PlanFile) -> Iterator[Fault]:
    for n, paper in enumerate(plan.papers):
        for name in ("copy_number", "secrecy", "urgency"):
            if getattr(paper, name) is not None and paper.kind not in WITH_HEAD_LINES:
                yield Fault("head_lines", ("papers", n, name), {"found": paper.name})


def _repeats(plan: PlanFile) -> Iterator[Fault]:
    named: dict[Place, tuple[str, Sequence[object]]] = {
        ("units",): ("name", plan.units),
        ("other_units",): ("name", plan.other_units),
        ("phases",): ("key", plan.phases),
        ("aims",): ("name", plan.aims),
        ("work_areas",): ("name", plan.work_areas),
        ("obligations",): ("key", plan.obligations),
        ("ladder",): ("key", plan.ladder),
        ("issuers",): ("key", plan.issuers),
        ("series",): ("key", plan.series),
        ("papers",): ("kind", plan.papers),
    }
    yield from _same(plan.offices.members, "code", ("offices", "members"))
    yield from _same(plan.offices.members, "name", ("offices", "members"))
    for place, (field, entries) in named.items():
        yield from _same(entries, field, place)


def _same(entries: Sequence[object], field: str, place: Place) -> Iterator[Fault]:
    seen: set[object] = set()
    for n, entry in enumerate(entries):
        value = getattr(entry, field)
        if value in seen:
            yield Fault("same", (*place, n, field), {"found": value})
        seen.add(value)


def _aims(plan: PlanFile) -> Iterator[Fault]:
    keys = [aim.key for aim in plan.aims]
    if tuple(keys) != AIM_KEYS:
        yield Fault("aims", ("aims",))
    for place, duty in _duties(plan):
        for n, aim in enumerate(duty.answers_for.aims if duty.answers_for else ()):
            yield from _unknown(aim, AIM_KEYS, *place, "answers_for", "aims", n)


def _duties(plan: PlanFile) -> Iterator[tuple[Place, Duty]]:
    for n, duty in enumerate(plan.offices.duties):
        yield ("offices", "duties", n), duty
    for section, units in (("units", plan.units), ("other_units", plan.other_units)):
        for u, unit in enumerate(units):
            for n, duty in enumerate(unit.duties):
                yield (section, u, "duties", n), duty


def _targets(plan: PlanFile) -> Iterator[Fault]:
    for n, target in enumerate(plan.targets):
        if target.due.year != target.year or (n and target.year <= plan.targets[n - 1].year):
            yield Fault("years", ("targets", n))
    if sum(target.share for target in plan.targets) > 1:
        yield Fault("over", ("targets",))


def _phases(plan: PlanFile) -> Iterator[Fault]:
    for n, phase in enumerate(plan.phases):
        if phase.start and phase.due < phase.start:
            yield Fault("days_order", ("phases", n))
    starts = {phase.key: phase.start for phase in plan.phases}
    yield from _unknown(plan.implementation.phase, starts, "implementation", "phase")
    if starts.get(plan.implementation.phase, plan.source.issued) is None:
        yield Fault("no_start", ("implementation", "phase"), {"found": plan.implementation.phase})
    if plan.reporting.reminder_time and plan.reporting.reminder_time >= plan.reporting.cutoff_time:
        yield Fault("reminder", ("reporting", "reminder_time"))


def _obligations(plan: PlanFile) -> Iterator[Fault]:
    rungs = [rung.key for rung in plan.ladder]
    for n, rule in enumerate(plan.obligations):
        place = ("obligations", n)
        yield from _lacks(rule, place)
        yield from _unknown(rule.phase, (phase.key for phase in plan.phases), *place, "phase")
        yield from _unknown(rule.activity_kind, ACTIVITY_KINDS, *place, "activity_kind")
        yield from _unknown(rule.first_rung, rungs, *place, "first_rung")
        yield from _unknown(rule.top_rung, rungs, *place, "top_rung")
        if rule.evidence in {Evidence.COMMITTEES, Evidence.IMPROVEMENTS}:
            yield from _unknown(rule.year, (target.year for target in plan.targets), *place, "year")
        # Parts stand before the whole, so that nothing can be a part of itself.
        whole = rule.evidence is Evidence.ALL_OF
        parts = [earlier.key for earlier in plan.obligations[:n]] if whole else ACTIVITY_KINDS
        for p, part in enumerate(rule.parts):
            yield from _unknown(part, parts, *place, "parts", p)


def _lacks(rule: Obligation, place: Place) -> Iterator[Fault]:
    if rule.due and rule.phase:
        yield Fault("not_with", place)
    said = {"due": rule.due or rule.phase} | rule.model_dump(include={"activity_kind", "parts", "year", "working_days"})
    for needed in NEEDS.get(rule.evidence, ()):
        if said[needed] in {None, ()}:
            word = "due 或 phase" if needed == "due" else needed
            yield Fault("needs", place, {"evidence": rule.evidence, "needed": word})


def _ladder(plan: PlanFile) -> Iterator[Fault]:
    for n, rung in enumerate(plan.ladder):
        if n and rung.working_days <= plan.ladder[n - 1].working_days:
            yield Fault("order", ("ladder", n))
        yield from _unknown(rung.requires, (lower.key for lower in plan.ladder[:n]), "ladder", n, "requires")


def _issuers(plan: PlanFile) -> Iterator[Fault]:
    for n, issuer in enumerate(plan.issuers):
        place = ("issuers", n)
        if issuer.reviewer.name == issuer.signer.name:
            yield Fault("same_person", (*place, "signer", "name"), {"found": issuer.signer.name})
        for role, person in (("reviewer", issuer.reviewer), ("signer", issuer.signer)):
            if person.deputy and person.deputy.last_day < person.deputy.first_day:
                yield Fault("days_order", (*place, role, "deputy"))
            for entry, where in ((person, ()), (person.deputy, ("deputy",))):
                if entry and entry.mail and "@" not in entry.mail:
                    yield Fault("mail", (*place, role, *where, "mail"), {"found": entry.mail})
    for n, series in enumerate(plan.series):
        fields = _fields(series.number_form)
        if fields is None or "number" not in fields or not fields <= NUMBER_FIELDS:
            yield Fault("number_form", ("series", n, "number_form"), {"found": series.number_form})


def _fields(form: str) -> set[str] | None:
    """The names between braces; None when the braces do not match."""
    try:
        return {name for _, name, _, _ in Formatter().parse(form) if name is not None}
    except ValueError:
        return None


def _papers(plan: PlanFile) -> Iterator[Fault]:
    missing = [kind for kind in PaperKind if kind not in {paper.kind for paper in plan.papers}]
    if missing:
        yield Fault("papers", ("papers",), {"found": "、".join(missing)})
    issuers = [*(issuer.key for issuer in plan.issuers), ISSUER_OF_ORIGIN]
    for n, paper in enumerate(plan.papers):
        yield from _unknown(paper.issuer, issuers, "papers", n, "issuer")
        yield from _unknown(paper.series, (series.key for series in plan.series), "papers", n, "series")
        yield from _recipients(paper, ("papers", n))


def _recipients(paper: Paper, place: Place) -> Iterator[Fault]:
    about_another = paper.issuer == ISSUER_OF_ORIGIN
    known = {OFFICE_CONCERNED, RECIPIENTS_OF_ORIGIN} if about_another else {OFFICE_CONCERNED}
    for field in ("to", "cc", "report_to", "send_to", "issue_to"):
        for n, name in enumerate(getattr(paper, field)):
            if not set(re.findall(r"\{.*?\}|[{}]", name)) <= known:
                yield Fault("placeholder", (*place, field, n), {"found": name, "expected": "、".join(sorted(known))})


def _scope(plan: PlanFile) -> Iterator[Fault]:
    for n, kind in enumerate(plan.scope.kinds):
        yield from _unknown(kind, COMPOUND_KINDS, "scope", "kinds", n)


def _deliveries(plan: PlanFile) -> Iterator[Fault]:
    place: Place = ("deliveries", "recipients")
    recipients = plan.deliveries.recipients if plan.deliveries else ()
    yield from _same(recipients, "name", place)
    for n, one in enumerate(recipients):
        if one.members and (one.address or one.channel is Channel.MAIL):
            yield Fault("group", (*place, n, "members"), {"found": one.name})
        if one.channel is Channel.MAIL and "@" not in (one.address or ""):
            yield Fault("mailbox", (*place, n), {"found": one.address or ""})
