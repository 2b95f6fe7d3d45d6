"""The archive and the shelf: what is written is whole, is written once, and is what it was (faults.md, I1 and I3)."""

import errno
import hashlib
import os
import stat
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from duban.adapters.archive import FileArchive
from duban.adapters.shelf import FileShelf
from duban.core.errors import ConflictError

CONTENT = "周报".encode()
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def archive(tmp_path: Path) -> FileArchive:
    return FileArchive(tmp_path / "archive")


@pytest.fixture
def shelf(tmp_path: Path) -> FileShelf:
    return FileShelf(tmp_path / "papers")


def files(folder: Path) -> list[Path]:
    """Every file below `folder`, unfinished ones too."""
    return [path for path in folder.rglob("*") if path.is_file()]


def test_content_is_kept_under_its_digest_and_cannot_be_written(archive: FileArchive, tmp_path: Path) -> None:
    """aa/bb/<sha-256>, read-only."""
    assert archive.put(CONTENT) == DIGEST

    [kept] = files(tmp_path)
    assert kept == tmp_path / "archive" / DIGEST[:2] / DIGEST[2:4] / DIGEST
    assert stat.S_IMODE(kept.stat().st_mode) == 0o444
    assert archive.get(DIGEST) == CONTENT


def test_the_same_content_twice_is_one_file(archive: FileArchive, tmp_path: Path) -> None:
    """The second time changes nothing, not even the file's time."""
    archive.put(CONTENT)
    before = files(tmp_path)[0].stat()

    assert archive.put(CONTENT) == DIGEST
    assert [path.stat() for path in files(tmp_path)] == [before]


@pytest.mark.parametrize("use", [lambda archive: archive.get(DIGEST), lambda archive: archive.put(CONTENT)])
def test_a_flipped_byte_is_noticed(archive: FileArchive, tmp_path: Path, use: Callable[[FileArchive], object]) -> None:
    """Content is verified whenever it is read, and when it comes again."""
    archive.put(CONTENT)
    [kept] = files(tmp_path)
    kept.chmod(0o644)
    kept.write_bytes(b"\x00" + CONTENT[1:])

    with pytest.raises(ConflictError, match="is damaged"):
        use(archive)


def test_what_was_never_kept_is_not_found(archive: FileArchive) -> None:
    """And nothing but a digest is looked for."""
    with pytest.raises(FileNotFoundError):
        archive.get(DIGEST)
    with pytest.raises(ValueError, match="no sha-256"):
        archive.get("../../etc/passwd")


def test_a_full_disk_leaves_no_part_of_a_file(
    archive: FileArchive, shelf: FileShelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk refuses the last step nothing is visible; once there is room again the same call succeeds."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        for put in (lambda: archive.put(CONTENT), lambda: shelf.put("a.docx", CONTENT)):
            with pytest.raises(OSError, match="No space left"):
                put()
    assert files(tmp_path) == []

    assert archive.get(archive.put(CONTENT)) == CONTENT


def _put(root: Path) -> str:
    return FileArchive(root).put(CONTENT * 100_000)


def test_processes_that_keep_the_same_content_do_not_disturb_each_other(tmp_path: Path) -> None:
    """One file, whole, whoever came first."""
    with ProcessPoolExecutor(4, mp_context=get_context("fork")) as pool:
        digests = {done.result(60) for done in [pool.submit(_put, tmp_path) for _ in range(8)]}

    assert digests == {hashlib.sha256(CONTENT * 100_000).hexdigest()}
    assert [path.name for path in files(tmp_path)] == list(digests)


def test_a_paper_is_laid_on_the_shelf_once(shelf: FileShelf, tmp_path: Path) -> None:
    """The same bytes again change nothing."""
    for _ in range(2):
        shelf.put("weekly_report/2018-07-27/工作简报.docx", CONTENT)

    assert [path.relative_to(tmp_path / "papers").as_posix() for path in files(tmp_path)] == [
        "weekly_report/2018-07-27/工作简报.docx"
    ]
    assert files(tmp_path)[0].read_bytes() == CONTENT


def test_other_bytes_never_replace_a_paper(shelf: FileShelf, tmp_path: Path) -> None:
    """A conflict is told, and what lay there still lies there."""
    shelf.put("a.docx", CONTENT)

    with pytest.raises(ConflictError, match="holds another content"):
        shelf.put("a.docx", b"other")
    assert [path.read_bytes() for path in files(tmp_path)] == [CONTENT]


@pytest.mark.parametrize("path", ["../a.docx", "/etc/a.docx", "a/../../b.docx", "."])
def test_no_paper_leaves_the_shelf(shelf: FileShelf, tmp_path: Path, path: str) -> None:
    """A path that leads out of the folder is refused."""
    with pytest.raises(ValueError, match="leads out"):
        shelf.put(path, CONTENT)
    assert files(tmp_path) == []
