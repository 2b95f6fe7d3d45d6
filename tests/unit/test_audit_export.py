"""The chain of changes as an auditor gets it."""

import csv
import io
import json
from datetime import datetime, timedelta

from duban.core.audit import NOTHING, Entry, Link
from duban.core.papers import PaperState
from duban.core.weeks import ZONE
from duban.pipeline.audit_export import audit_csv, audit_json

AT = datetime(2018, 8, 1, 9, tzinfo=ZONE)


def link(seq: int, why: str = "同意") -> Link:
    at = AT + timedelta(days=seq)
    entry = Entry(seq, 7, PaperState.DRAFTED, PaperState.REVIEWED, "张三", at, why, "ab" * 32, None, "x/1", at, NOTHING)
    return Link(entry, "cd" * 32)


def test_only_what_was_recorded_since_then() -> None:
    """The day itself included."""
    rows = json.loads(audit_json([link(1), link(2), link(3)], AT + timedelta(days=2)))

    assert [row["seq"] for row in rows] == [2, 3]
    assert (rows[0]["by"], rows[0]["after"], rows[0]["at"]) == ("张三", "reviewed", "2018-08-03T09:00:00+08:00")


def test_a_reason_is_never_a_formula() -> None:
    """Excel would run it on the auditor's machine; digests stay whole."""
    [row] = csv.DictReader(io.StringIO(audit_csv([link(1, '=HYPERLINK("http://x")')], AT).removeprefix("\ufeff")))

    assert row["why"] == '\'=HYPERLINK("http://x")'
    assert row["digest"] == "cd" * 32


def test_a_chain_without_entries_is_a_table_without_rows() -> None:
    """Still a readable file."""
    assert json.loads(audit_json([], AT)) == []
    assert list(csv.DictReader(io.StringIO(audit_csv([], AT)))) == []
