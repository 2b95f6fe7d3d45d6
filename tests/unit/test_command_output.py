"""What commands write, and what they say where they cannot (README: exit code 2 and one Chinese sentence)."""

from datetime import datetime
from pathlib import Path

import pytest
import typer
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError

from duban.adapters.settings import Settings
from duban.cli.output import UNUSABLE, instant, told_to_users, write_file
from duban.core.errors import UsageError
from duban.core.weeks import ZONE


def told(error: Exception, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    with pytest.raises(typer.Exit) as ended, told_to_users():
        raise error
    return ended.value.exit_code, capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_told_with_its_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="请检查文件夹是否存在"):
        write_file(tmp_path / "nowhere" / "周报.xlsx", b"", ".xlsx")


def test_a_name_that_does_not_say_what_is_written_is_refused(tmp_path: Path) -> None:
    """Nothing is written then."""
    with pytest.raises(UsageError, match=r"a\.pdf 须以 \.xlsx 或 \.docx 结尾"):
        write_file(tmp_path / "a.pdf", b"", ".xlsx", ".docx")
    assert list(tmp_path.iterdir()) == []


def test_a_database_out_of_reach_is_told_without_its_address(capsys: pytest.CaptureFixture[str]) -> None:
    error = OperationalError("select 1", None, Exception("password=geheim"))

    code, text = told(error, capsys)

    assert (code, "连不上数据库" in text, "geheim" in text) == (UNUSABLE, True, False)


def test_a_setting_that_is_none_is_told_by_its_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUBAN_CHUNK", "0")
    with pytest.raises(ValidationError) as wrong:
        Settings()

    code, text = told(wrong.value, capsys)

    assert (code, "DUBAN_CHUNK 的值“0”" in text) == (UNUSABLE, True)


def test_what_only_an_engineer_can_mend_keeps_its_traceback() -> None:
    with pytest.raises(KeyError), told_to_users():
        raise KeyError("x")


@pytest.mark.parametrize("text", ["2018-08-03", "20180803"])
def test_a_day_without_an_hour_means_its_last_second(text: str) -> None:
    assert instant(text) == datetime(2018, 8, 3, 23, 59, 59, tzinfo=ZONE)
