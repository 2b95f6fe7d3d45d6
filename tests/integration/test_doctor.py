"""`duban doctor` looks at everything and says what to do."""

from datetime import datetime
from pathlib import Path

import pytest

from duban.adapters.settings import Settings
from duban.adapters.store import SchemaState
from duban.core.health import Examined, Level
from duban.core.weeks import ZONE
from duban.wiring.health import _schema, examine

NOW = datetime(2018, 9, 3, 8, 30, tzinfo=ZONE)


@pytest.fixture
def sound(tmp_path: Path, fresh_database: str) -> Settings:
    """A sound installation."""
    inbox = tmp_path / "inbox"
    for code in ("MH", "JH", "CH", "QC", "JL", "XY"):
        (inbox / code).mkdir(parents=True)
    return Settings(home=tmp_path, database_url=fresh_database, inbox=str(inbox))


def faults(found: list[Examined]) -> dict[str, str]:
    return {one.check: one.text for one in found if one.level is Level.FAULT}


def test_a_sound_installation_has_no_fault(sound: Settings) -> None:
    """And everything was looked at."""
    found = examine(NOW, sound)

    assert faults(found) == {}
    looked_at = {"设置", "告警", "方案", "日历", "数据库", "时钟", "签发", "收件", "目录", "磁盘", "时区", "字体"}
    assert {one.check for one in found} >= looked_at


def test_one_fault_does_not_hide_another(sound: Settings, tmp_path: Path) -> None:
    """A database that is away, an inbox that is not there, an alerts address that says nothing."""
    url = "postgresql://duban:hunter2@127.0.0.1:1/duban"
    broken = sound.model_copy(update={"database_url": url, "inbox": str(tmp_path / "none"), "alerts": "x"})
    found = faults(examine(NOW, broken))

    assert found.keys() == {"数据库", "收件", "设置"}
    assert "hunter2" not in str(found)


@pytest.mark.parametrize(("version", "level"), [("15.9 (Debian 15.9-0)", Level.FAULT), ("16.0", Level.FINE)])
def test_a_postgresql_too_old_for_the_schema_is_a_fault(version: str, level: Level) -> None:
    """Its first migration that it does not understand would say so in another way."""
    found = _schema(SchemaState(NOW, version, "0014", "0014"))

    assert (found.check, found.level) == ("数据库", level)
    assert "16" in found.text


def test_a_wrong_plan_is_named(sound: Settings, tmp_path: Path) -> None:
    """File and what is wrong with it."""
    plan = tmp_path / "plan.yaml"
    plan.write_text("key: [", "utf-8")

    assert "plan.yaml" in faults(examine(NOW, sound.model_copy(update={"plan": plan})))["方案"]


def test_a_misspelt_setting_is_pointed_out(sound: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would have no effect, without a word."""
    monkeypatch.setenv("DUBAN_INBOXX", "/x")

    assert any("DUBAN_INBOXX" in one.text for one in examine(NOW, sound) if one.level is Level.WARNING)


def test_a_year_without_a_holiday_notice_is_pointed_out(sound: Settings) -> None:
    """Working days would be guessed."""
    found = examine(NOW.replace(year=2090), sound)

    assert any("2090" in one.text for one in found if one.check == "日历")


def test_another_time_zone_is_a_fault(sound: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every cut-off would be eight hours off."""
    monkeypatch.setenv("AIRFLOW__CORE__DEFAULT_TIMEZONE", "utc")

    assert "utc" in faults(examine(NOW, sound))["时区"]
