"""Airflow in the background: scheduler, DAG processor, triggerer and web pages, on the embedded PostgreSQL.

Each is a process group of its own with a record in $DUBAN_HOME/airflow/run: Airflow's processes have children, and
stopping the parent alone leaves them behind.
"""

# ruff: noqa: PLC0415 - the product is imported by what uses it; `duban down` needs little of it

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import psutil  # type: ignore[import-untyped]  # its stubs are not locked
import typer

from duban.core.errors import UserError
from duban.orchestration import airflow_home

if TYPE_CHECKING:
    from duban.adapters.settings import Settings

COMPONENTS = ("api-server", "scheduler", "dag-processor", "triggerer")
HOST = "127.0.0.1"
HEALTH = "/api/v2/monitor/health"
HEALTHY_PARTS = ("metadatabase", "scheduler", "triggerer", "dag_processor")
START_SECONDS = 180
STOP_SECONDS = 30
LOOK_AGAIN_SECONDS = 0.5

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Component:
    """One process of Airflow. `folder` is Airflow's home."""

    name: str
    folder: Path

    @property
    def log(self) -> Path:
        return self.folder / "logs" / f"{self.name}.log"

    @property
    def record(self) -> Path:
        return self.folder / "run" / f"{self.name}.json"

    def process(self) -> psutil.Process | None:
        """The running process; None when there is none, also when its number belongs to another by now."""
        try:
            record = json.loads(self.record.read_text("utf-8"))
            process = psutil.Process(record["pid"])
            alive = process.create_time() == record["created"] and process.status() != psutil.STATUS_ZOMBIE
        except (FileNotFoundError, psutil.NoSuchProcess):
            return None
        return process if alive else None

    def start(self) -> None:
        """Start it in a session of its own, its output going to `log`."""
        for path in (self.log, self.record):
            path.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            pid = _spawn(self.name, log)
        created = psutil.Process(pid).create_time()
        self.record.write_text(json.dumps({"pid": pid, "created": created}), "utf-8")

    def family(self) -> list[psutil.Process]:
        """The process and all its descendants."""
        process = self.process()
        return [process, *process.children(recursive=True)] if process else []

    def last_words(self) -> str:
        """The end of its log."""
        lines = self.log.read_text("utf-8", errors="replace").splitlines() if self.log.exists() else []
        return "\n".join(lines[-15:])


def _spawn(name: str, log: BinaryIO) -> int:
    command = [sys.executable, "-m", "airflow", name]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and a name from COMPONENTS
        command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
    )
    return process.pid


def up(tell: Tell = typer.echo) -> None:
    """Start what is not running, wait until everything is healthy, and say where the pages are.

    Raises UserError when the port is taken, or when a process ends or is not healthy in time; what was started is
    stopped again then.
    """
    settings = _settings()
    _prepare(settings)
    _make_default_inbox(settings)
    components = _components(settings)
    port = airflow_home.port(os.environ)
    missing = [component for component in components if component.process() is None]
    if any(component.name == "api-server" for component in missing):
        _require_free(port)
    if missing:
        tell("正在启动 Airflow 和数据库……")
        airflow_home.initialise()
    try:
        for component in missing:
            component.start()
        _await_health(components, port)
    except BaseException:
        _stop(missing)
        raise
    tell(f"已启动：http://localhost:{port}")
    tell(f"用户：{airflow_home.ADMIN}，密码见 {airflow_home.password_file(settings.home)}")


def down(tell: Tell = typer.echo) -> None:
    """Stop every process of Airflow, then the embedded PostgreSQL."""
    from duban.wiring import server

    settings = _settings()
    _stop(_components(settings))
    server(settings).stop()
    tell("已停止。")


def status() -> dict[str, int | None]:
    """Each component's process number; None when it does not run."""
    processes = {component.name: component.process() for component in _components(_settings())}
    return {name: process.pid if process else None for name, process in processes.items()}


def _settings() -> "Settings":
    from duban.adapters.settings import Settings

    return Settings()


def _prepare(settings: "Settings") -> None:
    from duban.wiring import AIRFLOW_DATABASE, server

    airflow_home.prepare(settings.home, settings.root, server(settings).url(AIRFLOW_DATABASE))


def _make_default_inbox(settings: "Settings") -> None:
    """A folder for each office of each plan, where nobody named an inbox of their own."""
    from duban.wiring import open_offline
    from duban.wiring.plans import every

    if settings.inbox is not None:
        return
    for own in every(settings):
        with open_offline(own) as offline:
            for office in offline.plan.offices:
                (Path(own.inbox_url) / office.code).mkdir(parents=True, exist_ok=True)


def _components(settings: "Settings") -> list[Component]:
    return [Component(name, airflow_home.airflow_home(settings.home)) for name in COMPONENTS]


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise UserError(
                f"端口 {port} 已被别的程序占用，网页无法启动；请停掉那个程序，或换一个端口：AIRFLOW__API__PORT=8081。"
            ) from error


def _await_health(components: list[Component], port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not all(_health(port)):
        dead = next((component for component in components if component.process() is None), None)
        if dead:
            raise UserError(f"{dead.name} 没有启动成功，日志 {dead.log} 的末尾：\n{dead.last_words()}")
        if time.monotonic() > deadline:
            raise UserError(f"等了 {START_SECONDS} 秒仍未就绪，请查看日志 {components[0].log.parent}。")
        time.sleep(LOOK_AGAIN_SECONDS)


def _health(port: int) -> Iterator[bool]:
    """Whether each part says that it is healthy; a single False while nobody answers."""
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", HEALTH)
        report = json.loads(connection.getresponse().read())
    except (OSError, http.client.HTTPException, ValueError):
        yield False
        return
    finally:
        connection.close()
    for part in HEALTHY_PARTS:
        yield report[part]["status"] == "healthy"


def _stop(components: list[Component]) -> None:
    """Ask each group to end, wait for every process of it, and kill what is left."""
    families = {component: component.family() for component in components}
    for component, family in families.items():
        if family:
            _signal_group(family[0].pid, signal.SIGTERM)
        component.record.unlink(missing_ok=True)
    _, left = psutil.wait_procs([process for family in families.values() for process in family], timeout=STOP_SECONDS)
    for process in left:
        process.kill()
    psutil.wait_procs(left, timeout=STOP_SECONDS)


def _signal_group(leader: int, number: signal.Signals) -> None:
    try:
        os.killpg(leader, number)
    except ProcessLookupError:
        return
