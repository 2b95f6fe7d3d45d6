"""From the validated file to the core's Plan: what the file leaves to be derived is filled in here, once."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from duban.adapters.planfile import schema
from duban.core import plan as core
from duban.core.addressees import Addressee, Channel
from duban.core.grounds import Ground
from duban.core.plan import Plan
from duban.core.workdays import HolidayCalendar


def to_plan(file: schema.PlanFile, calendar: HolidayCalendar) -> Plan:
    """The plan that `file` describes; its references have been checked."""
    phases = tuple(_phase(phase, file.before_includes_the_day) for phase in file.phases)
    targets = _targets(file)
    return Plan(
        key=file.key,
        district=file.district.text,
        work=file.work.text,
        source=_source(file.source),
        leading_group={role: fact.text for role, fact in file.leading_group},
        units=(*map(_unit, file.units), *_office_units(file.offices)),
        other_units=tuple(map(_unit, file.other_units)),
        offices=tuple(
            core.Office(one.code, one.name, one.ground, one.expected_compounds, one.joined)
            for one in file.offices.members
        ),
        phases=phases,
        targets=targets,
        aims=tuple(core.Aim(aim.key, aim.name, aim.ground) for aim in file.aims),
        work_areas=tuple(core.WorkArea(area.name, area.text, area.ground) for area in file.work_areas),
        obligations=tuple(_obligation(rule, phases, targets) for rule in file.obligations),
        ladder=tuple(_rung(rung) for rung in file.ladder),
        issuers=tuple(_issuer(issuer) for issuer in file.issuers),
        papers=tuple(_paper(paper, file.series) for paper in file.papers),
        reporting=_reporting(file.reporting),
        calendar=calendar,
        kinds_in_scope=file.scope.kinds,
        implementation_start=next(p.start for p in phases if p.key == file.implementation.phase and p.start),
        basis=core.Basis(file.basis.number, file.basis.title, file.basis.signed) if file.basis else None,
        waits=core.Waits(**file.waits.model_dump(exclude={"clause", "decision"})),
        spot_checks=_spot_checks(file.spot_checks),
        grounds=dict(_grounds(file)),
        deliveries=_deliveries(file),
        limits=file.limits.to_core() if file.limits else None,
    )


def _source(entry: schema.Source) -> core.SourceDocument:
    return core.SourceDocument(
        entry.title, entry.number, entry.issuer, entry.issued, entry.start.day, entry.ground
    )  # fmt: skip


def _unit(entry: schema.Unit) -> core.MemberUnit:
    return core.MemberUnit(entry.name, entry.department, tuple(map(_duty, entry.duties)), entry.ground)


def _office_units(entry: schema.Offices) -> Iterator[core.MemberUnit]:
    """Every office is a member unit, with the duties that section 六 gives them all."""
    duties = tuple(map(_duty, entry.duties))
    return (
        core.MemberUnit(office.name, department=False, duties=duties, ground=office.ground) for office in entry.members
    )


def _duty(entry: schema.Duty) -> core.Duty:
    aims = entry.answers_for.aims if entry.answers_for else ()
    return core.Duty(entry.text or entry.clause or "", aims, entry.ground)


def _phase(entry: schema.Phase, switch: schema.BeforeIncludesTheDay) -> core.Phase:
    excluded = entry.before and not switch.value
    due = entry.due - timedelta(days=1) if excluded else entry.due
    return core.Phase(entry.key, entry.name, entry.start, due, entry.ground)


def _targets(file: schema.PlanFile) -> tuple[core.AnnualTarget, ...]:
    cumulative = accumulate(target.share for target in file.targets)
    return tuple(
        core.AnnualTarget(target.year, target.share, so_far, target.due, target.ground)
        for target, so_far in zip(file.targets, cumulative, strict=True)
    )


def _obligation(
    entry: schema.Obligation, phases: tuple[core.Phase, ...], targets: tuple[core.AnnualTarget, ...]
) -> core.ObligationRule:
    return core.ObligationRule(
        key=entry.key,
        deliverable=entry.deliverable,
        owner=entry.owner,
        evidence=entry.evidence,
        due=_due(entry, phases, targets),
        working_days=entry.working_days,
        escalates=entry.escalates,
        needs_basis=entry.needs_basis,
        ground=entry.ground,
        activity_kind=entry.activity_kind,
        parts=entry.parts,
        year=entry.year,
        top_rung=entry.top_rung,
        first_rung=entry.first_rung,
        office_share=entry.office_share.ground if entry.office_share else None,
    )


def _due(
    entry: schema.Obligation, phases: tuple[core.Phase, ...], targets: tuple[core.AnnualTarget, ...]
) -> date | None:
    """The day it says, or that of its phase, or that of its year's target."""
    if entry.due:
        return entry.due
    if entry.phase:
        return next(phase.due for phase in phases if phase.key == entry.phase)
    if entry.evidence in {core.Evidence.COMMITTEES, core.Evidence.IMPROVEMENTS}:
        return next(target.due for target in targets if target.year == entry.year)
    return None


def _rung(entry: schema.Rung) -> core.Rung:
    return core.Rung(
        key=entry.key,
        name=entry.name,
        working_days=entry.working_days,
        paper=entry.paper,
        requires=entry.requires,
        automatic=entry.automatic,
        ground=entry.ground,
        may_decline=entry.may_decline,
    )


def _issuer(entry: schema.Issuer) -> core.Issuer:
    return core.Issuer(
        key=entry.key,
        name=entry.name,
        mark=entry.mark,
        prefix=entry.prefix,
        numbering=entry.numbering,
        seal=entry.seal,
        telephone=entry.telephone,
        reviewer=_person(entry.reviewer),
        signer=_person(entry.signer),
        ground=entry.ground,
    )


def _person(entry: schema.Person) -> core.Person:
    deputy = entry.deputy
    if deputy is None:
        return core.Person(entry.name, entry.position, None, None, None, entry.mail)
    days = deputy.first_day, deputy.last_day
    return core.Person(entry.name, entry.position, deputy.name, *days, entry.mail, deputy.mail)


def _paper(entry: schema.Paper, every_series: tuple[schema.Series, ...]) -> core.PaperRule:
    number_form = next((series.number_form for series in every_series if series.key == entry.series), "")
    return core.PaperRule(
        kind=entry.kind,
        name=entry.name,
        issuer=entry.issuer,
        to=entry.to,
        copy=entry.cc,
        series=entry.series or "",
        number_form=number_form,
        ground=entry.ground,
        report_to=entry.report_to,
        send_to=entry.send_to,
        issue_to=entry.issue_to,
        copy_number=entry.copy_number or "",
        secrecy=entry.secrecy or "",
        urgency=entry.urgency or "",
    )


def _reporting(entry: schema.Reporting) -> core.Reporting:
    return core.Reporting(entry.first_day, entry.cutoff_time, entry.ground, entry.reminder_time)


def _deliveries(file: schema.PlanFile) -> dict[str, tuple[Addressee, ...]]:
    """Who gets what is addressed to each recipient listed, and to each member of a group."""
    entries = file.deliveries.recipients if file.deliveries else ()
    codes = {office.name: office.code for office in file.offices.members}
    own = {one.name: Addressee(one.name, one.channel, one.address or codes.get(one.name, one.name)) for one in entries}
    groups = {
        group.name: tuple(
            own.get(name) or Addressee(name, Channel.FOLDER, codes.get(name, name)) for name in group.members
        )
        for group in entries
        if group.members
    }
    return {**{name: (one,) for name, one in own.items()}, **groups}


def _spot_checks(given: schema.SpotChecks | None) -> core.SpotChecks:
    return core.SpotChecks(given.number, given.days_before_a_deadline) if given else core.SpotChecks()


def _grounds(file: schema.PlanFile) -> Iterator[tuple[str, Ground]]:
    """The grounds of what is a plain value in the core, by its place in the file."""
    for section in ("district", "work", "before_includes_the_day", "scope", "implementation", "calendar", "waits"):
        yield section, getattr(file, section).ground
    if file.deliveries:
        yield "deliveries", file.deliveries.ground
    if file.limits:
        yield "limits", file.limits.ground
    if file.spot_checks:
        yield "spot_checks", file.spot_checks.ground
    yield "source.start", file.source.start.ground
    yield "offices.codes", file.offices.codes.ground
    for role, fact in file.leading_group:
        yield f"leading_group.{role}", fact.ground
    for issuer in file.issuers:
        yield f"issuers.{issuer.key}.reviewer", issuer.reviewer.ground
        yield f"issuers.{issuer.key}.signer", issuer.signer.ground
    for series in file.series:
        yield f"series.{series.key}", series.ground
    for unit in (*file.units, *file.other_units):
        yield from _answers(f"units.{unit.name}", unit.duties)
    yield from _answers("offices", file.offices.duties)


def _answers(owner: str, duties: tuple[schema.Duty, ...]) -> Iterator[tuple[str, Ground]]:
    for n, duty in enumerate(duties, 1):
        if duty.answers_for:
            yield f"{owner}.duties.{n}.answers_for", duty.answers_for.ground
