"""`duban review`, `sign`, `reject`, `void` and `verify` on real drafts of the committed plan."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from duban.adapters.word.readback import lines_of
from duban.core.papers import PaperRecord
from duban.core.weeks import ZONE
from duban.wiring import App
from fakes.commands import Run, at_home

CUTOFF = datetime(2018, 7, 27, 17, tzinfo=ZONE)
MORNING = datetime(2018, 7, 31, 8, 30, tzinfo=ZONE)


@pytest.fixture(scope="module")
def app(fresh_database: str) -> Iterator[App]:
    """Nobody has sent anything: a weekly report and six letters."""
    with at_home(fresh_database) as opened:
        opened.draft_weekly_report(CUTOFF)
        opened.draft_due_letters(MORNING)
        yield opened


def drafts(app: App, kind: str) -> list[PaperRecord]:
    return [paper for paper in app.register.papers() if (paper.kind, paper.state) == (kind, "drafted")]


def persons(app: App) -> tuple[str, str]:
    issuer = app.plan.issuer("group_office")
    return issuer.reviewer.name, issuer.signer.name


def test_a_paper_goes_from_draft_to_signature(app: App, run: Run) -> None:
    """The report is told by its number, and prints it with the day of the signature."""
    [report] = drafts(app, "weekly_report")
    reviewer, signer = persons(app)

    assert "待签发" in run("review", report.id, "--as", reviewer, "--as-of", "2018-07-27T18:00").stdout
    told = run("sign", report.id, "--as", signer, "--as-of", "2018-07-28T09:00").stdout
    assert "已签发：第1期，2018年7月28日" in told
    assert run("sign", report.id, "--as", signer).stdout == told

    [paper] = [paper for paper in json.loads(run("papers", "--json").stdout) if paper["id"] == report.id]
    assert (paper["state"], paper["number"], paper["signed"]["by"]) == ("signed", "第1期", signer)
    printed = lines_of((app.settings.papers_path / paper["signed"]["path"]).read_bytes())
    assert "第1期" in printed
    assert any("2018年7月28日" in line for line in printed)
    assert not any("待编" in line for line in printed)


def test_who_may_not_is_told_so_and_nothing_changes(app: App, run: Run) -> None:
    """Exit code 2, a sentence, no traceback."""
    letter = drafts(app, "urge")[0]
    _, signer = persons(app)

    refused = run("review", letter.id, "--as", signer, "--as-of", "2018-07-31T09:00")

    assert (refused.exit_code, refused.stderr.startswith("错误：")) == (2, True)
    assert letter in app.register.papers()


def test_no_two_of_the_three_hands_are_one(app: App, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reviewer stands in for the signer: he may sign what another reviewed, never what he reviewed himself."""
    letter = drafts(app, "urge")[-1]
    reviewer, signer = persons(app)
    monkeypatch.setenv("DUBAN_PLAN", str(where_the_reviewer_stands_in(tmp_path, app.settings.plan)))
    run("review", letter.id, "--as", reviewer, "--as-of", "2018-07-31T09:00")

    refused = run("sign", letter.id, "--as", reviewer, "--as-of", "2018-07-31T10:00")

    assert refused.exit_code == 2
    assert f"{reviewer}是这份文书的核稿人" in refused.stderr
    monkeypatch.delenv("DUBAN_PLAN")
    assert run("sign", letter.id, "--as", signer, "--as-of", "2018-07-31T10:00").exit_code == 0


def where_the_reviewer_stands_in(folder: Path, plan: Path) -> Path:
    """The committed plan with its reviewer as the signer's 代理人."""
    copy = folder / "plan.yaml"
    text = plan.read_text("utf-8").replace(
        "{name: 房管局值班负责人, first_day: 2018-10-01,", "{name: 李超, first_day: 2018-07-01,"
    )
    for other in plan.parent.glob("*.yaml"):
        (folder / other.name).write_bytes(other.read_bytes())
    copy.write_text(text, "utf-8")
    return copy


def test_a_draft_that_changed_is_refused(app: App, run: Run) -> None:
    """Changed on disk, or not the one that the person names as seen."""
    letter = drafts(app, "urge")[-1]
    reviewer, _ = persons(app)
    review = ["review", str(letter.id), "--as", reviewer, "--as-of", "2018-07-31T09:00"]
    draft = app.settings.papers_path / letter.path
    original = draft.read_bytes()
    draft.write_bytes(original + b" ")
    changed = run(*review)
    draft.write_bytes(original)
    another = run(*review, "--seen", "0" * 64)

    assert [told.exit_code for told in (changed, another)] == [2, 2]
    assert all("改动" in told.stderr for told in (changed, another))
    assert letter in app.register.papers()


def test_a_rejected_and_a_void_paper_say_so(app: App, run: Run) -> None:
    """Each with its reason in the audit."""
    first, second = drafts(app, "urge")[:2]
    reviewer, signer = persons(app)

    rejected = run("reject", first.id, "--as", reviewer, "--reason", "依据写全称", "--as-of", "2018-07-31T09:00")
    assert "已退回修改" in rejected.stdout
    run("review", second.id, "--as", reviewer, "--as-of", "2018-07-31T09:00")
    run("sign", second.id, "--as", signer, "--as-of", "2018-07-31T10:00")
    assert "已作废" in run("void", second.id, "--as", signer, "--reason", "错", "--as-of", "2018-07-31T11:00").stdout


def test_verify_passes_what_is_sound_and_fails_what_is_not(app: App, run: Run) -> None:
    """Exit code 1 and the file's name; JSON says the same."""
    assert run("verify").exit_code == 0
    draft = app.settings.papers_path / drafts(app, "urge")[-1].path
    original = draft.read_bytes()
    draft.write_bytes(original + b" ")
    try:
        page, document = run("verify"), run("verify", "--json")
    finally:
        draft.write_bytes(original)

    assert (page.exit_code, document.exit_code) == (1, 1)
    assert draft.name in page.stdout
    assert [defect["check"] for defect in json.loads(document.stdout)["defects"]] == ["files"]
