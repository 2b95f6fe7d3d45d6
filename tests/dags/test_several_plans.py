"""Two plans in one installation, as Airflow sees them: a DAG a plan, and the run tells which plan it is about."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from duban.core.errors import UsageError
from duban.core.weeks import ZONE
from fakes.two_districts import COMMITTED, FIRST, NAMES, SECOND, plans_setting

if TYPE_CHECKING:
    from airflow.dag_processing.dagbag import DagBag
    from fastapi.testclient import TestClient

DAGS = Path(__file__).resolve().parents[2] / "dags"
FILES = sorted(file.stem for file in DAGS.glob("*.py"))
CUTOFF = datetime(2018, 8, 3, 17, tzinfo=ZONE)


def load() -> "DagBag":
    from airflow.dag_processing.dagbag import BundleDagBag

    return BundleDagBag(dag_folder=DAGS, bundle_path=DAGS, bundle_name="dags-folder")


@pytest.fixture(scope="module")
def city_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the two plans' files lie: apart from the home of the other modules, which have one plan."""
    folder = tmp_path_factory.mktemp("city")
    for key in NAMES:
        (folder / "inbox" / key).mkdir(parents=True)
    return folder


@pytest.fixture(scope="module")
def two_plans(home: Path, dagbag: "DagBag", city_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """DUBAN_PLANS for this module, on a database of its own: one of the two is the plan of the other modules."""
    from duban.adapters.settings import Settings
    from duban.orchestration import tasks
    from duban.wiring import server

    setting, url = plans_setting(tmp_path_factory.mktemp("plans")), server(Settings()).url("city")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DUBAN_PLANS", setting)
        environment.setenv("DUBAN_DATABASE_URL", url)
        environment.setenv("DUBAN_HOME", str(city_home))
        yield setting
        tasks.close_apps()


@pytest.fixture(scope="module")
def two(two_plans: str) -> "DagBag":
    return load()


def test_each_file_gives_a_dag_a_plan(two: "DagBag") -> None:
    """Each parses without error or warning, and comes from the file of its name."""
    assert two.import_errors == {}
    assert two.captured_warnings == {}
    assert {dag_id: Path(dag.fileloc).stem for dag_id, dag in two.dags.items()} == {
        f"{name}__{key}": name for name in FILES for key in NAMES
    }


@pytest.mark.parametrize("key", NAMES)
@pytest.mark.parametrize("name", FILES)
def test_a_dag_differs_from_that_of_one_plan_in_what_names_it_alone(
    two: "DagBag", dagbag: "DagBag", name: str, key: str
) -> None:
    """Id, display name and tags tell the district; tasks, order, retries, manual are the same."""
    dag, alone = two.dags[f"{name}__{key}"], dagbag.dags[name]

    assert dag.dag_display_name == f"{alone.dag_display_name}（{NAMES[key]}）"
    assert dag.tags == {*alone.tags, NAMES[key], key}
    assert dag.doc_md == alone.doc_md
    assert {task.task_id: (task.downstream_task_ids, task.retries) for task in dag.tasks} == {
        task.task_id: (task.downstream_task_ids, task.retries) for task in alone.tasks
    }


@pytest.mark.parametrize("name", FILES)
def test_with_one_plan_nothing_is_named_after_it(dagbag: "DagBag", name: str) -> None:
    """Ids, display names, and what Airflow stores of a timetable are what they were before there could be several."""
    from airflow.serialization.encoders import encode_timetable

    dag = dagbag.dags[name]

    assert "（" not in dag.dag_display_name
    assert not dag.tags & {*NAMES, *NAMES.values()}
    if name != "sign_and_issue":
        assert not encode_timetable(dag.timetable)["__var"]


def test_papers_are_handed_to_the_signers_of_their_own_plan(two: "DagBag", dagbag: "DagBag") -> None:
    opened = {
        key: two.dags[f"weekly_report__{key}"].get_task("sign_off.open").partial_kwargs["trigger_dag_id"]
        for key in NAMES
    }

    assert opened == {key: f"sign_and_issue__{key}" for key in NAMES}
    alone = dagbag.dags["weekly_report"].get_task("sign_off.open")
    assert alone.partial_kwargs["trigger_dag_id"] == "sign_and_issue"


def test_a_timetable_follows_the_plan_it_was_made_for(two_plans: str, tmp_path: Path) -> None:
    """Also when scheduler and API server restore it from what was stored; other hours in one plan move no other's."""
    from airflow.serialization.decoders import decode_timetable
    from airflow.serialization.encoders import encode_timetable

    from duban.orchestration.timetables import CutoffTimes, planned_weeks

    restored = decode_timetable(encode_timetable(CutoffTimes(SECOND)))
    assert (type(restored), restored.plan) == (CutoffTimes, SECOND)

    second = Path(two_plans.split(",")[1])
    before = second.read_text("utf-8")
    second.write_text(before.replace("cutoff_time: 17:00", "cutoff_time: 16:00"), "utf-8")
    try:
        assert [planned_weeks(key).cutoff_time.hour for key in NAMES] == [17, 16]
    finally:
        second.write_text(before, "utf-8")


def test_a_run_works_for_the_plan_of_its_dag(two: "DagBag", city_home: Path) -> None:
    """Nothing but the DAG's id tells it: papers and the record of its steps stand under that plan alone."""
    from duban.orchestration import tasks
    from duban.orchestration.replay import load_dags

    dag = load_dags(DAGS)[f"weekly_report__{SECOND}"]
    run = dag.test(
        run_after=CUTOFF,
        logical_date=CUTOFF,
        run_conf={"as_of": CUTOFF.isoformat()},
        mark_success_pattern=r"sign_off\.open",
    )

    assert run.state == "success"
    first, second = tasks.app(FIRST), tasks.app(SECOND)
    assert [paper.kind.value for paper in second.register.papers()] == ["weekly_report"]
    assert first.register.papers() == []
    papers = city_home / "papers"
    assert {path.relative_to(papers).parts[0] for path in papers.rglob("*.docx")} == {SECOND}
    steps = second.steps.between(datetime(2000, 1, 1, tzinfo=ZONE), datetime(2100, 1, 1, tzinfo=ZONE))
    assert {step.dag for step in steps} == {"weekly_report"}
    assert not list(first.steps.between(datetime(2000, 1, 1, tzinfo=ZONE), datetime(2100, 1, 1, tzinfo=ZONE)))


def test_a_replay_is_of_one_district(two_plans: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `duban --plan KEY replay` says; its runs stand under that district's DAGs."""
    from airflow.models.dagrun import DagRun
    from airflow.utils.session import create_session
    from sqlalchemy import select

    from duban.orchestration.replay import replay_ticks

    monkeypatch.setenv("DUBAN_PLAN_KEY", FIRST)
    report = replay_ticks(CUTOFF, CUTOFF, lambda *_: None)

    assert report.runs["weekly_report"] == 1
    with create_session() as session:
        left = session.scalars(select(DagRun.dag_id).where(DagRun.logical_date == CUTOFF))
        assert set(left) == {f"weekly_report__{SECOND}", f"weekly_report__{FIRST}"}


def test_outside_a_run_nobody_guesses_the_plan(two_plans: str) -> None:
    """A DAG of the time when there was one plan, a command, a page: each has to say."""
    from duban.orchestration import tasks

    with pytest.raises(UsageError, match="本系统有 2 个方案"):
        tasks.app()
    with pytest.raises(UsageError, match="没有 key 为“gone-2018”的方案"):
        tasks.app("gone-2018")


def test_a_plan_that_cannot_be_read_takes_no_other_dag_with_it(
    two_plans: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUBAN_PLANS", f"{two_plans},{tmp_path / 'missing.yaml'}")
    bag = load()

    assert bag.import_errors == {}
    assert len(bag.dags) == 2 * len(FILES)


def test_a_failure_is_told_on_the_channel_of_its_plan(two_plans: str, city_home: Path) -> None:
    """Also when that plan's file cannot be read, which may be the failure itself."""
    from types import SimpleNamespace

    from duban.orchestration.notices import tell_failure

    for key in (SECOND, "gone-2018"):
        step = SimpleNamespace(dag_id=f"tend__{key}", task_id="watch", run_id="r1", try_number=1)
        tell_failure({"task_instance": step, "exception": UsageError("方案读不出")})
        [alert] = (city_home / "alerts" / key).rglob("failed*.txt")
        assert alert.read_text("utf-8").startswith(f"〔{key}〕任务失败：tend__{key}")


@pytest.fixture(scope="module")
def board(two_plans: str, home: Path) -> "Iterator[tuple[TestClient, dict[str, str]]]":
    """The board inside Airflow, and the log-in of its administrator."""
    from airflow.api_fastapi.app import create_app
    from fastapi.testclient import TestClient

    password = json.loads((home / "airflow" / "passwords.json").read_text("utf-8"))["admin"]
    with TestClient(create_app(), follow_redirects=False) as client:
        answer = client.post("/auth/token", json={"username": "admin", "password": password})
        yield client, {"Authorization": f"Bearer {answer.json()['access_token']}"}


@pytest.fixture
def granted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file of access of the test's own."""
    from duban.orchestration.tasks import close_apps

    path = tmp_path / "access.yaml"
    close_apps()
    monkeypatch.setenv("DUBAN_ACCESS", str(path))
    yield path
    close_apps()


def grant(path: Path, **line: str) -> None:
    path.write_text(yaml.safe_dump({"users": {"admin": line}}), "utf-8")


def test_a_reader_of_every_district_turns_from_one_to_the_other(
    board: "tuple[TestClient, dict[str, str]]", granted: Path
) -> None:
    """The first of the plans unless he asks; links keep the district that he is in."""
    client, log_in = board
    grant(granted, role="bureau")
    first = client.get("/duban/papers", headers=log_in).text
    second = client.get(f"/duban/papers?plan={SECOND}", headers=log_in).text

    assert f'href="/duban/?plan={SECOND}">北苑区</a>' in first
    assert f'href="/duban/?plan={FIRST}" aria-current="true">经开区</a>' in first
    assert f'href="/duban/returns?plan={SECOND}"' in second
    assert f'<input type="hidden" name="plan" value="{SECOND}">' in second
    run = client.get(f"/duban/runs/sign_and_issue__{SECOND}/paper-7", headers=log_in)
    assert run.headers["location"] == f"/duban/papers/7?plan={SECOND}"


def test_a_reader_of_one_district_is_turned_away_from_the_other(
    board: "tuple[TestClient, dict[str, str]]", granted: Path
) -> None:
    """Whatever he writes into the address; he is offered no switch."""
    client, log_in = board
    grant(granted, role="bureau", plan=SECOND)
    own = client.get("/duban/", headers=log_in)

    assert (own.status_code, "北苑区" in own.text, "经开区" in own.text.partition("<main")[0]) == (200, True, False)
    assert client.get(f"/duban/?plan={FIRST}", headers=log_in).status_code == 403
    assert client.get(f"/duban/papers/1/docx?plan={FIRST}", headers=log_in).status_code == 403


def test_an_office_reads_in_its_own_district_alone(board: "tuple[TestClient, dict[str, str]]", granted: Path) -> None:
    """The other district has an office of the same code; a line that does not say of which plan lets nobody in."""
    client, log_in = board
    grant(granted, role="office", office="MH", plan=SECOND)
    assert client.get("/duban/offices/MH", headers=log_in).status_code == 200
    assert client.get(f"/duban/offices/MH?plan={FIRST}", headers=log_in).status_code == 403

    grant(granted, role="office", office="MH")
    assert client.get("/duban/offices/MH", headers=log_in).status_code == 403


def test_the_timetables_of_one_plan_need_no_list(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DUBAN_PLANS", raising=False)
    monkeypatch.setenv("DUBAN_PLAN", str(COMMITTED))
    from duban.orchestration.timetables import planned_weeks

    assert planned_weeks().cutoff_time.hour == 17
