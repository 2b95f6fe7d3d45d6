"""One plan or several: what the settings say of folders and persons, and how each DAG tells which plan it is about."""

from pathlib import Path

import pytest

from duban.adapters.plan_heads import read_heads
from duban.adapters.settings import Settings
from duban.core.access import Access, Grant, Viewer, ViewerRole
from duban.core.errors import UsageError
from duban.core.health import Level
from duban.core.plan_heads import dag_id_of, name_and_plan, named_files
from duban.wiring.examined_plans import examine_plans
from duban.wiring.plans import chosen, every
from fakes.two_districts import COMMITTED, FIRST, SECOND, plans_setting

FOLDERS = (
    "outbox_path",
    "archive_path",
    "papers_path",
    "receipts_path",
    "mailbox_path",
    "data_docs_path",
    "alerts_path",
)


@pytest.fixture
def one(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


@pytest.fixture
def several(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", plans=plans_setting(tmp_path))


def test_one_plan_has_the_folders_as_they_were(one: Settings) -> None:
    """Nothing is named after it, and no file is read to know it."""
    own = chosen(one)

    assert own is one
    assert {name: getattr(own, name).name for name in FOLDERS} == {
        name: name.removesuffix("_path").replace("_", "-") for name in FOLDERS
    }
    assert own.inbox_url == str(one.home / "inbox")


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_of_several_plans_has_its_own_folders(one: Settings, several: Settings, folder: str) -> None:
    """Below those that one plan would have, by the plan's key."""
    base = getattr(one, folder)

    assert [getattr(chosen(several, key), folder) for key in (FIRST, SECOND)] == [base / FIRST, base / SECOND]


@pytest.mark.parametrize(
    ("inbox", "expected"),
    [
        ("/srv/inbox", "/srv/inbox/beiyuan-2018"),
        ("s3://bucket/inbox/", "s3://bucket/inbox/beiyuan-2018"),
        ("sftp://duban@/in", "sftp://duban@/in/beiyuan-2018"),
    ],
)
def test_each_has_its_own_part_of_any_inbox(several: Settings, inbox: str, expected: str) -> None:
    named = several.model_copy(update={"inbox": inbox})

    assert chosen(named, SECOND).inbox_url == expected


def test_the_journal_is_one_folder_with_a_file_a_plan(several: Settings) -> None:
    """It is there to outlive a database, and named by the plan anyway: a second plan moves nothing."""
    assert chosen(several, SECOND).issued_path == several.issued_path


def test_a_list_with_one_plan_is_of_the_form_of_several(tmp_path: Path) -> None:
    """So that the next district can be added without moving a file; nobody need say which is meant."""
    own = chosen(Settings(home=tmp_path, plans=str(COMMITTED)))

    assert (own.plan, own.archive_path) == (COMMITTED, tmp_path / "archive" / FIRST)


def test_whoever_says_not_which_is_told_which_there_are(several: Settings) -> None:
    with pytest.raises(
        UsageError, match=r"本系统有 2 个方案.*jingkai-2018（经开区）、beiyuan-2018（北苑区）.*--plan KEY"
    ):
        chosen(several)
    with pytest.raises(UsageError, match=r"没有 key 为“nanyuan”的方案，请改用：jingkai-2018（经开区）、beiyuan-2018"):
        chosen(several, "nanyuan")


def test_the_only_plan_may_be_named_too(one: Settings) -> None:
    """With its own folders all the same; another name is an error."""
    assert chosen(one, FIRST).archive_path == one.archive_path
    with pytest.raises(UsageError, match="请改用：jingkai-2018"):
        chosen(one, SECOND)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "读不出"),
        ("key: Ein Schlüssel\n", "没有可用的 key"),
        ("key: ../../etc\ndistrict: {text: 区}\n", "没有可用的 key"),
        ("key: a__b\ndistrict: {text: 区}\n", "没有可用的 key"),
        ("key: third\n", "没有写明 district"),
        ("key: [\ndistrict: {text: 区}\n", "读不出"),
        (f"key: {FIRST}\ndistrict: {{text: 区}}\n", "与另一方案文件的 key 同为"),
    ],
)
def test_a_plan_without_a_usable_head_holds_up_no_other(tmp_path: Path, text: str | None, told: str) -> None:
    """It is told when somebody asks for it; of two with one key neither can be used, or they would be one district."""
    bad = tmp_path / "bad.yaml"
    if text is not None:
        bad.write_text(text, "utf-8")
    settings = Settings(home=tmp_path, plans=f"{plans_setting(tmp_path)},{bad}")
    usable = [own.plan_key for own in every(settings)]

    assert usable == ([SECOND] if FIRST in (text or "") else [FIRST, SECOND])
    assert chosen(settings, SECOND).plan_key == SECOND
    with pytest.raises(UsageError, match=told):
        chosen(settings, "third")


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffkey: third\ndistrict: {text: 某区, clause: 某区}\n",
        "# 说明\nkey: third   # 键\nwork: {text: x}\ndistrict:\n  text: 某区\n  clause: 某区\nkeys: 1\n",
    ],
)
def test_a_head_is_read_in_either_style(tmp_path: Path, text: str) -> None:
    path = tmp_path / "third.yaml"
    path.write_text(text, "utf-8")
    [head] = read_heads([path])

    assert (head.key, head.district, head.fault) == ("third", "某区", "")


def test_the_setting_names_files_between_commas() -> None:
    assert named_files(" plans/a.yaml, plans/b.yaml ,") == (Path("plans/a.yaml"), Path("plans/b.yaml"))
    assert named_files("") == ()


@pytest.mark.parametrize("plan", ["", FIRST])
def test_a_dag_id_tells_its_plan(plan: str) -> None:
    dag_id = dag_id_of("collect_returns", plan)

    assert dag_id == ("collect_returns__jingkai-2018" if plan else "collect_returns")
    assert name_and_plan(dag_id) == ("collect_returns", plan)


def test_persons_of_one_name_in_two_districts_are_two(several: Settings) -> None:
    """With several plans a pair says of which; one that does not is nobody's."""
    settings = several.model_copy(update={"airflow_users": f"{FIRST}/李超=lichao,{SECOND}/李超=lichao2,徐祖新=xuzuxin"})

    assert [chosen(settings, key).user_of_person for key in (FIRST, SECOND)] == [
        {"李超": "lichao"},
        {"李超": "lichao2"},
    ]
    assert settings.users_of_all_plans == {"lichao", "lichao2", "xuzuxin"}
    assert Settings(airflow_users="李超=lichao").user_of_person == {"李超": "lichao"}


LINES = Access(
    users={"all": Grant(ViewerRole.BUREAU), "here": Grant(ViewerRole.BUREAU, plan=FIRST)},
    groups={"MH": Grant(ViewerRole.OFFICE, "MH")},
    roles={"MH-here": Grant(ViewerRole.OFFICE, "MH", FIRST)},
)


@pytest.mark.parametrize(
    ("plan", "one_of_several", "let_in"),
    [
        (FIRST, False, {"all", "here", "MH", "MH-here"}),
        (FIRST, True, {"all", "here", "MH-here"}),
        (SECOND, True, {"all"}),
        (SECOND, False, {"all", "MH"}),
    ],
)
def test_an_office_of_one_district_is_none_of_another(plan: str, one_of_several: bool, let_in: set[str]) -> None:
    """Codes are a plan's own: where there are several, an office's line has to say of which, or lets nobody in."""
    access = LINES.of_plan(plan, one_of_several=one_of_several)
    found = {name: access.viewer(name, [name], [name]) for name in ("all", "here", "MH", "MH-here", "nobody")}

    assert {name for name, viewer in found.items() if viewer} == let_in
    assert found["all"] == Viewer("all", ViewerRole.BUREAU)


def test_the_doctor_says_where_plans_would_mix(tmp_path: Path) -> None:
    """One 代字 for two registers, persons and offices of no plan, a file that cannot be read."""
    setting = plans_setting(tmp_path)
    second = tmp_path / "beiyuan-2018.yaml"
    second.write_text(second.read_text("utf-8").replace("prefix: 测北", "prefix: 郑经"), "utf-8")
    access = tmp_path / "access.yaml"
    access.write_text("users: {minghu: {role: office, office: MH}, wang: {role: bureau}}", "utf-8")
    plans = f"{setting},{tmp_path / 'missing.yaml'}"
    settings = Settings(home=tmp_path, plans=plans, access=access, airflow_users=f"李超=lichao,{FIRST}/徐祖新=xu")

    told = {(found.level, found.text) for found in examine_plans(settings)}

    assert {level for level, text in told if "missing.yaml" in text} == {Level.FAULT}
    assert {level for level, text in told if "都用“郑经小区办”" in text} == {Level.FAULT}
    assert {level for level, text in told if "李超" in text and "徐祖新" not in text} == {Level.WARNING}
    assert {level for level, text in told if "minghu" in text and "wang" not in text} == {Level.WARNING}
    assert len(told) == 4


def test_the_doctor_says_nothing_of_one_plan(one: Settings) -> None:
    assert list(examine_plans(one)) == []
