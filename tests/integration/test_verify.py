"""`duban verify` on real books: it passes over what is sound, and names whatever was changed behind our backs."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from duban.core.papers import PaperKind
from duban.pipeline.verify import Verify
from fakes.judged import Office, at, ledger_row
from fakes.signing import SIGNED, SIGNER, SigningDesk


@pytest.fixture
def desk(engine: Engine, plan: str, tmp_path: Path) -> SigningDesk:
    """Papers in every state, numbered by us and by others."""
    desk = SigningDesk.on(engine, plan, tmp_path)
    for item in ("S1", "S2"):
        desk.signed(item)
    desk.sign.void(desk.signed("S3c").id, SIGNER, "写错", SIGNED)
    desk.signed("S1", PaperKind.SUPERVISE, "41")
    desk.sign.sign_automatically(desk.draft("S4", PaperKind.REMINDER).id, "ladder.reminder", SIGNED)
    desk.reviewed("S5")
    desk.draft("S6")
    return desk


def defects(desk: SigningDesk) -> list[str]:
    found = Verify(desk.plan, desk.books, desk.archive, desk.shelf).run()
    return [f"{defect.check}: {defect.text}" for defect in found.defects]


def tamper(engine: Engine, *statements: str, **values: object) -> None:
    """What somebody with the database's own rights can do."""
    with engine.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        for statement in statements:
            changed = connection.execute(text(statement), values)
            assert changed.rowcount > 0, statement


def test_what_is_sound_has_no_defect(desk: SigningDesk) -> None:
    """And it is said how much was looked at."""
    found = Verify(desk.plan, desk.books, desk.archive, desk.shelf).run()

    assert found.defects == ()
    assert (found.papers, found.numbers, found.archived) == (7, 4, 5)
    assert found.end[0] == len(desk.books.chain()[0])


def test_an_empty_register_is_sound(engine: Engine, plan: str, tmp_path: Path) -> None:
    """On the first day, before any folder is there."""
    assert defects(SigningDesk.on(engine, plan, tmp_path)) == []


EDITS = {
    "what is owed to whom": (
        "delete from duban.delivery where plan = :plan",
        ["outbox: ", "outbox: ", "outbox: ", "outbox: "],
    ),
    "that everybody has it": (
        "update duban.delivery set state = 'sent' where plan = :plan",
        ["outbox: ", "outbox: ", "outbox: ", "outbox: "],
    ),
    "who signed, in the chain": (
        "update duban.audit set done_by = '别人' where plan = :plan and seq = 3",
        ["chain: 变更记录第 3 条的内容被改动。", "states: "],
    ),
    "a remark, in the chain": (
        "update duban.audit set why = '无误' where plan = :plan and after = 'void'",
        ["chain: 变更记录第 10 条的内容被改动。"],
    ),
    "an entry taken out": (
        "delete from duban.audit where plan = :plan and seq = 5",
        ["chain: 变更记录第 6 条之前缺少记录。"],
    ),
    "the last entry taken away": (
        "delete from duban.audit where plan = :plan and seq = (select max(seq) from duban.audit where plan = :plan)",
        ["chain: 变更记录末尾与登记的终点（第 18 条）不符"],
    ),
    "a paper's state": (
        "update duban.paper set state = 'signed' where plan = :plan and state = 'void'",
        ["states: ", "登记为“已签发”，变更记录中最后是“已作废”"],
    ),
    "a draft's hash": (
        "update duban.paper set sha256 = repeat('0', 64) where plan = :plan and state = 'drafted'",
        ["states: ", "草稿哈希与变更记录不符", "files: ", "与登记的哈希不符"],
    ),
    "a signature's person": (
        "update duban.signature set signed_by = '别人' where plan = :plan and number = '东整催〔2018〕2号'",
        ["states: ", "签发登记（签发人、时间、编号或签发件哈希）与变更记录不符"],
    ),
    "a signature": (
        "delete from duban.signature where plan = :plan and number = '东整催〔2018〕2号'",
        ["states: ", "没有签发登记", "files: 文件“urge/S2-0730-签发.docx”是签发件的名称，登记簿中没有它"],
    ),
    "a number taken out of the register": (
        "delete from duban.number where plan = :plan and printed = '东整催〔2018〕2号'",
        ["2018 年“催办通知单”漏号：缺第 2 号。", "的编号“东整催〔2018〕2号”不在编号登记簿中。"],
    ),
    "the counter": (
        "update duban.number_counter set last = last + 2 where plan = :plan",
        ["漏号：缺第 4 号。", "漏号：缺第 5 号。", "的计数为 5，登记的最大编号是 3。"],
    ),
    "the number on a paper": (
        "update duban.paper set number = '东整催〔2018〕8号' where plan = :plan and number = '东整催〔2018〕1号'",
        ["states: ", "第 1 号登记给第", "该文书上的编号是“东整催〔2018〕8号”"],
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_of_the_database_is_named(desk: SigningDesk, engine: Engine, edit: str) -> None:
    """Whatever row is changed or taken away, behind the triggers' backs."""
    statement, told = EDITS[edit]
    tamper(engine, statement, plan=desk.plan.key)
    found = defects(desk)

    assert found
    for words in told:
        assert any(words in defect for defect in found), found


@pytest.mark.parametrize("name", ["S2-0730-签发.docx", "S2-0730.docx"])
@pytest.mark.parametrize("how", ["flipped", "gone"])
def test_a_changed_file_on_the_shelf_is_named(desk: SigningDesk, name: str, how: str) -> None:
    """One byte is enough; and so is a file that is not there."""
    path = desk.shelf._root / "urge" / name
    if how == "flipped":
        path.write_bytes(flipped(path.read_bytes()))
    else:
        path.unlink()

    (defect,) = defects(desk)
    assert f"“urge/{name}”" in defect
    assert ("已被改动" if how == "flipped" else "不见了") in defect


def flipped(content: bytes) -> bytes:
    return bytes([content[0] ^ 1]) + content[1:]


@pytest.mark.parametrize("how", ["flipped", "gone"])
def test_a_changed_object_in_the_archive_is_named(desk: SigningDesk, tmp_path: Path, how: str) -> None:
    """By the paper whose bytes it holds."""
    paper = next(paper for paper in desk.books.papers() if paper.number == "东整催〔2018〕1号")
    assert paper.signature is not None
    (path,) = tmp_path.glob(f"archive/**/{paper.signature.sha256}")
    if how == "flipped":
        path.chmod(0o644)
        path.write_bytes(flipped(path.read_bytes()))
    else:
        path.unlink()

    (defect,) = defects(desk)
    assert defect.startswith("archive: 存档中")
    assert "urge/S1-0730-签发.docx" in defect


def test_a_signed_file_that_nobody_registered_is_named(desk: SigningDesk) -> None:
    """As after a database was restored from an old back-up: its number may come again (F-38)."""
    desk.shelf.put("urge/S9-签发.docx", b"from before")

    assert any("S9-签发.docx" in defect and "编号可能重复" in defect for defect in defects(desk))


def test_every_file_received_must_be_in_the_archive(office: Office, engine: Engine, plan: str, tmp_path: Path) -> None:
    """Nothing received is lost (I1)."""
    office.send(at("07-27 16:00"), "2018-W30", [ledger_row("MH-001"), ledger_row("MH-002", line=3)])
    desk = SigningDesk.on(engine, plan, tmp_path)

    assert any(defect.startswith("archive: 存档中没有“MH/") for defect in defects(desk))


def test_every_row_is_accounted_for(office: Office, engine: Engine, plan: str, tmp_path: Path) -> None:
    """Rows read = accepted + rejected + ignored, and each is there (I6)."""
    office.send(at("07-27 16:00"), "2018-W30", [ledger_row("MH-001"), ledger_row("MH-002", line=3)])
    desk = SigningDesk.on(engine, plan, tmp_path)
    assert not [defect for defect in defects(desk) if defect.startswith("rows")]

    tamper(engine, "delete from duban.return_row where plan = :plan", plan=plan)
    (defect,) = [defect for defect in defects(desk) if defect.startswith("rows")]
    assert "行数不符" in defect
