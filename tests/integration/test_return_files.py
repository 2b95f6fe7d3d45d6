"""What goes back to an office: marked by a child with limits, issued once, with a receipt for every return."""

import hashlib
import io
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import xlwt
from openpyxl import load_workbook
from sqlalchemy import Engine, text

from duban.adapters.archive import FileArchive
from duban.adapters.markup import Limits, WorkbookMarker
from duban.adapters.shelf import FileShelf
from duban.adapters.store import PostgresLedger, PostgresRegister
from duban.adapters.text import TextComposer
from duban.adapters.workbook import WorkbookReader
from duban.core.checked import CheckedReturn, Status
from duban.core.errors import ConflictError, UsageError
from duban.core.findings import Finding
from duban.core.papers import PaperContent, PaperKind
from duban.core.plan import Evidence, ObligationRule, Owner
from duban.core.sheets import RawBook
from duban.core.weeks import Weeks
from duban.pipeline.ask_changes import AskChanges, Wish
from duban.pipeline.receipt import MOST_TOLD
from duban.pipeline.return_files import Marking, ReturnFiles
from duban.pipeline.return_life import ReturnLives
from fakes.judged import Office
from fakes.made_returns import CHECKER, FORM, MADE_PLAN, RECEIVED, ROOT
from fakes.marked import FAULTY, HEADING, LIST, MANY, WORK, by_hand, finding, repacked, sent
from fakes.plans import DECIDED
from fakes.workbooks import cell, ods, ods_cell, row, xlsx

K = ObligationRule(
    "K", "补正", Owner.OFFICE, Evidence.CORRECTION, None, 3, escalates=False, needs_basis=False, ground=DECIDED
)
PLAN = replace(MADE_PLAN, obligations=(*MADE_PLAN.obligations, K))
WEEKS = Weeks(PLAN.calendar, PLAN.reporting.first_day, PLAN.reporting.cutoff_time)
TICK = RECEIVED + timedelta(minutes=5)


@pytest.fixture(scope="module")
def reader() -> Iterator[WorkbookReader]:
    with WorkbookReader() as warm:
        yield warm


def marks(content: bytes, book: RawBook, *findings: Finding, allowed: Limits | None = None) -> tuple[bool, list[str]]:
    """Whether the workbook was built again, and where its marks stand."""
    made = WorkbookMarker(FORM, allowed).mark_up(content, book, findings, HEADING)
    assert made is not None
    workbook = load_workbook(io.BytesIO(made.content))
    assert workbook.sheetnames[0] == LIST
    places = [f"{sheet.title}!{one.coordinate}" for sheet in workbook for line in sheet for one in line if one.comment]
    return made.rebuilt, places


def test_the_child_marks_the_offices_own_workbook_the_same_each_time(reader: WorkbookReader) -> None:
    """A process of its own for each, and the same bytes from each."""
    content = sent(FAULTY, work=MANY)
    book = reader.read("周报.xlsx", content)
    marker = WorkbookMarker(FORM)
    first, second = (marker.mark_up(content, book, [finding()], HEADING) for _ in range(2))
    assert first is not None
    assert first == second
    assert not first.rebuilt


def old_xls() -> bytes:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet(WORK)
    sheet.write(1, 6, 0)
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sheet"),
    [
        ("周报.xls", old_xls(), WORK),
        ("周报.ods", ods(f"<table:table-row>{ods_cell('甲')}</table:table-row>"), WORK),
        ("周报.csv", "序号,小区编号,小区名称\n1,EA-001,甲\n".encode("gb18030"), "周报"),
    ],
)
def test_other_containers_come_back_as_a_workbook_built_again(
    reader: WorkbookReader, name: str, content: bytes, sheet: str
) -> None:
    """.xls, .ods and .csv cannot be written back; their values can."""
    book = reader.read(name, content)
    assert marks(content, book, finding(sheet=sheet)) == (True, [f"{WORK}!G2"])


def test_a_workbook_that_openpyxl_cannot_open_is_built_again(
    reader: WorkbookReader, caplog: pytest.LogCaptureFixture
) -> None:
    """It reads less than the reader does (B-32: Strict OOXML); the log says why."""
    content = repacked(sent(), {"xl/styles.xml": (b"<fonts", b"<broken")})
    book = reader.read("周报.xlsx", content)
    with caplog.at_level(logging.WARNING):
        assert marks(content, book, finding()) == (True, [f"{WORK}!G2"])
    assert "Traceback" in caplog.text


def test_a_workbook_that_kills_the_child_is_built_again(reader: WorkbookReader) -> None:
    """Merged over a whole sheet it wants memory for 17 thousand million cells; the reader does not mind."""
    merged = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    plain = xlsx(row(1, cell("A1", "甲")))
    content = repacked(plain, {"xl/worksheets/sheet1.xml": (b"</sheetData>", b"</sheetData>" + merged.encode())})
    book = reader.read("周报.xlsx", content)
    assert marks(content, book, finding(), allowed=Limits(memory=512 << 20)) == (True, [f"{WORK}!G2"])


def test_what_cannot_be_marked_within_the_limits_is_given_up(
    reader: WorkbookReader, caplog: pytest.LogCaptureFixture
) -> None:
    """No marked workbook then; slip and receipt go all the same."""
    content = sent()
    book = reader.read("周报.xlsx", content)
    marker = WorkbookMarker(FORM, Limits(wall_seconds=0.01))
    with caplog.at_level(logging.WARNING):
        assert marker.mark_up(content, book, [finding()], HEADING) is None
    assert "cannot be marked" in caplog.text


def test_the_child_is_given_no_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It opens strangers' files; the environment of the task has passwords."""
    from duban.adapters.markup import marker

    monkeypatch.setenv("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "postgresql://airflow:secret@db")
    assert "secret" not in str(marker._environment(str(tmp_path)))


class Desk:
    """One office, its ledger, archive and outbox."""

    def __init__(self, ledger: PostgresLedger, reader: WorkbookReader, home: Path) -> None:
        self._ledger, self._reader = ledger, reader
        self.archive = FileArchive(home / "archive")
        self.outbox = home / "outbox"
        self.office = Office(ledger, "EA")
        self.lives = ReturnLives(FORM, ledger)
        marking = Marking(reader, WorkbookMarker(FORM))
        texts = TextComposer(ROOT / "templates")
        self.files = ReturnFiles(PLAN, WEEKS, self.lives, self.archive, marking, texts, FileShelf(self.outbox))

    def receive(self, content: bytes, name: str = "周报.xlsx", received_at: datetime = RECEIVED) -> int:
        """A return, judged."""
        received = self.office.receive(received_at, name, self.archive.put(content))
        [(_, book)] = self._reader.read_all([(name, content)])
        result = CHECKER.check(book, folder="EA", received_at=received_at, last=lambda _office, _week: {})
        self._ledger.record_verdict(received, result.checked, result.checked.status, TICK)
        return received.return_id

    def receive_duplicate(self, content: bytes, name: str) -> int:
        received = self.office.receive(RECEIVED + timedelta(minutes=1), name, self.archive.put(content))
        found = Finding("F10", None, None, None, "", "无需再报")
        checked = CheckedReturn(None, None, None, (), (found,), "1")
        self._ledger.record_verdict(received, checked, Status.DUPLICATE, TICK)
        return received.return_id

    def receipt(self, return_id: int) -> str:
        [name] = [path for path in self.files.issue(return_id, TICK) if path.endswith(".txt")]
        return (self.outbox / name).read_bytes().decode("utf-8-sig")


@pytest.fixture
def desk(ledger: PostgresLedger, reader: WorkbookReader, tmp_path: Path) -> Desk:
    return Desk(ledger, reader, tmp_path)


def test_a_return_with_faults_gets_its_workbook_and_a_receipt(desk: Desk) -> None:
    """In the office's folder, named by week and return; the workbook is its own."""
    content = sent(FAULTY, work=MANY)
    return_id = desk.receive(content)
    paths = desk.files.issue(return_id, TICK)
    assert paths == (f"EA/2018-W36-{return_id}-补正.xlsx", f"EA/2018-W36-{return_id}-回执.txt")
    assert sorted(path.name for path in (desk.outbox / "EA").iterdir()) == sorted(p.partition("/")[2] for p in paths)
    workbook = load_workbook(desk.outbox / paths[0])
    assert workbook.sheetnames[:2] == [LIST, "封面"]
    assert "R04" in workbook[WORK]["G2"].comment.text
    assert "9月12日前" in "".join(str(line[0]) for line in workbook[LIST].iter_rows(values_only=True))


def test_the_marked_workbook_corrected_and_sent_again_is_accepted(desk: Desk) -> None:
    """From the outbox by the clerk's hand into the inbox, through reader and check."""
    [path, _] = desk.files.issue(desk.receive(sent({(WORK, "G2"): 0})), TICK)
    mended = by_hand((desk.outbox / path).read_bytes(), {(WORK, "G2"): 12})
    again = desk.receive(mended, "周报-补正.xlsx")
    assert desk.files.issue(again, TICK) == (f"EA/2018-W36-{again}-回执.txt",)
    assert "已采用" in desk.receipt(again)


def test_the_receipt_says_what_came_and_what_became_of_it(desk: Desk) -> None:
    """Id, time, file, digest, rows, findings by class, and what to do next; it opens in any editor."""
    content = sent(FAULTY, work=MANY)
    return_id = desk.receive(content)
    said = desk.receipt(return_id)
    parts = (
        f"回执编号：{return_id}",
        "2018年9月7日10时",
        "周报.xlsx",
        hashlib.sha256(content).hexdigest(),
        "截至2018年9月7日",
        "部分采用",
        "读取 7 行，采用 3 行，退回 4 行，不计 0 行",
        "必改 2 处，需说明 1 处，核实 1 处，提示 1 处",
        f"“2018-W36-{return_id}-补正.xlsx”",
        "补正期限：2018年9月12日",
    )
    assert [part for part in parts if part not in said] == []
    assert said.count("\r\n") == said.count("\n")


def test_a_clean_return_gets_a_receipt_alone(desk: Desk) -> None:
    """And reads that nothing is left to do."""
    return_id = desk.receive(sent())
    assert desk.files.issue(return_id, TICK) == (f"EA/2018-W36-{return_id}-回执.txt",)
    assert "已办结" in desk.receipt(return_id)


def test_questions_alone_make_no_marked_workbook_but_are_asked_in_the_receipt(desk: Desk) -> None:
    """Class C is accepted; the office is asked to verify it."""
    said = desk.receipt(desk.receive(sent({(WORK, "F2"): "不详"})))
    assert "已采用" in said
    assert "《工作台账》F2" in said
    assert "已办结" not in said


def test_a_file_that_cannot_be_read_gets_a_receipt_with_the_reason(desk: Desk) -> None:
    """There is nothing to mark; the name of the day stands for the week."""
    return_id = desk.receive(b"%PDF-1.4", "周报.xlsx")
    said = desk.receipt(return_id)
    assert [path.name for path in (desk.outbox / "EA").iterdir()] == [f"2018-09-07-{return_id}-回执.txt"]
    assert "整份退回" in said
    assert "PDF" in said
    assert "补正期限" in said


def test_a_duplicate_gets_a_receipt_that_asks_for_nothing(desk: Desk) -> None:
    """F10 is recorded and otherwise ignored."""
    content = sent()
    desk.receive(content)
    said = desk.receipt(desk.receive_duplicate(content, "周报（副本）.xlsx"))
    assert "无需再报" in said
    assert "数 据 行" not in said


def test_a_files_name_is_neither_trusted_nor_templated(desk: Desk) -> None:
    """B-45, B-46: no second line, no direction mark, no field of a template."""
    name = "{{ sha256 }}\n处理结果：已采用\u202e.xlsx"
    said = desk.receipt(desk.receive(b"%PDF-1.4", name))
    assert "文件名称：{{ sha256 }} 处理结果：已采用.xlsx\r\n" in said


def test_issuing_twice_changes_nothing(desk: Desk) -> None:
    """A task that is run again finds its work done."""
    return_id = desk.receive(sent(FAULTY, work=MANY))
    paths = desk.files.issue(return_id, TICK)
    before = {path: (desk.outbox / path).stat().st_mtime_ns for path in paths}
    assert desk.files.issue(return_id, TICK) == paths
    assert {path: (desk.outbox / path).stat().st_mtime_ns for path in paths} == before


def test_what_was_issued_is_never_overwritten(desk: Desk) -> None:
    """Other bytes under the same name are a fault of ours, and said so."""
    return_id = desk.receive(sent())
    [path] = desk.files.issue(return_id, TICK)
    (desk.outbox / path).write_text("别的内容", "utf-8")
    with pytest.raises(ConflictError):
        desk.files.issue(return_id, TICK)
    assert (desk.outbox / path).read_text("utf-8") == "别的内容"


def test_a_return_without_a_verdict_is_not_answered(desk: Desk) -> None:
    """There is nothing to say yet."""
    received = desk.office.receive(RECEIVED, "周报.xlsx", desk.archive.put(b"x"))
    with pytest.raises(UsageError, match=str(received.return_id)):
        desk.files.issue(received.return_id, TICK)


def test_the_receipt_says_what_changed_against_the_last_version(desk: Desk) -> None:
    """Row by row, cell by cell; of the first version there is nothing to compare."""
    first = desk.receive(sent())
    assert "首次采用" in desk.receipt(first)
    second = desk.receive(sent({(WORK, "H2"): 310}), "周报2.xlsx", RECEIVED + timedelta(hours=1))
    said = desk.receipt(second)
    assert "变    化：与上次采用的数据相比：新增 0 行，变动 1 行（1 格），未报 0 行。" in said
    assert "《工作台账》EA-001 紫荆小区：居民户数 300 → 310" in said


def test_long_lists_of_changes_are_cut_and_say_so(desk: Desk) -> None:
    """A receipt stays a page; everything stands in `duban returns show`."""
    many = [{"compound_id": f"EA-{n:03}", "name": f"小区{n}"} for n in range(1, MOST_TOLD + 6)]
    desk.receive(sent(work=many, project=many))
    fewer = [{**row, "households": 301} for row in many]
    said = desk.receipt(desk.receive(sent(work=fewer, project=many), "周报2.xlsx", RECEIVED + timedelta(hours=1)))
    assert said.count("居民户数 300 → 301") == MOST_TOLD
    assert "另有 5 行" in said


def test_a_file_of_which_nothing_is_taken_changes_nothing(desk: Desk) -> None:
    """There is nothing to compare."""
    assert "变    化" not in desk.receipt(desk.receive(b"%PDF-1.4"))


def test_the_receipt_of_a_correction_after_the_signature_says_so(desk: Desk, engine: Engine, plan: str) -> None:
    """逾期后更正: in the ledger, not in the paper."""
    report = PaperContent(
        PaperKind.WEEKLY_REPORT, "工作简报", (), (), RECEIVED - timedelta(hours=1), {}, week="2018-W36"
    )
    PostgresRegister(engine, plan).add(report, "w.docx", "ab" * 32)
    assert "逾期后更正" not in desk.receipt(desk.receive(sent()))
    with engine.begin() as connection:
        connection.execute(text("update duban.paper set state = 'signed' where plan = :plan"), {"plan": plan})
    late = desk.receive(sent({(WORK, "H2"): 310}), "周报2.xlsx", RECEIVED + timedelta(hours=1))
    assert "逾期后更正" in desk.receipt(late)


WISH = Wish(0, "户数与现场不符，请核实", "王主任", WORK, "ea-001")
ASKED_AT = RECEIVED + timedelta(minutes=30)


def asking(desk: Desk) -> AskChanges:
    texts = TextComposer(ROOT / "templates")
    return AskChanges(PLAN, WEEKS, FORM, desk.lives, texts, FileShelf(desk.outbox))


def test_the_office_is_told_what_the_bureau_asks(desk: Desk) -> None:
    """In its folder: which return, what, why, who; the same request again is one note."""
    return_id = desk.receive(sent())
    asks = asking(desk)
    path = asks.run(replace(WISH, return_id=return_id), ASKED_AT)
    assert asks.run(replace(WISH, return_id=return_id), ASKED_AT + timedelta(hours=1)) == path
    [ask] = desk.lives.story(return_id).asks
    assert path == f"EA/2018-W36-{return_id}-修改要求{ask.ask_id}.txt"
    said = (desk.outbox / path).read_bytes().decode("utf-8-sig")
    for part in (
        f"回执编号：{return_id}",
        "《工作台账》EA-001",
        WISH.reason,
        "王主任",
        "2018年9月7日10时30分",
        "更正报送",
    ):
        assert part in said, part
    assert (desk.outbox / path).parent.name == "EA"


def test_an_open_request_goes_with_the_next_answer(desk: Desk) -> None:
    """In the receipt, and at the head of 补正清单; once a return with rows answered it, no more."""
    asked = desk.receive(sent())
    asking(desk).run(replace(WISH, return_id=asked), ASKED_AT)
    second = desk.receive(sent({(WORK, "G2"): 0}), "周报2.xlsx", RECEIVED + timedelta(hours=1))
    [workbook, receipt] = desk.files.issue(second, TICK)
    line = "《工作台账》EA-001：户数与现场不符，请核实（王主任，9月7日提出）"
    rows = load_workbook(desk.outbox / workbook)[LIST].iter_rows(values_only=True)
    assert any(line in str(row[0]) for row in rows)
    assert line in (desk.outbox / receipt).read_bytes().decode("utf-8-sig")

    third = desk.receive(sent({(WORK, "H2"): 310}), "周报3.xlsx", RECEIVED + timedelta(hours=2))
    assert line not in desk.receipt(third)


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        (replace(WISH, reason=" \n"), "--ask"),
        (replace(WISH, by=""), "--by"),
        (replace(WISH, table="台账"), "可填：工作台账、项目台账、工作动态"),
        (replace(WISH, compound="EA-999"), "EA-999"),
    ],
)
def test_a_request_that_nobody_could_meet_is_refused_with_its_mend(desk: Desk, wish: Wish, told: str) -> None:
    """Nothing is recorded, nothing is told to the office."""
    return_id = desk.receive(sent())
    with pytest.raises(UsageError, match=told):
        asking(desk).run(replace(wish, return_id=return_id), ASKED_AT)
    assert desk.lives.story(return_id).asks == ()
    assert not desk.outbox.exists()


def test_nothing_is_asked_of_a_duplicate_or_of_what_was_replaced(desk: Desk) -> None:
    """The office would mend what no longer counts."""
    content = sent()
    first = desk.receive(content)
    copy = desk.receive_duplicate(content, "周报（副本）.xlsx")
    last = desk.receive(sent({(WORK, "H2"): 310}), "周报2.xlsx", RECEIVED + timedelta(hours=1))
    for return_id, told in ((copy, "重复"), (first, f"{last} 号")):
        with pytest.raises(UsageError, match=told):
            asking(desk).run(replace(WISH, return_id=return_id), ASKED_AT)
