"""延期, 异议, the preview and the basis, by command, on the committed plan and a real database."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from duban.core.papers import PaperRecord, PaperState
from duban.core.weeks import ZONE
from duban.pipeline.ports import SeenFile
from duban.wiring import App
from fakes.commands import Run, at_home

MORNING = datetime(2018, 7, 31, 8, 30, tzinfo=ZONE)


@pytest.fixture
def app(databases: Iterator[str]) -> Iterator[App]:
    """Nobody has sent anything."""
    with at_home(next(databases)) as opened:
        yield opened


def previewed(run: Run, moment: str, office: str) -> dict[str, Any]:
    return json.loads(run("preview", "--date", moment, "--json").stdout)["offices"][office]


def urges(app: App, office: str) -> list[PaperRecord]:
    return [paper for paper in app.register.papers() if (paper.kind, paper.office) == ("urge", office)]


def test_the_preview_says_who_would_get_what_and_why_not_and_writes_nothing(app: App, run: Run) -> None:
    """On the morning after S1 was due every office would be urged; the weekly return, ordered by nobody, is not."""
    told = previewed(run, "2018-07-31", "MH")

    assert [(letter["paper"], letter["items"]) for letter in told["letters"]] == [("催办通知单", ["S1:MH"])]
    weekly = next(item for item in told["items"] if item["id"] == "W-2018-W30:MH")
    assert (weekly["why"], weekly["reason"]) == ("no_basis", "到期时尚无已签发的报送通知为依据，只提醒、不催办")
    assert list(app.register.papers()) == []
    assert "催办通知单" in run("preview", "--date", "2018-07-31").stdout


def test_a_year_that_no_notice_covers_stops_nothing(run: Run) -> None:
    """2031: Monday to Friday are counted, and every command answers."""
    told = json.loads(run("status", "--as-of", "2031-10-08T08:30", "--json").stdout)
    survey = next(one for one in told["obligations"] if (one["id"], one["office"]) == ("S1", "MH"))

    assert survey["days_overdue"] == (datetime(2031, 10, 8, tzinfo=ZONE) - datetime(2018, 7, 30, tzinfo=ZONE)).days
    assert previewed(run, "2031-10-08", "MH")["items"]


def test_a_preview_of_a_past_day_knows_only_what_was_done_by_then(app: App, run: Run) -> None:
    """A 催办 signed and sent at ten had neither happened that morning."""
    app.draft_due_letters(MORNING)
    ten = datetime(2018, 8, 2, 10, tzinfo=ZONE)
    app.signing_all.run(ten)
    app.deliver(ten)

    def why(moment: str) -> str:
        return next(one["why"] for one in previewed(run, moment, "MH")["items"] if one["id"] == "S1:MH")

    assert [why("2018-08-02T08:30"), why("2018-08-02T11:00")] == ["not_signed", "too_fresh"]


def test_an_extension_granted_by_a_named_person_keeps_the_letter_back(app: App, run: Run) -> None:
    """Requested, granted, shown with both steps; the other offices are urged as before."""
    asked = ["extend", "S1:MH", "--until", "2018-08-06", "--by", "明湖办事处", "--reason", "小区较多"]
    assert "申请延期" in run(*asked, "--ask", "--at", "2018-07-28T09:00").stdout
    granted = run(
        "extend", "S1:MH", "--until", "2018-08-06", "--by", "李超", "--reason", "情况属实", "--at", "2018-07-29T09:00"
    )
    assert "同意延期至 2018-08-06" in granted.stdout

    app.draft_due_letters(MORNING)
    assert urges(app, "MH") == []
    assert len(urges(app, "JH")) == 1
    steps = json.loads(run("appeals", "--as-of", "2018-07-31", "--json").stdout)
    assert [(step["step"], step["by"]) for step in steps] == [("extension_asked", "明湖办事处"), ("extended", "李超")]
    urged = [letter["items"] for letter in previewed(run, "2018-08-07", "MH")["letters"] if letter["rung"] == "urge"]
    assert urged == [["S1:MH"]]


def test_a_dispute_freezes_the_line_until_it_is_decided(run: Run) -> None:
    """While it waits no letter is due; dismissed, the item climbs as it had."""
    run("dispute", "S1:MH", "--by", "明湖办事处", "--reason", "已报送", "--at", "2018-07-30T10:00")
    assert previewed(run, "2018-07-31", "MH")["letters"] == []

    run("decide", "S1:MH", "--dismissed", "--by", "李超", "--reason", "未见报表", "--at", "2018-07-31T08:00")
    assert previewed(run, "2018-07-31", "MH")["letters"][0]["items"] == ["S1:MH"]


def test_what_cannot_be_recorded_is_refused_with_a_sentence(run: Run) -> None:
    """An unknown item, and a decision on what nobody disputed."""
    unknown = run("dispute", "S9:MH", "--by", "明湖办事处", "--reason", "x", "--at", "2018-07-30T10:00")
    undisputed = run("decide", "S1:MH", "--upheld", "--by", "李超", "--reason", "x", "--at", "2018-07-30T10:00")

    assert (unknown.exit_code, undisputed.exit_code) == (2, 2)
    assert "没有事项“S9:MH”" in unknown.stderr
    assert "没有待决定的异议" in undisputed.stderr


def test_an_item_extended_after_the_draft_is_taken_out_at_the_signature(app: App, run: Run) -> None:
    """The draft is withdrawn and takes no number; with nothing left there is no other draft."""
    [letter] = [paper for paper in _drafted(app) if paper.office == "MH"]
    run("review", letter.id, "--as", "李超", "--as-of", "2018-07-31T09:00")
    run("extend", "S1:MH", "--until", "2018-08-06", "--by", "李超", "--reason", "属实", "--at", "2018-07-31T10:00")

    refused = run("sign", letter.id, "--as", "徐祖新", "--as-of", "2018-07-31T11:00")

    assert refused.exit_code == 2
    assert "S1:MH已不应再催，原稿已撤" in refused.stderr
    assert [(paper.state, paper.number) for paper in urges(app, "MH")] == [(PaperState.WITHDRAWN, None)]
    assert json.loads(run("verify", "--json").stdout)["defects"] == []


def test_what_is_left_of_a_letter_is_drawn_anew(app: App, run: Run) -> None:
    """One item of several leaves: another draft speaks of the other alone."""
    run("draft", "reporting-notice", "--as-of", "2018-07-20T10:00")
    app.signing_all.run(datetime(2018, 7, 20, 12, tzinfo=ZONE))
    moment = datetime(2018, 8, 13, 8, 30, tzinfo=ZONE)
    letter = next(paper for paper in _drafted(app, moment) if paper.office == "MH" and len(paper.items) > 1)
    gone, *left = letter.items
    run("dispute", gone, "--by", "明湖办事处", "--reason", "已报送", "--at", "2018-08-13T09:00")
    run("review", letter.id, "--as", "李超", "--as-of", "2018-08-13T09:30")

    told = run("sign", letter.id, "--as", "徐祖新", "--as-of", "2018-08-13T10:00").stderr

    anew = urges(app, "MH")[-1]
    assert f"其余事项已另拟第 {anew.id} 号草稿" in told
    assert (anew.state, list(anew.items)) == (PaperState.DRAFTED, left)
    app.signing_all.run(datetime(2018, 8, 13, 11, tzinfo=ZONE))
    assert urges(app, "MH")[-1].state is PaperState.SIGNED


def _drafted(app: App, moment: datetime = MORNING) -> list[PaperRecord]:
    ids = app.draft_due_letters(moment)
    return [paper for paper in app.register.papers() if paper.id in ids]


def test_a_signed_reporting_notice_is_the_basis_from_its_signature_on(app: App, run: Run) -> None:
    """Drafted once; signed, the weekly return that nobody sent is urged, and the letter quotes it."""
    assert "已起草" in run("draft", "reporting-notice", "--as-of", "2018-07-20T10:00").stdout
    assert "不必再拟" in run("draft", "reporting-notice", "--as-of", "2018-07-21T10:00").stderr
    monday = "2018-07-30"
    assert [letter["rung"] for letter in previewed(run, monday, "MH")["letters"]] == ["reminder"]

    [notice] = app.signing_all.run(datetime(2018, 7, 20, 12, tzinfo=ZONE))

    urged = [letter["items"] for letter in previewed(run, monday, "MH")["letters"] if letter["rung"] == "urge"]
    assert urged == [["W-2018-W30:MH"]]
    number = next(paper.number for paper in app.register.papers() if paper.id == notice)
    app.draft_due_letters(datetime(2018, 7, 30, 8, 30, tzinfo=ZONE))
    [letter] = urges(app, "MH")
    traced = run("trace", letter.id).stdout
    assert number == "郑经小区办〔2018〕1号"
    assert traced
    text = "".join(_lines(app, letter))
    assert number in text


def _lines(app: App, letter: PaperRecord) -> list[str]:
    from duban.adapters.word.readback import lines_of

    return list(lines_of((app.settings.papers_path / letter.path).read_bytes()))


def test_everything_is_signed_at_once_by_the_persons_of_the_plan(app: App, run: Run) -> None:
    """Own numbers follow on; the registry outside is played by its next number."""
    app.draft_weekly_report(datetime(2018, 7, 27, 17, tzinfo=ZONE))
    app.draft_due_letters(MORNING)

    signed = app.signing_all.run(MORNING)

    assert len(signed) == 1 + len(app.plan.offices)
    numbers = [paper.number for paper in app.register.papers() if paper.kind == "urge"]
    assert numbers == [f"郑经小区办催〔2018〕{n}号" for n in range(1, len(app.plan.offices) + 1)]
    assert app.signing_all.run(MORNING) == []
    assert run("verify").exit_code == 0


def test_a_notice_declined_by_its_issuer_is_not_drafted_again(app: App, run: Run) -> None:
    """不予督办: by the issuer's signer, with a reason, in the audit; a 催办 cannot be declined."""
    [urge] = [paper for paper in _drafted(app) if paper.office == "MH"]
    refused = run("decline", urge.id, "--as", "徐祖新", "--reason", "x", "--as-of", "2018-07-31T09:00")
    assert (refused.exit_code, "不是可以不予督办的一级" in refused.stderr) == (2, True)
    app.signing_all.run(datetime(2018, 7, 31, 9, tzinfo=ZONE))
    app.deliver(datetime(2018, 7, 31, 10, tzinfo=ZONE))
    moment = datetime(2018, 8, 2, 8, 30, tzinfo=ZONE)
    [notice] = [paper for paper in _drafted(app, moment) if (paper.rung, paper.office) == ("supervise", "MH")]
    signer = app.signing.issuer(notice.id).signer.name

    told = run("decline", notice.id, "--as", signer, "--reason", "已电话说明", "--as-of", "2018-08-02T10:00")

    assert "已决定不予督办" in told.stdout
    later = previewed(run, "2018-08-03", "MH")["items"]
    assert [item["why"] for item in later if item["id"] == "S1:MH"] == ["declined"]
    far = previewed(run, "2018-08-20", "MH")["items"]
    assert [(item["rung"], item["why"]) for item in far if item["id"] == "S1:MH"] == [
        ("criticism_proposal", "declined")
    ]
    assert json.loads(run("verify", "--json").stdout)["defects"] == []


def test_without_a_listing_around_a_deadline_there_is_no_letter(app: App, run: Run) -> None:
    """The 30th ends unobserved: MH's folder cannot be listed since, JL's shows a file of that night, JH's none."""
    offices = [office.code for office in app.plan.offices]
    app.ledger.register_listing(datetime(2018, 7, 30, 21, tzinfo=ZONE), [], offices)
    came = SeenFile("JL", "JL/a.xlsx", 1, datetime(2018, 7, 30, 23, tzinfo=ZONE))
    app.ledger.register_listing(MORNING, [came], [office for office in offices if office != "MH"])

    why = {office: _why(run, office) for office in ("MH", "JL", "JH")}

    assert why == {"MH": "undecided", "JL": "undecided", "JH": "due"}
    app.draft_due_letters(MORNING)
    assert (urges(app, "MH"), urges(app, "JL"), len(urges(app, "JH"))) == ([], [], 1)
    assert "未判定" in run("status", "--as-of", "2018-07-31T08:30").stdout


def _why(run: Run, office: str) -> str:
    return next(item["why"] for item in previewed(run, "2018-07-31", office)["items"] if item["id"] == f"S1:{office}")
