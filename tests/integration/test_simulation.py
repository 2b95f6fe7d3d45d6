"""The simulated season (duban simulate): plausible, repeatable, readable, and true to what it says of itself."""

import json
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from duban.adapters.expectations import load_suites
from duban.adapters.planfile import load_plan
from duban.adapters.season import MANIFEST, write_season
from duban.core.errors import UsageError
from duban.core.findings import FindingClass
from duban.core.gate.executor import Gate
from duban.core.layout import lay_out
from duban.core.plan import Plan
from duban.core.returns import Form, Kind, declare_form
from duban.core.sheets import RawBook, RawSheet
from duban.core.simulation.draft import draft
from duban.core.simulation.files import Season, SentFile
from duban.core.simulation.season import simulate
from duban.core.simulation.truth import counts_at
from duban.core.state import DatedReturn, fold_season
from duban.core.weeks import ZONE, Weeks
from duban.pipeline.check import Checker

ROOT = Path(__file__).parents[2]
JINGKAI = load_plan(ROOT / "plans" / "jingkai-2018.yaml")
LINHAI = load_plan(ROOT / "tests" / "plans" / "linhai-2021.yaml")
END = {JINGKAI.key: date(2018, 11, 30), LINHAI.key: date(2021, 9, 30)}
BOTH_PLANS = pytest.mark.parametrize("plan", [JINGKAI, LINHAI], ids=lambda plan: plan.key)


def weeks_of(plan: Plan) -> Weeks:
    return Weeks(plan.calendar, plan.reporting.first_day, plan.reporting.cutoff_time)


def form_of(plan: Plan) -> Form:
    return declare_form(tuple((aim.key, aim.name) for aim in plan.aims), plan.departments)


@cache
def _season(key: str, seed: int, mess: float) -> Season:
    plan = next(plan for plan in (JINGKAI, LINHAI) if plan.key == key)
    return simulate(plan, weeks_of(plan), seed, END[key], mess)


def season_of(plan: Plan, seed: int = 7, mess: float = 1.0) -> Season:
    return _season(plan.key, seed, mess)


def book_of(file: SentFile, plan: Plan, mess: float) -> RawBook:
    sheets = draft(file, form_of(plan), plan, mess)
    hidden = [frozenset(sheet.hidden_rows) for sheet in sheets]
    return RawBook(
        "xlsx",
        tuple(
            RawSheet(sheet.name, tuple(map(tuple, sheet.rows)), hidden_rows=rows)
            for sheet, rows in zip(sheets, hidden, strict=True)
        ),
    )


def bytes_of(directory: Path) -> dict[str, tuple[bytes, float]]:
    """Every file with its content and time of modification; the manifest's own time is that of its writing."""
    files = {str(file.relative_to(directory)): file for file in directory.rglob("*") if file.is_file()}
    return {name: (file.read_bytes(), file.stat().st_mtime * (name != MANIFEST)) for name, file in files.items()}


def write(directory: Path, until: date, *, plan: Plan = JINGKAI, seed: int = 7, continue_: bool = False) -> int:
    report = write_season(plan, weeks_of(plan), directory, seed=seed, until=until, mess=0.5, continue_=continue_)
    return report.files


# ── on disk ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    """Content, names, times of receipt and the manifest; another seed gives another season."""
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        write(tmp_path / name, date(2018, 8, 31), seed=seed)
    assert bytes_of(tmp_path / "a") == bytes_of(tmp_path / "b")
    assert bytes_of(tmp_path / "a") != bytes_of(tmp_path / "c")


def test_a_season_continued_is_the_season_simulated_at_once(tmp_path):
    """To A and on to B is the same as to B: no file differs, whatever day it was cut off on."""
    write(tmp_path / "at once", date(2018, 9, 21))
    for until in (date(2018, 7, 25), date(2018, 8, 1), date(2018, 8, 25)):
        write(tmp_path / "continued", until, continue_=until > date(2018, 7, 25))
    before = len(bytes_of(tmp_path / "continued"))
    new = write(tmp_path / "continued", date(2018, 9, 21), seed=99, continue_=True)
    assert new > 0
    assert before + new == len(bytes_of(tmp_path / "continued"))
    assert bytes_of(tmp_path / "continued") == bytes_of(tmp_path / "at once")


def test_a_season_never_loses_what_it_had(tmp_path):
    """Continued to an earlier day it stays as it is."""
    write(tmp_path, date(2018, 8, 31))
    before = bytes_of(tmp_path)
    assert write(tmp_path, date(2018, 8, 3), continue_=True) == 0
    assert bytes_of(tmp_path) == before


def test_a_season_written_anew_replaces_its_own_files_and_no_others(tmp_path):
    """What an earlier season wrote goes; what people put there stays."""
    write(tmp_path, date(2018, 8, 31))
    (tmp_path / "MH" / "别人的.xlsx").write_bytes(b"x")
    write(tmp_path, date(2018, 8, 31), seed=8)
    write(tmp_path / "fresh", date(2018, 8, 31), seed=8)
    found = {name: content for name, content in bytes_of(tmp_path).items() if not name.startswith("fresh")}
    assert found.pop("MH/别人的.xlsx")[0] == b"x"
    assert found == bytes_of(tmp_path / "fresh")


def test_nothing_to_continue_is_told_to_the_user(tmp_path):
    """--continue without a season, or with another plan's, says so in a sentence."""
    with pytest.raises(UsageError, match="没有可以续写的一季"):
        write(tmp_path, date(2018, 8, 31), continue_=True)
    write(tmp_path, date(2018, 8, 3))
    with pytest.raises(UsageError, match=LINHAI.key):
        write(tmp_path, date(2021, 4, 30), plan=LINHAI, continue_=True)


def test_the_manifest_lists_every_file_with_its_time_of_receipt(tmp_path):
    """The times of modification are those of receipt, and nothing lies outside of the offices' folders but itself."""
    write(tmp_path, date(2018, 8, 31))
    manifest = json.loads((tmp_path / MANIFEST).read_text("utf-8"))
    listed = {entry["file"]: datetime.fromisoformat(entry["received"]) for entry in manifest["returns"]}
    there = {
        str(file.relative_to(tmp_path)): datetime.fromtimestamp(file.stat().st_mtime, UTC)
        for file in tmp_path.rglob("*.xlsx")
    }
    assert there == listed
    assert {Path(name).parent.name for name in listed} == {office.code for office in JINGKAI.offices}
    assert manifest["weeks"][:3] == ["2018-07-27", "2018-08-03", "2018-08-10"]


# ── plausible ────────────────────────────────────────────────────────────────────────────────────────────────────────


@BOTH_PLANS
def test_files_are_received_in_office_hours_and_mostly_in_time(plan):
    """On working days from 9:00 to 17:30, most of them before the cut-off of their week, none before it began."""
    season = season_of(plan)
    for file in season.files:
        moment = file.received_at
        assert plan.calendar.known_on(moment.date()).is_workday(moment.date())
        assert "09:00" <= f"{moment:%H:%M}" <= "18:30"
        assert file.week.first_day <= moment.date() <= END[plan.key]
    on_time = sum(file.received_at <= file.week.cutoff for file in season.files)
    assert on_time > 0.7 * len(season.files)


@BOTH_PLANS
def test_every_kind_of_trouble_happens_in_a_season(plan):
    """Late and missing returns, zero reports, faulty files with their corrections, faulty rows, copies."""
    season = season_of(plan)
    fates = {file.fate for file in season.files}
    assert fates >= {"ok", "late", "zero", "file", "rows", "copy", "correction"}
    assert len(season.files) < len(season.weeks) * len(plan.offices) * 1.3
    assert season.late_survey
    weeks_sent = {(file.office, file.week.key) for file in season.files}
    assert len(weeks_sent) < len(season.weeks) * len(plan.offices)


def test_late_offices_are_late_and_the_others_are_not():
    """The survey comes after its due date from the late offices alone; so does the publicity meeting from one."""
    for seed in range(1, 6):
        season = season_of(JINGKAI, seed)
        for due, kind, late in (
            (JINGKAI.obligation("S1").due, None, set(season.late_survey)),
            (JINGKAI.obligation("S2").due, "宣传发动", set(season.no_meeting)),
        ):
            held_late = {
                office.code
                for office in JINGKAI.offices
                if min(happened(season, office.code, kind)) > datetime.combine(due, datetime.max.time(), ZONE)
            }
            assert late <= held_late
            assert kind or late == held_late


def happened(season: Season, office: str, kind: str | None) -> list[datetime]:
    """When accepted returns of an office came that hold rows, or an activity of `kind`."""
    return [
        file.received_at
        for file in season.files
        if file.office == office and file.counts
        if (any(row["kind"] == kind for row in file.accepted("activities")) if kind else file.accepted("work"))
    ]


@BOTH_PLANS
def test_progress_is_never_taken_back_and_goes_on(plan):
    """No count falls from one cut-off to the next, and by the end something is done."""
    season = season_of(plan)
    counts = [counts_at(season, plan, week.cutoff, week.key) for week in season.weeks]
    for office in plan.offices:
        for figure in ("known_compounds", "committees_formed", "compounds_improved", "scheme_drafted", "deliberated"):
            series = [figures[office.code][figure] for figures in counts]
            assert series == sorted(series)
    assert sum(figures["compounds_improved"] for figures in counts[-1].values()) > 0
    assert sum(figures["committees_formed"] for figures in counts[-1].values()) > 0


# ── readable and true ────────────────────────────────────────────────────────────────────────────────────────────────


@BOTH_PLANS
@pytest.mark.parametrize("mess", [0.0, 1.0])
def test_whatever_the_layout_the_values_are_read_as_they_were_meant(plan, mess):
    """Mess changes the way of writing and no value: every row reads back cell by cell."""
    form = form_of(plan)
    for file in season_of(plan, mess=mess).files:
        read = lay_out(book_of(file, plan, mess), form)
        assert set(read.tables) == set(file.content.tables)
        for key, table in read.tables.items():
            meant = file.content.tables[key]
            assert len(table.rows) == len(meant)
            for row, values in zip(table.rows, meant, strict=True):
                for column in form.table(key).columns:
                    if column.key in row.cells and row.cells[column.key].readable:
                        assert row.cells[column.key].value == typed(values.get(column.key), column.kind)


def typed(value: object, kind: Kind) -> object:
    return str(value) if kind is Kind.TEXT else value


@BOTH_PLANS
@pytest.mark.parametrize("seed", [3, 4])
def test_the_truth_is_what_a_correct_reader_finds(plan, seed):
    """Every planted fault is found and no other of class A or B, and the figures at every cut-off are the truth's."""
    checker = Checker(plan, form_of(plan), weeks_of(plan), Gate(load_suites(ROOT / "expectations")))
    season = season_of(plan, seed)
    judged = []
    for file in season.files:
        if file.truncated or file.file_finding == "F10":
            continue
        book = book_of(file, plan, season.mess)
        checked = checker.check(book, folder=file.office, received_at=file.received_at, last=None).checked
        judged.append(DatedReturn(file.path, file.received_at, checked))
        serious = [f for f in checked.findings if f.cls in (FindingClass.A, FindingClass.B)]
        if file.file_finding:
            assert {f.code for f in serious} == {file.file_finding}, file.path
        else:
            assert {(f.code, f.sheet, f.compound) for f in serious} == {
                (fault.code, fault.sheet, fault.compound) for fault in file.planted
            }, file.path
    aims = tuple(aim.key for aim in plan.aims)
    for week in season.weeks:
        state = fold_season(judged, week.cutoff, aims)
        today = week.cutoff.date()
        for office, figures in counts_at(season, plan, week.cutoff, week.key).items():
            compounds = [compound for compound in state.get(office, {}).values() if not compound.pending]
            assert figures["known_compounds"] == len(compounds)
            assert figures["committees_formed"] == sum(c.committee_formed(plan.source.start, today) for c in compounds)
            assert figures["compounds_improved"] == sum(c.improved(today) for c in compounds)
            assert figures["scheme_drafted"] == sum(c.scheme_drafted for c in compounds)
            assert figures["deliberated"] == sum(c.deliberated(today) for c in compounds)
