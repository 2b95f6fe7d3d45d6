"""Back-up and restore, drilled; and a database older than what was issued (F-38)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from duban.adapters.backup import backup, restore
from duban.adapters.journal import FileJournal
from duban.adapters.store import PostgresChainEnd, create_engine
from duban.core.errors import UsageError
from duban.core.numbering import Series
from duban.core.papers import PaperRecord
from duban.pipeline.issued import GuardedLife, Reconcile
from duban.pipeline.sign import Sign
from duban.pipeline.verify import Verify
from fakes.signing import SIGNED, SIGNER, SigningDesk, refused

PLAN = "kept"


@dataclass
class House:
    """An installation: its database, its folders, its desk."""

    url: str
    home: Path
    engine: Engine
    desk: SigningDesk

    @property
    def folders(self) -> dict[str, Path]:
        return {"archive": self.home / "archive", "papers": self.home / "papers"}

    @property
    def reconcile(self) -> Reconcile:
        return Reconcile(FileJournal(self.home / "issued", PLAN), PostgresChainEnd(self.engine, PLAN))

    @property
    def signing(self) -> Sign:
        desk = self.desk
        life = GuardedLife(desk.life, self.reconcile)
        return Sign(desk.plan, life, desk.composer, desk.linter, desk.shelf, desk.archive)

    def sign(self, item: str) -> PaperRecord:
        return self.signing.sign(self.desk.reviewed(item).id, SIGNER, SIGNED)

    def finish(self, paper: PaperRecord) -> None:
        self.signing.finish(paper.id)

    def backup(self, folder: Path) -> None:
        backup(folder, self.url, self.folders, self.home / "issued", SIGNED)

    def restore(self, folder: Path) -> None:
        self.engine.dispose()
        restore(folder, self.url, self.folders, self.home / "issued")

    def tables(self) -> dict[str, list[tuple[object, ...]]]:
        with self.engine.connect() as connection:
            names = connection.execute(
                text("select tablename from pg_tables where schemaname = 'duban' order by 1")
            ).scalars()
            return {
                name: sorted(map(tuple, connection.execute(text(f'select t::text from duban."{name}" t'))))  # noqa: S608
                for name in names
            }


def house(databases: Iterator[str], home: Path) -> House:
    url = next(databases)
    engine = create_engine(url)
    return House(url, home, engine, SigningDesk.on(engine, PLAN, home))


@pytest.fixture
def first(databases: Iterator[str], tmp_path: Path) -> Iterator[House]:
    made = house(databases, tmp_path / "first")
    yield made
    made.engine.dispose()


@pytest.fixture
def second(databases: Iterator[str], tmp_path: Path) -> Iterator[House]:
    made = house(databases, tmp_path / "second")
    yield made
    made.engine.dispose()


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_restored_house_is_the_same_and_works_on(first: House, second: House, tmp_path: Path) -> None:
    """The drill: another machine, an empty database; rows and files equal, verified, and the next number follows."""
    for item in ("A", "B"):
        first.sign(item)
    first.backup(tmp_path / "saved")
    second.restore(tmp_path / "saved")

    assert second.tables() == first.tables()
    assert files(second.home) == files(first.home)
    desk = second.desk
    assert Verify(desk.plan, desk.books, desk.archive, desk.shelf).run().defects == ()
    assert second.sign("C").number == first.sign("C").number


def test_a_database_older_than_what_was_issued_issues_nothing(first: House, tmp_path: Path) -> None:
    """The back-up of yesterday over the home of today: the number would be given twice."""
    first.sign("A")
    first.backup(tmp_path / "saved")
    lost = first.sign("B")
    first.restore(tmp_path / "saved")

    assert "比已签发的公文旧" in refused(lambda: first.sign("C"))
    assert [used.number for used in first.desk.books.numbers()] == [1]
    assert [one.printed for one in first.reconcile.lost()] == [lost.number]


def test_a_signature_whose_process_ended_at_once_is_still_entered_among_what_was_issued(first: House) -> None:
    """By the next one, or when it is asked for again: or a restored database would give its number twice."""
    desk = first.desk
    killed = desk.sign.sign(desk.reviewed("A").id, SIGNER, SIGNED)
    first.sign("B")
    again = desk.sign.sign(desk.reviewed("C").id, SIGNER, SIGNED)
    first.finish(again)
    first.finish(again)

    entered = first.reconcile.journal.all()
    assert [(one.printed, one.number) for one in entered] == [
        ("东整催〔2018〕1号", 1),
        ("东整催〔2018〕2号", 2),
        ("东整催〔2018〕3号", 3),
    ]
    assert killed.signature is not None
    assert entered[0].sha256 == killed.signature.sha256
    assert first.reconcile.difference() is None


def test_it_refuses_also_when_it_has_gone_on_otherwise(first: House, tmp_path: Path) -> None:
    """As many entries in the chain as before, but not the same ones."""
    first.backup(tmp_path / "saved")
    first.sign("A")
    first.restore(tmp_path / "saved")
    for item in "DEFG":
        first.desk.reviewed(item)

    assert "内容不同" in refused(lambda: first.sign("C"))


def test_a_reconciled_house_skips_the_numbers_that_were_used(first: House, tmp_path: Path) -> None:
    """With a name and a reason; and refuses again when an old back-up comes back once more."""
    first.sign("A")
    first.backup(tmp_path / "saved")
    first.sign("B")
    first.restore(tmp_path / "saved")
    assert "原因" in refused(lambda: first.reconcile.run("张三", " "))

    assert len(first.reconcile.run("张三", "数据库损坏，没有更新的备份")) == 1
    first.sign("C")
    assert sorted(used.number for used in first.desk.books.numbers()) == [1, 3]

    first.restore(tmp_path / "saved")
    refused(lambda: first.sign("D"))
    first.reconcile.run("张三", "再次恢复")
    first.sign("E")
    assert sorted(used.number for used in first.desk.books.numbers()) == [1, 4]


def test_a_damaged_back_up_restores_nothing(first: House, second: House, tmp_path: Path) -> None:
    """One byte in one file, and not a row is changed."""
    first.sign("A")
    first.backup(tmp_path / "saved")
    victim = next((tmp_path / "saved" / "files" / "archive").rglob("*/*/*"))
    victim.chmod(0o644)
    victim.write_bytes(b"x")
    before = second.tables()

    with pytest.raises(UsageError, match="已损坏"):
        second.restore(tmp_path / "saved")
    assert second.tables() == before
    assert files(second.home) == {}


def test_a_file_is_never_overwritten(first: House, second: House, tmp_path: Path) -> None:
    """Another content in its place is for a person to look at."""
    first.sign("A")
    first.backup(tmp_path / "saved")
    path = next(path for path in (first.home / "papers").rglob("*.docx")).relative_to(first.home)
    (second.home / path).parent.mkdir(parents=True)
    (second.home / path).write_bytes(b"other")

    with pytest.raises(UsageError, match="内容不同"):
        second.restore(tmp_path / "saved")
    assert (second.home / path).read_bytes() == b"other"


def test_a_back_up_goes_into_a_folder_of_its_own(first: House, tmp_path: Path) -> None:
    """Two back-ups are never mixed."""
    first.backup(tmp_path / "saved")
    with pytest.raises(UsageError, match="不是空的"):
        first.backup(tmp_path / "saved")


def test_a_wrong_password_is_told_without_the_password(tmp_path: Path) -> None:
    """Neither in the sentence nor among the arguments that everybody can see."""
    with pytest.raises(UsageError) as error:
        backup(tmp_path / "saved", "postgresql://duban:hunter2@127.0.0.1:1/duban", {}, tmp_path / "issued", SIGNED)
    assert "hunter2" not in str(error.value)


def test_the_number_of_another_plan_is_its_own(first: House) -> None:
    """A series is skipped to, never back."""
    chain = PostgresChainEnd(first.engine, PLAN)
    series = Series("x", "文号", 2018)
    chain.skip_to(series, 3)
    chain.skip_to(series, 2)

    assert first.desk.books.counters()[replace(series)] == 3


def test_what_was_reconciled_is_told_and_is_no_defect(first: House, tmp_path: Path) -> None:
    """Its number is missing for ever and its file stays: who verifies every night must not learn to look away."""
    first.sign("A")
    first.backup(tmp_path / "saved")
    lost = first.sign("B")
    first.restore(tmp_path / "saved")
    desk = first.desk
    verify = Verify(desk.plan, desk.books, desk.archive, desk.shelf, settled=first.reconcile.settled)
    assert {defect.check for defect in verify.run().defects} == {"files"}

    first.reconcile.run("张三", "数据库损坏，没有更新的备份")
    first.sign("C")

    found = verify.run()
    assert found.defects == ()
    assert [lost.number is not None and lost.number in warning.text for warning in found.warnings] == [True]
