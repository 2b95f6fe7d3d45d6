"""`duban doctor`: looks at everything that an installation needs, changes nothing, and says what to do."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain
from tempfile import TemporaryFile

from sqlalchemy import Engine

from duban.adapters import store
from duban.adapters.alerts import carrier
from duban.adapters.clock import SystemClock
from duban.adapters.inbox import open_inbox
from duban.adapters.journal import FileJournal
from duban.adapters.mail import MailSettings
from duban.adapters.planfile import load_plan
from duban.adapters.settings import Settings
from duban.core import health as texts
from duban.core.errors import DubanError, FolderGoneError, UserError
from duban.core.health import Examined, Level
from duban.core.plan import Plan
from duban.core.weeks import ZONE
from duban.pipeline.issued import Reconcile
from duban.wiring import database_url
from duban.wiring.examined_plans import examine_plans
from duban.wiring.plans import chosen, every

GIB = 1 << 30
LOW, LITTLE = 1.0, 5.0
"""GiB free: a fault below the first, a warning below the second."""
OLDEST_POSTGRES = 16
"""The oldest that knows what the schema says (`is json object`, migration 0007)."""
SKEW_SECONDS = 30.0
FONTS = ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体")

Step = Callable[[], Iterator[Examined]]

OF_TESTS = {"DUBAN_ROOT", "DUBAN_SEASON", "DUBAN_FONTS", "DUBAN_ACCEPT_GOLDEN"}


def examine(now: datetime, settings: Settings | None = None) -> list[Examined]:
    """Everything, one after another; one that fails does not keep the others from being looked at.

    Of several plans each, unless the settings mean one of them.
    """
    settings = settings or Settings()
    plans = (chosen(settings),) if settings.plan_key else every(settings)
    steps: list[tuple[str, Step]] = [
        ("设置", lambda: _settings(settings)),
        ("方案", lambda: examine_plans(settings)),
        *chain.from_iterable(_steps_of_plan(own, now) for own in plans),
        ("磁盘", lambda: _disk(settings)),
        ("时区", lambda: _zone(now)),
        ("字体", _fonts),
    ]
    return list(chain.from_iterable(_safely(name, step) for name, step in steps))


def _steps_of_plan(settings: Settings, now: datetime) -> Iterator[tuple[str, Step]]:
    """What is looked at for each plan; of several each says whose it is."""
    steps: dict[str, Step] = {
        "方案": lambda: _plan(settings, now),
        "数据库": lambda: _database(settings),
        "收件": lambda: _inbox(settings, now),
        "目录": lambda: _folders(settings),
    }
    for name, step in steps.items():
        yield _named(name, settings), _telling(step, settings)


def _named(check: str, settings: Settings) -> str:
    return texts.OF_PLAN.format(check=check, plan=settings.plan_key) if settings.plans else check


def _telling(step: Step, settings: Settings) -> Step:
    return lambda: (replace(found, check=_named(found.check, settings)) for found in step())


def _safely(name: str, step: Step) -> Iterator[Examined]:
    try:
        yield from step()
    except UserError as error:
        yield Examined(name, Level.FAULT, str(error))
    except Exception as error:  # noqa: BLE001 - whatever is broken here is what the doctor was called for
        # A driver's text may hold an address with its password; only its kind is told.
        yield Examined(name, Level.FAULT, texts.UNEXPECTED.format(error=type(error).__name__))


def _fine(check: str, text: str) -> Examined:
    return Examined(check, Level.FINE, text)


def _settings(settings: Settings) -> Iterator[Examined]:
    known = {f"DUBAN_{name.upper()}" for name in Settings.model_fields}
    known |= {f"DUBAN_SMTP_{name.upper()}" for name in MailSettings.model_fields}
    ours = known | OF_TESTS
    unknown = sorted(name for name in os.environ if name.startswith("DUBAN_") and name not in ours)
    if unknown:
        text = texts.UNKNOWN_SETTINGS.format(names="、".join(unknown), known="、".join(sorted(known - OF_TESTS)))
        yield Examined("设置", Level.WARNING, text)
    yield _fine("设置", texts.SETTINGS.format(home=settings.home))
    if settings.alerts:
        carrier(settings.alerts)
    and_ = texts.AND_SENT if settings.alerts else ""
    yield _fine("告警", texts.ALERTS.format(path=settings.alerts_path, and_=and_))


def _plan(settings: Settings, now: datetime) -> Iterator[Examined]:
    plan = load_plan(settings.plan)
    yield _fine("方案", texts.PLAN.format(name=plan.key, offices=len(plan.offices)))
    yield from _calendar(plan, now)


def _calendar(plan: Plan, now: datetime) -> Iterator[Examined]:
    """The notice of the running year must be there; the next one's is published in autumn."""
    today = now.astimezone(ZONE).date()
    years = plan.calendar.known_on(today).notices.keys()
    missing = [year for year in (today.year, today.year + (today.month == 12)) if year not in years]
    for year in dict.fromkeys(missing):
        yield Examined("日历", Level.WARNING, texts.CALENDAR_MISSING.format(year=year))
    if not missing:
        yield _fine("日历", texts.CALENDAR.format(years=f"{min(years)}–{max(years)}"))


def _database(settings: Settings) -> Iterator[Examined]:
    engine = store.create_engine(database_url(settings))
    try:
        found = store.examine(engine, settings.root / "sql" / "migrations")
        yield _schema(found)
        skew = abs((found.now - SystemClock().now()).total_seconds())
        level, text = (Level.FAULT, texts.CLOCK_OFF) if skew > SKEW_SECONDS else (Level.FINE, texts.CLOCK)
        yield Examined("时钟", level, text.format(seconds=skew))
        if found.revision == found.newest:
            yield from _issued(settings, engine)
    finally:
        engine.dispose()


def _schema(found: store.SchemaState) -> Examined:
    told = {"version": found.version, "revision": found.revision or "—", "newest": found.newest}
    if int(found.version.split(".")[0]) < OLDEST_POSTGRES:
        return Examined("数据库", Level.FAULT, texts.TOO_OLD.format(**told, oldest=OLDEST_POSTGRES))
    if found.revision == found.newest:
        return _fine("数据库", texts.DATABASE.format(**told))
    if found.revision is not None and found.revision > found.newest:
        return Examined("数据库", Level.FAULT, texts.NEWER.format(**told))
    return Examined("数据库", Level.WARNING, texts.OUTDATED.format(**told))


def _issued(settings: Settings, engine: Engine) -> Iterator[Examined]:
    key = load_plan(settings.plan).key
    reconcile = Reconcile(FileJournal(settings.issued_path, key), store.PostgresChainEnd(engine, key))
    difference = reconcile.difference()
    yield Examined("签发", Level.FAULT, difference) if difference else _fine("签发", texts.ISSUED)


def _inbox(settings: Settings, now: datetime) -> Iterator[Examined]:
    offices = [office.code for office in load_plan(settings.plan).offices]
    url = settings.inbox_url
    inbox, missing = open_inbox(url, SystemClock()), []
    try:
        for code in offices:
            try:
                inbox.listing([code], now)
            except FolderGoneError:
                missing.append(code)
    except (DubanError, OSError) as error:
        told = texts.INBOX_OFF.format(url=url.rpartition("@")[2], error=type(error).__name__)
        if isinstance(error, UserError):
            told = texts.INBOX_WHY.format(error=error)
        yield Examined("收件", Level.FAULT, told)
        return
    if missing:
        yield Examined("收件", Level.WARNING, texts.INBOX_PARTIAL.format(missing="、".join(missing)))
    else:
        yield _fine("收件", texts.INBOX.format(offices=len(offices)))


def _folders(settings: Settings) -> Iterator[Examined]:
    for path in (settings.home, settings.archive_path, settings.papers_path, settings.outbox_path):
        try:
            path.mkdir(parents=True, exist_ok=True)
            with TemporaryFile(dir=path):
                pass
        except OSError as error:
            text = texts.FOLDER_OFF.format(path=path, error=error.strerror)
            yield Examined("目录", Level.FAULT, text)
        else:
            yield _fine("目录", texts.FOLDER.format(path=path))
    keys = settings.home / "airflow" / "secrets.json"
    if keys.exists():
        open_to_others = keys.stat().st_mode & 0o077
        text = texts.SECRETS_OPEN.format(path=keys) if open_to_others else texts.SECRETS
        yield Examined("密钥", Level.FAULT if open_to_others else Level.FINE, text)


def _disk(settings: Settings) -> Iterator[Examined]:
    for path in dict.fromkeys((settings.home, settings.outbox_path)):
        free = shutil.disk_usage(path).free / GIB
        level = Level.FAULT if free < LOW else Level.WARNING if free < LITTLE else Level.FINE
        text = texts.DISK if level is Level.FINE else texts.DISK_LOW
        yield Examined("磁盘", level, text.format(path=path, free=free))


def _zone(now: datetime) -> Iterator[Examined]:
    named = os.environ.get("AIRFLOW__CORE__DEFAULT_TIMEZONE", "Asia/Shanghai")
    if named != "Asia/Shanghai":
        yield Examined("时区", Level.FAULT, texts.ZONE_OFF.format(zone=named))
    yield _fine("时区", texts.ZONE.format(now=f"{now.astimezone(ZONE):%Y-%m-%d %H:%M}"))


def _fonts() -> Iterator[Examined]:
    program = shutil.which("fc-list")
    if program is None:
        yield Examined("字体", Level.WARNING, texts.NO_FONTCONFIG)
        return
    installed = subprocess.run(  # noqa: S603 - fontconfig's own program, with options of ours
        [program, ":", "family"], capture_output=True, text=True, check=False, timeout=60
    ).stdout
    missing = [name for name in FONTS if name not in installed]
    if missing:
        yield Examined("字体", Level.WARNING, texts.FONTS_OFF.format(missing="、".join(missing)))
    else:
        yield _fine("字体", texts.FONTS)
