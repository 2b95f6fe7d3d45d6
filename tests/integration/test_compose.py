"""docker-compose.yml, held against what it stands on, without an engine."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from duban.adapters.accessfile import load_access
from duban.adapters.planfile import load_plan
from duban.adapters.settings import Settings
from duban.core.login_roles import login_roles
from fakes.airflow_options import known_options

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if "build" in service]
RUN_ONCE = {"airflow-init", "duban", "backup", "restore"}
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
EXAMPLE = (ROOT / ".env.example").read_text("utf-8")
MADE_BY_THE_IMAGES = {"/opt/airflow/logs", "/var/lib/postgresql/data"}
VARIABLE = re.compile(r"(?<!\$)\$\{(\w+)(:\?|:-)?([^}]*)\}")


def test_every_service_of_airflow_runs_the_same_image() -> None:
    """One image, one code."""
    parts = {"airflow-apiserver", "airflow-scheduler", "airflow-dag-processor", "airflow-triggerer", "airflow-worker"}
    assert parts | RUN_ONCE <= set(OURS)
    assert len({SERVICES[name]["image"] for name in OURS}) == 1


@pytest.mark.parametrize("name", sorted(SERVICES.keys() - RUN_ONCE))
def test_every_service_that_stays_says_how_it_is(name: str) -> None:
    """And is started again, with logs that end somewhere."""
    service = SERVICES[name]
    assert service["healthcheck"]["test"]
    assert service["restart"] == "unless-stopped"
    assert service["logging"]["options"].keys() == {"max-size", "max-file"}


@pytest.mark.parametrize("name", OURS)
def test_our_services_have_no_privileges(name: str) -> None:
    """None runs as root, none can gain anything."""
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "user" not in service
    assert [line for line in DOCKERFILE.splitlines() if line.startswith("USER ")][-1] == "USER airflow"


def test_every_variable_is_explained() -> None:
    """In .env.example, under a comment; and nothing stands there that nobody uses."""
    used = {match[1] for match in VARIABLE.finditer(TEXT)}
    assert used == set(re.findall(r"^(\w+)=", EXAMPLE, re.MULTILINE))
    assert re.search(r"^[^#\n].*\n\n[^#\n]", EXAMPLE, re.MULTILINE) is None


def test_no_secret_has_a_default() -> None:
    """`docker compose` stops without it, and the example leaves it empty."""
    secrets = {
        name for name in (match[1] for match in VARIABLE.finditer(TEXT)) if re.search("PASSWORD|KEY|SECRET", name)
    }
    assert len(secrets) == 8
    for match in VARIABLE.finditer(TEXT):
        if match[1] in secrets:
            assert match[2] == ":?", match[0]
    for name in secrets:
        assert re.search(rf"^{name}=$", EXAMPLE, re.MULTILINE)


def test_every_setting_of_ours_is_one() -> None:
    """A misspelt variable would have no effect, without a word."""
    named = {key for name in OURS for key in SERVICES[name]["environment"] if key.startswith("DUBAN_")}
    assert {key.removeprefix("DUBAN_").lower() for key in named} <= set(Settings.model_fields)


def test_every_setting_of_airflow_is_a_real_option() -> None:
    """As Airflow's own description of its options has it, and that of its providers."""
    named = {key for name in OURS for key in SERVICES[name]["environment"] if key.startswith("AIRFLOW__")}
    assert len(named) > 15
    assert named - known_options() == set()


def test_the_file_is_a_compose_file() -> None:
    """By the compose specification's own schema, which check-jsonschema brings."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    told = subprocess.run([*command, str(ROOT / "docker-compose.yml")], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout


def test_what_comes_first_gives_every_role_of_the_boards_file() -> None:
    """airflow-init runs docker/initialise; a role that nobody makes lets nobody read."""
    assert SERVICES["airflow-init"]["entrypoint"] == ["initialise"]
    script = (ROOT / "docker" / "initialise").read_text("utf-8")
    assert script.index("db migrate") < script.index("users create") < script.index("duban roles")
    access = load_access(ROOT / "plans" / "access.yaml")
    assert set(access.roles) == set(login_roles(access)) | {"admin", "Admin"}
    offices = {office.code for office in load_plan(ROOT / "plans" / "jingkai-2018.yaml").offices}
    assert {grant.office for grant in access.roles.values()} == offices | {None}


def test_the_values_for_helm_say_what_the_file_says() -> None:
    """Every variable and every mount of the example is one of the file's, with its value."""
    values = yaml.safe_load((ROOT / "examples" / "helm-values.yaml").read_text("utf-8"))
    worker = SERVICES["airflow-worker"]
    defaults = {key: VARIABLE.sub(r"\3", str(value)) for key, value in worker["environment"].items()}
    assert {one["name"]: one["value"] for one in values["env"]}.items() <= defaults.items()
    mounts = {f"{one['name']}:{one['mountPath']}{':ro' * bool(one.get('readOnly'))}" for one in values["volumeMounts"]}
    assert mounts == {mount for mount in worker["volumes"] if not mount.startswith("logs:")}
    assert values["images"]["airflow"] == {"repository": "duban", "tag": "0.1.0"}


def test_every_mount_is_there() -> None:
    """Volumes are declared; their places exist in the image, owned by its user; files exist in the repository."""
    for service in SERVICES.values():
        for mount in service.get("volumes", []):
            source, target = mount.split(":")[:2]
            if source.startswith("."):
                assert (ROOT / source).is_file(), mount
            else:
                assert source in COMPOSE["volumes"], mount
                assert target in MADE_BY_THE_IMAGES or re.search(rf"{target}(?= |$)", DOCKERFILE, re.MULTILINE), mount


def test_what_the_image_copies_is_there_and_not_ignored() -> None:
    """The build sees nothing else of the checkout."""
    seen = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    for source in re.findall(r"^COPY (?:--\S+ )?(\S+) ", DOCKERFILE, re.MULTILINE):
        assert (ROOT / source).exists(), source
        assert source.split("/")[0] in seen, source


def test_the_web_cannot_write_where_originals_stand() -> None:
    """The archive, the papers and the outbox are read-only to the pages; the inbox is so to all but its owner."""
    assert all(mount.endswith(":ro") for mount in SERVICES["airflow-apiserver"]["volumes"] if "duban" in mount)
    for name in OURS:
        for mount in SERVICES[name]["volumes"]:
            assert not mount.startswith("inbox:") or mount.endswith(":ro")


def test_business_and_airflow_have_databases_and_roles_of_their_own() -> None:
    """Neither role is a superuser or can reach the other's database."""
    script = (ROOT / "docker" / "create-databases.sh").read_text("utf-8")
    for role in ("airflow", "duban"):
        assert re.search(rf"create role {role} login .* nosuperuser", script)
        assert f"create database {role} owner {role}" in script
    assert "from public" in script
    environment = SERVICES["airflow-worker"]["environment"]
    assert "://duban:" in environment["DUBAN_DATABASE_URL"]
    assert "://airflow:" in environment["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"]


def test_the_image_has_the_same_versions_as_the_tests() -> None:
    """What both locks name is the same; Airflow is the version of the base image."""
    pin = re.compile(r"^([a-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
    base = dict(pin.findall((ROOT / "requirements.lock").read_text("utf-8")))
    image = dict(pin.findall((ROOT / "docker" / "requirements.lock").read_text("utf-8")))
    assert {name for name in base.keys() & image.keys() if base[name] != image[name]} == set()
    assert f"FROM apache/airflow:{image['apache-airflow']}-" in DOCKERFILE
