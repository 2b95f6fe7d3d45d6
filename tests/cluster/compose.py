"""docker-compose.yml as this machine can run it: each service's command, environment and healthcheck.

Nothing of the stack is written down a second time: what the file calls by a name of the compose network or by a place
in the image is turned into an address and a folder of this machine, and that is all that is changed.
"""

import os
import re
import secrets
import sys
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = re.compile(r"(?<!\$)\$\{(\w+)(?::\?[^}]*|:-([^}]*))?\}")
# What a container has of its own: nothing of this machine's but where programs are.
OF_THIS_MACHINE = ("PATH", "LANG", "LC_ALL", "TZ")
IMAGE_ENTRYPOINT = "airflow"
"""What Airflow's image puts before a command."""
POSTGRES = ("postgres", 5432)
REDIS = ("redis", 6379)
PAGES = ("airflow-apiserver", 8080)
HEALTH = 8974


@cache
def services() -> Mapping[str, Mapping[str, Any]]:
    """The services of the file."""
    document: Mapping[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    found: Mapping[str, Mapping[str, Any]] = document["services"]
    return found


def dot_env() -> dict[str, str]:
    """What an operator makes of .env.example: every line without a value filled in, as its comment says."""
    lines = re.findall(r"^(\w+)=(.*)$", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)
    fernet = urlsafe_b64encode(secrets.token_bytes(32)).decode()
    made = {name: value for name, value in lines if value or not re.search("PASSWORD|KEY|SECRET", name)}
    return {name: secrets.token_hex(24) for name, _ in lines} | {"AIRFLOW_FERNET_KEY": fernet} | made


@dataclass(frozen=True)
class Place:
    """Where on this machine the stack stands: its folder, the ports of database, queue and pages, and its .env."""

    folder: Path
    postgres: int
    redis: int
    pages: int
    env: Mapping[str, str]

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def airflow_home(self) -> Path:
        return self.folder / "airflow"

    def environment(self, service: str) -> dict[str, str]:
        """What a process of the service finds in its environment."""
        own = {name: os.environ[name] for name in OF_THIS_MACHINE if name in os.environ}
        told = {**_of_image(), **services()[service].get("environment", {})}
        ours = {name: self.here(str(value)) for name, value in told.items()}
        beside = str(Path(sys.executable).parent)
        path = f"{ROOT / 'docker'}:{beside}:{own['PATH']}"
        return {**own, "PATH": path, "HOME": str(self.folder), "AIRFLOW_HOME": str(self.airflow_home), **ours}

    def command(self, service: str) -> list[str]:
        """The program of the service and its arguments."""
        told = services()[service]
        head = told.get("entrypoint", [IMAGE_ENTRYPOINT] if "build" in told else [])
        return [self.here(word) for word in [*head, *told.get("command", [])]]

    def healthcheck(self, service: str) -> list[str]:
        """The program that says whether the service is well."""
        kind, *words = services()[service]["healthcheck"]["test"]
        words = [self.here(word) for word in words]
        return ["sh", "-c", *words] if kind == "CMD-SHELL" else words

    def here(self, text: str) -> str:
        """A text of the file with its variables filled in and its addresses and folders being those of this machine."""
        filled = VARIABLE.sub(lambda found: self.env.get(found[1]) or found[2] or "", text)
        for name, place in self._moved():
            filled = filled.replace(name, place)
        return filled.replace("$$", "$")

    def _moved(self) -> Sequence[tuple[str, str]]:
        return (
            (f"@{POSTGRES[0]}/", f"@127.0.0.1:{self.postgres}/"),
            (f"{REDIS[0]}:{REDIS[1]}", f"127.0.0.1:{self.redis}"),
            (f"{PAGES[0]}:{PAGES[1]}", f"127.0.0.1:{self.pages}"),
            (f"localhost:{PAGES[1]}", f"127.0.0.1:{self.pages}"),
            ("/opt/airflow/", f"{self.airflow_home}/"),
            ("/opt/duban", str(ROOT)),
            ("/var/lib/duban", str(self.home)),
        )


@cache
def _of_image() -> Mapping[str, str]:
    """What the Dockerfile sets."""
    text = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    return dict(
        pair for line in re.findall(r"^ENV (.*)$", text, re.MULTILINE) for pair in re.findall(r"(\w+)=(\S+)", line)
    )
