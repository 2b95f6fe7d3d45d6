"""A folder of .csv files is one return: through the real inbox, archive and ledger (returns.md)."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest

from duban.cli.reading import as_sent
from duban.core.csv_folder import pack, unpack
from duban.core.sheets import RawBook
from duban.pipeline.check_file import CheckFile
from duban.pipeline.csv_folders import ReturnReader
from duban.pipeline.ports import ReturnRecord
from fakes.house import CUTOFF, EA, EB, House, weekly
from fakes.judged import at
from fakes.made_returns import CHECKER, MADE_PLAN, book

WEEK = "2018-09-07"
FOLDER = f"{EA}/{WEEK}/"
HOUR = timedelta(hours=1)


def csvs(raw: RawBook, encoding: str = "utf-8", separator: str = ",") -> dict[str, bytes]:
    """A made return as Excel saves it sheet by sheet, without its cover."""
    return {
        f"{sheet.name}.csv": separated(sheet.rows, encoding, separator) for sheet in raw.sheets if sheet.name != "封面"
    }


def separated(rows: Sequence[Sequence[object]], encoding: str = "utf-8", separator: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(["" if cell is None else cell for cell in row] for row in rows)
    return text.getvalue().encode(encoding)


WHOLE = csvs(book())


def send(house: House, files: Mapping[str, bytes], time: str = "09-07 10:00", folder: str = FOLDER) -> None:
    for name, content in files.items():
        house.send(f"{folder}{name}", content, at(time))


def sent(house: House) -> list[ReturnRecord]:
    return list(house.ledger.return_records())


def codes(record: ReturnRecord, classes: str = "ABC") -> list[str]:
    return [finding.code for finding in record.findings if finding.cls in classes]


def test_a_folder_is_one_return_of_its_office_for_its_week(house: House) -> None:
    """Received with its last file; office and week are told by its path."""
    tables = list(WHOLE.items())
    for (name, content), minute in zip(tables, (10, 30, 20), strict=True):
        send(house, {name: content}, f"09-07 10:{minute}")

    assert house.round(CUTOFF) == {"accepted": 1}
    [received] = sent(house)
    assert (received.path, received.office, received.week) == (FOLDER, EA, "2018-W36")
    assert received.received_at == at("09-07 10:30")
    assert received.rows == {"read": 3, "accepted": 3, "rejected": 0, "ignored": 0}
    assert codes(received) == []
    assert house.households(EA, CUTOFF) == [300]


def test_the_archive_keeps_every_file_of_the_folder(house: House) -> None:
    """Packed into one, byte for byte."""
    send(house, WHOLE)
    house.round(CUTOFF)

    assert unpack(house.archive.get(sent(house)[0].sha256)) == WHOLE


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8-sig", ","), ("gb18030", ","), ("gbk", "\t"), ("utf-16", "\t"), ("utf-8", "，")],
)
def test_a_folder_is_read_in_every_encoding_and_with_every_separator(
    house: House, encoding: str, separator: str
) -> None:
    """As offices save them: with BOM, GB18030, GBK, Unicode text, full-width commas."""
    text = {name: content.decode() for name, content in WHOLE.items()}
    send(house, {name: said.replace(",", separator).encode(encoding) for name, said in text.items()})

    assert house.round(CUTOFF) == {"accepted": 1}
    assert house.households(EA, CUTOFF) == [300]


def test_the_names_of_the_files_prove_nothing(house: House) -> None:
    """One table a file, told by its header; findings name the form's tables."""
    wrong = csvs(book(work=[{"kind": "别墅"}]))
    names = {"工作台账.csv": "项目台账.csv", "项目台账.csv": "{{ conn.x }}.csv", "工作动态.csv": "新建 文本.CSV"}
    send(house, {names[name]: content for name, content in wrong.items()})

    assert house.round(CUTOFF) == {"partial": 1}
    [finding] = [finding for finding in sent(house)[0].findings if finding.code == "R02"]
    assert (finding.sheet, finding.cell, finding.compound) == ("工作台账", "D2", "EA-001")


def test_a_changed_file_makes_a_new_version_of_the_whole(house: House) -> None:
    """It replaces the week's return, with the tables that did not change."""
    send(house, WHOLE)
    house.round(at("09-07 12:00"))
    send(house, {"工作台账.csv": csvs(book(work=[{"households": 200}]))["工作台账.csv"]}, "09-07 14:00")

    assert house.round(CUTOFF) == {"accepted": 1}
    assert [record.received_at for record in sent(house)] == [at("09-07 10:00"), at("09-07 14:00")]
    assert house.households(EA, CUTOFF) == [200]


def test_a_folder_that_only_looks_newer_is_a_duplicate(house: House) -> None:
    """F10: the same files, saved again."""
    send(house, WHOLE)
    house.round(at("09-07 12:00"))
    send(house, WHOLE, "09-07 14:00")

    assert house.round(CUTOFF) == {"duplicate": 1}


def test_a_second_round_over_the_same_folder_changes_nothing(house: House) -> None:
    """It was taken in once."""
    send(house, WHOLE)
    house.round(CUTOFF)

    assert house.round(CUTOFF + HOUR) == {}


@pytest.mark.parametrize("lacking", ["工作台账.csv", "项目台账.csv"])
def test_an_incomplete_folder_waits_without_a_verdict(house: House, lacking: str) -> None:
    """工作台账, and 项目台账 from the week on that owes it; when the last comes, the whole is received with it."""
    late = {lacking: WHOLE[lacking]}
    send(house, {name: content for name, content in WHOLE.items() if name not in late})
    assert house.round(at("09-07 12:00")) == {}

    send(house, late, "09-07 16:00")
    assert house.round(CUTOFF) == {"accepted": 1}
    assert [record.received_at for record in sent(house)] == [at("09-07 16:00")]


def test_project_ledgers_are_not_waited_for_before_they_are_owed(house: House) -> None:
    """C09 is told and the return accepted."""
    send(house, csvs(book(project=None, activities=None)), "08-10 10:00", f"{EA}/2018-08-10/")

    assert house.round(at("08-10 17:00")) == {"accepted": 1}
    assert codes(sent(house)[0]) == ["C09"]


def test_at_the_cutoff_an_incomplete_folder_counts_as_not_returned(house: House) -> None:
    """Nor does it later: what was known at the cut-off does not change."""
    send(house, {"项目台账.csv": WHOLE["项目台账.csv"]})

    assert house.round(CUTOFF) == {}
    house.round(at("09-10 09:00"))
    assert house.ledger.returns(CUTOFF).get(EA, ()) == ()


def test_a_folder_that_stays_incomplete_goes_back_an_hour_after_the_cutoff(house: House) -> None:
    """F02 says what is missing; it counts as received when the waiting ended."""
    send(house, {"项目台账.csv": WHOLE["项目台账.csv"]})

    assert house.round(CUTOFF + HOUR - timedelta(seconds=1)) == {}
    assert house.round(CUTOFF + HOUR) == {"returned": 1}
    [returned] = sent(house)
    assert (returned.received_at, returned.week, codes(returned)) == (CUTOFF + HOUR, "2018-W36", ["F02"])
    assert "工作台账" in returned.findings[0].found


def test_a_late_folder_is_waited_for_from_its_last_file_on(house: House) -> None:
    """An office that is still uploading gets no slip for it."""
    send(house, {"项目台账.csv": WHOLE["项目台账.csv"]}, "09-10 10:00")
    assert house.round(at("09-10 10:30")) == {}

    send(house, {"工作台账.csv": WHOLE["工作台账.csv"]}, "09-10 10:40")
    assert house.round(at("09-10 11:30")) == {"accepted": 1}


def test_what_is_left_of_a_folder_that_was_taken_in_is_no_new_return(house: House) -> None:
    """A clerk who tidies up gets no slip."""
    send(house, WHOLE)
    house.round(CUTOFF)
    (house.inbox / FOLDER / "工作台账.csv").unlink()

    assert house.round(at("09-10 09:00")) == {}
    assert house.households(EA, at("09-10 09:00")) == [300]


def test_a_folder_with_a_file_that_cannot_be_read_goes_back_at_once(house: House) -> None:
    """F01 names the file and what is wrong with it, whether the folder is complete or not."""
    send(house, {"项目台账.csv": b"\xff\xfe\xff"})

    assert house.round(at("09-07 12:00")) == {"returned": 1}
    [finding] = sent(house)[0].findings
    assert finding.code == "F01"
    assert "项目台账.csv" in finding.found


@pytest.mark.parametrize(
    ("extra", "status", "expected"),
    [
        ({"封面.csv": "填报单位,EA办事处\n报告期截止日,2018-08-31\n".encode()}, "accepted", []),
        ({"电话.csv": b"a,b,c,d\n1,2,3,4\n"}, "accepted", []),
        ({"工作台账 (1).csv": WHOLE["工作台账.csv"]}, "returned", ["F03"]),
        ({"副本.csv": weekly()}, "returned", ["F01"]),
        ({"空.csv": b""}, "returned", ["F01"]),
    ],
    ids=["a cover", "another table", "one table twice", "a workbook", "an empty file"],
)
def test_what_else_lies_in_the_folder(house: House, extra: dict[str, bytes], status: str, expected: list[str]) -> None:
    """What is none of the form's tables is kept and passed over; what might be one is never guessed at."""
    send(house, WHOLE | extra)

    assert house.round(CUTOFF) == {status: 1}
    assert codes(sent(house)[0]) == expected


@pytest.mark.parametrize(
    ("day", "status", "expected"),
    [("2018-09-05", "accepted", ["D04"]), ("2018-07-13", "returned", ["F05"]), ("2018-09-14", "returned", ["F05"])],
    ids=["another day of the week", "before the first week", "a week that has not begun"],
)
def test_the_date_of_the_folder_is_the_date_of_the_cover(
    house: House, day: str, status: str, expected: list[str]
) -> None:
    """The same rules (F05, D04)."""
    send(house, csvs(book(work=[{}])), "09-07 10:00", f"{EA}/{day}/")

    assert house.round(CUTOFF) == {status: 1}
    assert codes(sent(house)[0], "ABCD") == expected


def test_the_tables_of_another_office_are_refused_row_by_row(house: House) -> None:
    """R05: the folder says whose return it is."""
    send(house, WHOLE, folder=f"{EB}/{WEEK}/")

    assert house.round(CUTOFF) == {"partial": 1}
    assert house.ledger.compounds(CUTOFF).get(EB, {}) == {}


def test_a_csv_outside_of_a_folder_goes_back_with_the_way_to_send_it(house: House) -> None:
    """F02 once: it has no cover, so nobody knows for which week it is."""
    house.send(f"{EA}/项目台账.csv", WHOLE["项目台账.csv"], at("09-07 10:00"))

    assert house.round(CUTOFF) == {"returned": 1}
    [finding] = sent(house)[0].findings
    assert finding.code == "F02"
    assert "子文件夹" in finding.expected


def test_a_folder_larger_than_a_return_may_be_goes_back(house: House) -> None:
    """F08: 20 MB, all its files together."""
    send(house, WHOLE | {f"{n}.csv": b"a,b,c\n" * 2_000_000 for n in (1, 2)})

    assert house.round(CUTOFF) == {"returned": 1}
    assert codes(sent(house)[0]) == ["F08"]


def test_a_workbook_replaces_the_folder_of_its_week_and_the_other_way_round(house: House) -> None:
    """Whatever container: of each week the return received last."""
    send(house, WHOLE)
    house.send(f"{EA}/周报.xlsx", weekly(200), at("09-07 11:00"))
    house.round(at("09-07 12:00"))
    assert house.households(EA, CUTOFF) == [200]

    send(house, WHOLE | {"说明.csv": b"a,b,c\n1,2,3\n"}, "09-07 13:00")
    house.round(CUTOFF)
    assert house.households(EA, CUTOFF) == [300]


def test_a_clerk_checks_a_folder_as_it_lies_there(house: House, reader: ReturnReader) -> None:
    """`duban check MH/2018-09-07`: the verdict that the bureau will come to."""
    send(house, csvs(book(work=[{"kind": "别墅"}])))
    use_case = CheckFile(reader, CHECKER, MADE_PLAN)
    for office in (None, EA):
        result = use_case.run(as_sent(house.inbox / FOLDER, office), office, None, None)
        assert [finding.code for finding in result.checked.findings] == ["R02"]
        assert (result.checked.office, result.checked.week) == (EA, "2018-W36")


def test_equal_files_pack_to_equal_bytes_whatever_their_order() -> None:
    """So that a duplicate is seen."""
    assert pack(WHOLE) == pack(dict(reversed(WHOLE.items())))
    assert unpack(pack({"a\\xff.csv": b"1", "表.csv": b""})) == {"a\\xff.csv": b"1", "表.csv": b""}
