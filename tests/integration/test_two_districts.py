"""Two districts in one database, the same codes of offices in both: nothing of one ever touches the other.

The strongest proof is the district alone: with a neighbour it has the same figures, papers and numbers as without one.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from duban.adapters.gb9704 import lint
from duban.adapters.settings import Settings
from duban.core.conformance import LintFacts
from duban.core.errors import DubanError
from duban.core.formatting import percent
from duban.core.papers import PaperKind
from duban.core.weeks import ZONE
from duban.pipeline.status import status_document
from duban.wiring import App, open_app
from duban.wiring.plans import chosen
from fakes.commands import Run
from fakes.season_run import collect, deliver, report, watch
from fakes.two_districts import FIRST, NAMES, SECOND, plans_setting, write_returns, write_second

CITY = Path(__file__).parents[1] / "plans" / "city.yaml"
SEEDS = {FIRST: 7, SECOND: 8}
UNTIL = "2018-08-03"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


ROUNDS = (
    (at("2018-07-27 17:00"), report),
    (at("2018-07-30 23:30"), collect),
    (at("2018-07-31 08:30"), watch),
    (at("2018-08-03 17:00"), report),
)
END = at("2018-08-03 17:30")


def work(apps: list[App]) -> None:
    """The rounds of two weeks: in each one district after the other, everything signed and sent at once."""
    for moment, step in ROUNDS:
        for app in apps:
            step(app, moment)
        for app in apps:
            app.signing_all.run(moment)
            deliver(app, moment)


@dataclass(frozen=True)
class City:
    """The two districts' products, and where everything lies."""

    home: Path
    settings: Settings
    apps: Mapping[str, App]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, databases: Iterator[str]) -> Iterator[City]:
    home = tmp_path_factory.mktemp("city")
    settings = Settings(home=home / "home", database_url=next(databases), plans=plans_setting(home))
    for key, seed in SEEDS.items():
        write_returns(settings, key, UNTIL, seed)
    with ExitStack() as opened:
        apps = {key: opened.enter_context(open_app(chosen(settings, key))) for key in SEEDS}
        work(list(apps.values()))
        yield City(home / "home", settings, apps)


@pytest.fixture(scope="module")
def alone(city: City, tmp_path_factory: pytest.TempPathFactory, databases: Iterator[str]) -> Iterator[App]:
    """The second district as the only one, in a home and a database of its own."""
    home = tmp_path_factory.mktemp("alone")
    plan = city.apps[SECOND].settings.plan
    inbox = Path(city.apps[SECOND].settings.inbox_url)
    with open_app(Settings(home=home, database_url=next(databases), plan=plan, inbox=str(inbox))) as app:
        work([app])
        yield app


def figures(app: App, moment: datetime) -> str:
    """What `duban status --json` prints; a correction goes by its return, which both draw from one sequence."""
    return re.sub(r"K-\d+", "K", json.dumps(status_document(app.assess(moment)), ensure_ascii=False))


def told(app: App) -> list[tuple[object, ...]]:
    """The register without identities, which the two districts draw from one sequence."""
    return sorted(
        (paper.kind, paper.title, paper.number or "", paper.to, paper.state, paper.as_of, paper.office or "")
        for paper in app.register.papers()
    )


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("moment", [moment for moment, _ in ROUNDS])
def test_a_district_has_the_figures_that_it_has_alone(city: City, alone: App, moment: datetime) -> None:
    assert figures(city.apps[SECOND], moment) == figures(alone, moment)


def test_a_district_has_the_papers_and_numbers_that_it_has_alone(city: City, alone: App) -> None:
    assert told(city.apps[SECOND]) == told(alone)
    assert len(files(city.apps[SECOND].settings.outbox_path)) == len(files(alone.settings.outbox_path))


def test_each_register_runs_from_one_without_a_gap(city: City) -> None:
    """Both give out number 1 of the same series: a register is an issuer's in a plan."""
    for app in city.apps.values():
        numbers: dict[object, list[int]] = {}
        for number in app.books.numbers():
            numbers.setdefault(number.series, []).append(number.number)
        assert numbers
        assert all(sorted(given) == list(range(1, len(given) + 1)) for given in numbers.values())
    printed = [{paper.number for paper in app.register.papers() if paper.number} for app in city.apps.values()]
    assert {text for text in printed[0] & printed[1] if "〔" in text} == set()


def test_returns_and_letters_of_one_are_not_the_others(city: City) -> None:
    first, second = city.apps.values()
    returns = [{record.return_id for record in app.ledger.return_records()} for app in (first, second)]
    papers = [{paper.id for paper in app.register.papers()} for app in (first, second)]

    assert all(returns)
    assert all(papers)
    assert returns[0].isdisjoint(returns[1])
    assert papers[0].isdisjoint(papers[1])
    assert {paper.office for paper in first.register.papers()} & {paper.office for paper in second.register.papers()}


def test_every_file_lies_in_the_folder_of_its_district(city: City) -> None:
    """Inbox, archive, papers and outbox hold the two folders and nothing beside them."""
    for name in ("inbox", "archive", "papers", "outbox"):
        assert {path.name for path in (city.home / name).iterdir()} == set(NAMES), name
        assert all(files(city.home / name / key) for key in NAMES), name
    assert files(city.home / "issued") == {f"{key}.jsonl" for key in NAMES}


def test_both_are_sound(city: City) -> None:
    for app in city.apps.values():
        assert app.verifying.run().defects == ()
        assert app.reconcile.difference() is None


def test_a_defect_is_told_of_its_own_district(city: City) -> None:
    """A file of the first that is gone is missed there, and nowhere else."""
    victim = next(path for path in (city.home / "archive" / FIRST).rglob("*") if path.is_file())
    content, mode = victim.read_bytes(), victim.stat().st_mode
    victim.parent.chmod(0o755)
    victim.unlink()
    try:
        assert [bool(city.apps[key].verifying.run().defects) for key in (FIRST, SECOND)] == [True, False]
    finally:
        victim.write_bytes(content)
        victim.chmod(mode)


def test_nobody_signs_a_paper_of_the_other_district(city: City) -> None:
    """Its id names nothing there."""
    paper = city.apps[SECOND].register.papers()[0]
    signer = city.apps[FIRST].plan.issuers[0].signer.name

    with pytest.raises(DubanError):
        city.apps[FIRST].signing.sign(paper.id, signer, END)


@pytest.fixture
def run(city: City, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line of the city."""
    from typer.testing import CliRunner

    from duban.cli.main import app as commands

    monkeypatch.setenv("DUBAN_HOME", str(city.home))
    monkeypatch.setenv("DUBAN_DATABASE_URL", str(city.settings.database_url))
    monkeypatch.setenv("DUBAN_PLANS", city.settings.plans)
    return lambda *words: CliRunner().invoke(commands, [str(word) for word in words], catch_exceptions=False)


def test_a_command_has_to_say_for_which_district(run: Run) -> None:
    refused = run("papers")

    assert refused.exit_code == 2
    assert "本系统有 2 个方案，请写明是哪一个：jingkai-2018（经开区）、beiyuan-2018（北苑区）" in refused.output


def test_a_command_works_for_the_district_that_it_names(run: Run, city: City) -> None:
    for key, app in city.apps.items():
        told = run("--plan", key, "papers", "--json")
        assert told.exit_code == 0
        assert all(f'"id": {paper.id},' in told.stdout for paper in app.register.papers())
        assert run("--plan", key, "verify").exit_code == 0


def test_the_doctor_looks_at_every_district(run: Run) -> None:
    told = run("doctor").output

    for key in NAMES:
        assert f"方案（{key}）" in told
        assert f"签发（{key}）" in told
    assert "看板授权文件中" in told


LATER = at("2018-08-13 12:00")
"""After the due days of survey and publicity: something is overdue in both."""


@pytest.fixture
def named_city(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("DUBAN_CITY", str(CITY))
    return run


@pytest.fixture
def rolled_up(named_city: Run) -> dict[str, Any]:
    """What `duban city-report --json` says."""
    return json.loads(named_city("city-report", "--as-of", LATER.isoformat(), "--json").stdout)


def test_the_city_is_the_sum_of_its_districts(city: City, rolled_up: dict[str, Any]) -> None:
    """Each figure of a district is that of `duban status` there; the rate of the city is that of the sums."""
    own = {key: status_document(app.assess(LATER))["district"] for key, app in city.apps.items()}
    total = rolled_up["total"]

    assert [one["plan"] for one in rolled_up["districts"]] == list(NAMES)
    for told in rolled_up["districts"]:
        assert told["baseline"] == own[told["plan"]]["baseline"] > 0
        for name in ("committees", "improvements"):
            assert told[name]["required"] == own[told["plan"]]["required"][name] > 0
            assert told[name]["rate"] == own[told["plan"]]["rate"][name]
    for name in ("committees", "improvements"):
        required, done = (sum(one[name][part] for one in rolled_up["districts"]) for part in ("required", "done"))
        assert total[name] == {"required": required, "done": done, "rate": percent(Fraction(done, required))}
    assert total["baseline"] == sum(one["baseline"] for one in rolled_up["districts"])
    assert total["offices"] == 2 * len(city.apps[FIRST].plan.offices)


def test_the_city_tells_who_has_not_returned_and_what_is_overdue(city: City, rolled_up: dict[str, Any]) -> None:
    for told in rolled_up["districts"]:
        assessment = city.apps[told["plan"]].assess(LATER)
        overdue = [
            one
            for one in status_document(assessment)["obligations"]
            if one["state"] == "overdue" and one["id"][0] != "W"
        ]
        assert told["not_returned"] == [one.office for one in assessment.offices if not one.returned]
        assert sorted(map(str, told["overdue"])) == sorted(map(str, overdue))
        assert overdue
    assert rolled_up["total"]["overdue"] == sum(len(one["overdue"]) for one in rolled_up["districts"])


def test_a_figure_of_the_city_leads_to_the_returns_of_its_district(city: City, rolled_up: dict[str, Any]) -> None:
    """A district's to its own alone, a total's to those of both."""
    own = {key: {record.return_id for record in app.ledger.return_records()} for key, app in city.apps.items()}
    figures = {figure["key"]: figure for figure in rolled_up["figures"]}

    for key in NAMES:
        assert set(figures[f"{key}.committees.done"]["returns"]) <= own[key]
        assert figures[f"{key}.committees.done"]["returns"]
    behind = {return_id for key in NAMES for return_id in figures[f"{key}.baseline"]["returns"]}
    assert set(figures["city.baseline"]["returns"]) == behind
    assert all(figure["source"] for figure in figures.values())


def test_the_citys_paper_keeps_the_standard(named_city: Run, city: City, tmp_path: Path) -> None:
    """A draft: nothing but its number is missing. Written again it has the same bytes."""
    first, again = tmp_path / "1.docx", tmp_path / "2.docx"
    for path in (first, again):
        assert named_city("city-report", "--as-of", LATER.isoformat(), "-o", path).exit_code == 0
    report = lint(first.read_bytes(), kind=PaperKind.CIRCULAR, facts=LintFacts(draft=True))

    assert first.read_bytes() == again.read_bytes()
    assert [finding.message for finding in report.findings] == []
    assert report.elements["主送机关"] == "各区住宅小区管理提升工作领导小组办公室："


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"plans: [jingkai-2018, beiyuan-2018]": "plans: [jingkai-2018, nanyuan-2018]"}, "方案 nanyuan-2018 不在"),
        ({"plans: [jingkai-2018, beiyuan-2018]": "plans: [jingkai-2018, jingkai-2018]"}, "plans（.*同一方案写了两次"),
        ({"prefix": "prefixes"}, "issuer.prefix.*issuer.prefixes"),
        ({"key: shiyan-2018": "key: ["}, "ParserError"),
    ],
)
def test_a_wrong_city_is_refused_with_its_place(
    named_city: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: dict[str, str], told: str
) -> None:
    wrong = CITY.read_text("utf-8")
    for here, there in change.items():
        wrong = wrong.replace(here, there)
    path = tmp_path / "city.yaml"
    path.write_text(wrong, "utf-8")
    monkeypatch.setenv("DUBAN_CITY", str(path))
    refused = named_city("city-report", "--as-of", "2018-08-13", "--json")

    assert refused.exit_code == 2
    assert re.search(told, refused.output)


def test_without_a_city_there_is_no_roll_up(run: Run) -> None:
    refused = run("city-report", "--as-of", "2018-08-13", "--json")

    assert (refused.exit_code, "DUBAN_CITY" in refused.output) == (2, True)


def test_a_backup_holds_every_district_whichever_is_meant(run: Run, tmp_path: Path) -> None:
    """The database is one: half of its files would be no back-up."""
    assert run("--plan", FIRST, "backup", tmp_path / "saved").exit_code == 0

    for name in ("archive", "papers", "outbox"):
        assert {path.name for path in (tmp_path / "saved" / "files" / name).iterdir()} == set(NAMES)


def test_a_plan_that_is_named_by_its_file_is_no_district(run: Run, tmp_path: Path) -> None:
    """`duban simulate --plan FILE` needs no installation, and none of its plans."""
    path = write_second(tmp_path)
    made = run("simulate", tmp_path / "made", "--plan", path, "--until", "2018-07-27", "--seed", 3)

    assert made.exit_code == 0
    assert list((tmp_path / "made").rglob("*.xlsx"))
