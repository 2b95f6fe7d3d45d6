"""The offices' folders as they are found: which files are there, which wait, which are none of ours (returns.md)."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from upath import UPath

from duban.adapters.inbox import LocalInbox, ObjectInbox, open_inbox
from duban.core.errors import FolderGoneError, InboxError, UsageError
from duban.pipeline.ports import Inbox, SeenFile

NOW = datetime(2018, 8, 3, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
LIMIT = 1000


class StoppedClock:
    """A clock that always says `NOW`."""

    def now(self) -> datetime:
        return NOW


def local(root: Path) -> Inbox:
    return LocalInbox(root, StoppedClock())


def through_fsspec(root: Path) -> Inbox:
    """As a remote store is read; ObjectStoragePath is such a path with a connection (test_inbox_remote.py)."""
    return ObjectInbox(UPath(f"file://{root}"), StoppedClock())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "MH").mkdir()
    return tmp_path


def put(root: Path, name: str | bytes, modified_at: datetime = NOW - HOUR, content: bytes = b"content") -> None:
    path = os.path.join(os.fsencode(root), os.fsencode(name))  # noqa: PTH118 - pathlib takes no bytes
    os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - as above
    Path(os.fsdecode(path)).write_bytes(content)
    os.utime(path, (modified_at.timestamp(), modified_at.timestamp()))


def shown(inbox: Inbox, as_of: datetime = NOW) -> list[SeenFile]:
    return sorted(inbox.listing(["MH"], as_of), key=lambda file: file.path)


@pytest.fixture(params=[local, through_fsspec])
def inbox(request: pytest.FixtureRequest, root: Path) -> Inbox:
    opened: Inbox = request.param(root)
    return opened


def test_a_file_is_shown_with_its_size_and_time(root: Path, inbox: Inbox) -> None:
    """Under a path relative to the inbox, whatever its name."""
    put(root, "MH/明湖 周报(3).xlsx")
    put(root, "JH/京航.xlsx")

    assert shown(inbox) == [SeenFile("MH", "MH/明湖 周报(3).xlsx", 7, NOW - HOUR)]
    assert inbox.read("MH/明湖 周报(3).xlsx", LIMIT) == b"content"


@pytest.mark.parametrize("name", ["~$周报.xlsx", ".周报.xlsx", "周报.xlsx.tmp", "周报.PART", "周报.xlsx.filepart"])
def test_a_name_of_something_unfinished_is_passed_over(root: Path, inbox: Inbox, name: str) -> None:
    """Lock files of Excel and WPS, hidden files, files that are still coming."""
    put(root, f"MH/{name}")

    assert shown(inbox) == []


@pytest.mark.parametrize("name", ["Thumbs.db", "desktop.ini", "THUMBS.DB"])
def test_what_windows_puts_into_every_folder_is_passed_over(root: Path, inbox: Inbox, name: str) -> None:
    """No clerk sent it, so no office gets a slip for it."""
    put(root, f"MH/{name}")

    assert shown(inbox) == []


@pytest.mark.parametrize(("age", "settled"), [(59, False), (60, True), (3600, True)])
def test_a_file_changed_within_a_minute_waits(root: Path, inbox: Inbox, age: int, settled: bool) -> None:
    """It is shown, for it is there, but it is not read yet."""
    put(root, "MH/a.xlsx", NOW - timedelta(seconds=age))

    assert [file.settled for file in shown(inbox)] == [settled]


def test_the_past_shows_what_was_there_then(root: Path, inbox: Inbox) -> None:
    """A replay sees each file from its modification time on."""
    put(root, "MH/a.xlsx", NOW - 3 * HOUR)

    assert shown(inbox, NOW - 4 * HOUR) == []
    assert len(shown(inbox, NOW - 3 * HOUR)) == 1


def test_a_time_in_the_future_hides_nothing(root: Path, inbox: Inbox) -> None:
    """A computer whose clock is wrong does not keep its file from being seen, now or in a replay."""
    put(root, "MH/a.xlsx", NOW + 100 * HOUR)

    assert [file.settled for file in shown(inbox, NOW - 4 * HOUR)] == [True]


def test_an_office_without_a_folder_is_told_apart(inbox: Inbox) -> None:
    """Whether it has sent nothing yet or its folder is gone, only the ledger can say."""
    with pytest.raises(FolderGoneError, match="QC"):
        inbox.listing(["QC"], NOW)


def test_tables_of_a_week_lie_in_a_folder_named_by_its_cutoff(root: Path, inbox: Inbox) -> None:
    """<office>/<cut-off date>/*.csv; no other folder is looked into, and nothing else in that one."""
    for name in ("MH/2018-08-03/工作台账.csv", "MH/2018-08-03/说明.txt", "MH/旧/a.csv", "MH/2018-08-03/旧/b.csv"):
        put(root, name)

    assert [file.path for file in shown(inbox)] == ["MH/2018-08-03/工作台账.csv"]


def test_links_pipes_and_devices_are_no_returns(root: Path, inbox: Inbox) -> None:
    """Nothing outside the folder is ever read, and nothing that never ends."""
    (root / "secret").write_bytes(b"secret")
    (root / "MH" / "link.xlsx").symlink_to(root / "secret")
    os.mkfifo(root / "MH" / "pipe.xlsx")

    assert shown(inbox) == []


def test_a_large_file_is_read_up_to_the_limit(root: Path, inbox: Inbox) -> None:
    """Its size is told in full."""
    put(root, "MH/a.xlsx", content=b"x" * 5000)

    assert [file.size for file in shown(inbox)] == [5000]
    assert inbox.read("MH/a.xlsx", LIMIT) == b"x" * LIMIT


def test_an_empty_file_is_a_file(root: Path, inbox: Inbox) -> None:
    """It will be returned as unreadable, with a slip, and not waited for."""
    put(root, "MH/a.xlsx", content=b"")

    assert [file.size for file in shown(inbox)] == [0]
    assert inbox.read("MH/a.xlsx", LIMIT) == b""


def test_a_file_that_is_gone_is_told_as_such(inbox: Inbox) -> None:
    """Somebody took it away between listing and reading."""
    with pytest.raises(InboxError, match="gone"):
        inbox.read("MH/gone.xlsx", LIMIT)


@pytest.mark.parametrize(
    "name", ["{{ conn.x.password }}.xlsx", "{% for %}.xlsx", "a\nb.xlsx", "字" * 80 + ".xlsx", "#?&%20.xlsx"]
)
def test_a_name_is_never_interpreted(root: Path, inbox: Inbox, name: str) -> None:
    """Whatever it spells, it is a name."""
    put(root, f"MH/{name}")

    assert [file.path for file in shown(inbox)] == [f"MH/{name}"]
    assert inbox.read(f"MH/{name}", LIMIT) == b"content"


@pytest.mark.parametrize("name", ["周报.xlsx".encode("gb18030"), b"\xff.xlsx", rb"\xd6.xlsx"])
def test_a_name_that_is_no_utf8_is_text_all_the_same(root: Path, name: bytes) -> None:
    """Some clients send names in GBK: they are told with their bytes spelt out, can be stored, and the file is read."""
    put(root, b"MH/" + name)
    inbox = local(root)

    [file] = shown(inbox)
    file.path.encode("utf-8")
    assert inbox.read(file.path, LIMIT) == b"content"


def test_a_link_put_in_a_files_place_is_not_followed(root: Path) -> None:
    """Between listing and reading a sender may exchange the file."""
    (root / "secret").write_bytes(b"secret")
    (root / "MH" / "a.xlsx").symlink_to(root / "secret")
    os.mkfifo(root / "MH" / "pipe.xlsx")

    for path in ("MH/a.xlsx", "MH/pipe.xlsx"):
        with pytest.raises(InboxError):
            local(root).read(path, LIMIT)


def test_an_inbox_that_does_not_exist_is_not_an_empty_one(tmp_path: Path) -> None:
    """A share that is not mounted must not make every office late."""
    with pytest.raises(UsageError, match="不存在"):
        local(tmp_path / "nowhere").listing(["MH"], NOW)


@pytest.mark.parametrize("form", ["{}", "file://{}"])
def test_a_plain_folder_needs_no_airflow(root: Path, form: str) -> None:
    """Paths and file:// URLs are read with the operating system's own calls."""
    put(root, "MH/a.xlsx")
    inbox = open_inbox(form.format(root), StoppedClock())

    assert isinstance(inbox, LocalInbox)
    assert [file.path for file in shown(inbox)] == ["MH/a.xlsx"]


def test_a_file_url_may_spell_its_path(tmp_path: Path) -> None:
    """Percent-encoded, as URLs are."""
    put(tmp_path / "收件 箱", "MH/a.xlsx")
    inbox = open_inbox((tmp_path / "收件 箱").as_uri(), StoppedClock())

    assert [file.path for file in shown(inbox)] == ["MH/a.xlsx"]
