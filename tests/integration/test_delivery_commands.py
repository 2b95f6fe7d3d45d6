"""`duban deliver`, `deliveries`, `release`, `acknowledge`, `unsigned`, `revoke` on a letter of the committed plan."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy import text

from duban.core.papers import PaperRecord
from duban.core.receipts import receipt_code
from duban.core.weeks import ZONE
from duban.wiring import App
from fakes.commands import Run, at_home

REVIEWER, SIGNER = "李超", "徐祖新"
MORNING = datetime(2018, 7, 31, 8, 30, tzinfo=ZONE)
SIGNED, SENT = "2018-07-31T10:00", "2018-07-31T10:10"
NEXT_DAY, TWO_DAYS_ON = "2018-08-01T09:00", "2018-08-02T10:30"


@pytest.fixture
def app(databases: Iterator[str]) -> Iterator[App]:
    """Nobody has sent anything: a letter for each office waits."""
    with at_home(next(databases)) as opened:
        opened.draft_due_letters(MORNING)
        yield opened


@pytest.fixture
def letter(app: App, run: Run) -> PaperRecord:
    """The letter to MH, signed."""
    draft = next(paper for paper in app.register.papers() if (paper.kind, paper.office) == ("urge", "MH"))
    assert run("review", draft.id, "--as", REVIEWER, "--as-of", "2018-07-31T09:00").exit_code == 0
    assert run("sign", draft.id, "--as", SIGNER, "--as-of", SIGNED).exit_code == 0
    return of(app, draft.id)


def of(app: App, paper_id: int) -> PaperRecord:
    return next(paper for paper in app.register.papers() if paper.id == paper_id)


def deliveries(run: Run, *options: str) -> list[dict[str, Any]]:
    return json.loads(run("deliveries", "--json", *options).stdout)


def refused(result: Result) -> str:
    """The sentence of a refusal: exit code 2, no traceback."""
    assert (result.exit_code, result.stderr.startswith("错误：")) == (2, True)
    return result.stderr


def test_a_letter_is_sent_once_to_each_recipient(app: App, run: Run, letter: PaperRecord) -> None:
    """Told with how it went; a second time there is nothing to send, and nothing is open."""
    told = run("deliver", "--as-of", SENT)
    again = run("deliver", "--as-of", SENT)

    assert (told.exit_code, again.exit_code, again.stdout.strip()) == (0, 0, "没有待送达的公文。")
    assert "已送达" in told.stdout
    assert {one["recipient"] for one in deliveries(run)} == {*letter.to, *letter.cc}
    assert {(one["paper"], one["state"], one["attempts"]) for one in deliveries(run)} == {(letter.id, "sent", 1)}
    assert deliveries(run, "--open") == []
    assert of(app, letter.id).state == "delivered"


def test_a_doubtful_delivery_waits_for_a_person(app: App, run: Run, letter: PaperRecord) -> None:
    """Confirmed with its reason, or sent again when he says so; never both at once, and never what needs nobody."""
    run("deliver", "--as-of", SENT)
    first, second, *_ = (one["id"] for one in deliveries(run))
    with app.engine.begin() as connection:  # as an answer that was lost leaves it
        doubt = text("update duban.delivery set state = 'uncertain' where delivery_id in (:first, :second)")
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(doubt, {"first": first, "second": second})

    assert {one["id"] for one in deliveries(run, "--open")} == {first, second}
    assert "分两次" in refused(run("deliver", "--retry", first, "--confirm", second))
    assert (
        run("deliver", "--confirm", first, "--as", "张三", "--reason", "已电话核实", "--as-of", NEXT_DAY).exit_code == 0
    )
    assert run("deliver", "--retry", second, "--as", "张三", "--as-of", NEXT_DAY).exit_code == 0
    assert deliveries(run, "--open") == []
    confirmed = next(one for one in deliveries(run) if one["id"] == first)
    assert (confirmed["by"], "已电话核实" in confirmed["why"]) == ("张三", True)
    assert "不需要处理" in refused(run("deliver", "--retry", first, "--as", "张三"))


def test_what_no_longer_stands_is_held_until_its_signer_releases_it(run: Run, letter: PaperRecord) -> None:
    """Extended after the signature, before it was sent."""
    extended = ["extend", "S1:MH", "--until", "2018-08-06", "--by", REVIEWER, "--reason", "属实"]
    run(*extended, "--at", "2018-07-31T10:05")
    run("deliver", "--as-of", SENT)
    release = ["release", str(letter.id), "--reason", "仍须告知", "--as-of", NEXT_DAY, "--as"]

    assert {one["state"] for one in deliveries(run)} == {"held"}
    assert "不能办理" in refused(run(*release, REVIEWER))
    assert "已放行" in run(*release, SIGNER).stdout
    assert run("deliver", "--as-of", NEXT_DAY).exit_code == 0
    assert {one["state"] for one in deliveries(run)} == {"sent"}
    assert "没有暂缓发送" in refused(run(*release, SIGNER))


def test_a_letter_is_acknowledged_by_its_code(app: App, run: Run, letter: PaperRecord) -> None:
    """Not before it is delivered; until then it is told on the third day whom to telephone."""
    code = receipt_code(app.plan.key, letter)
    acknowledge = ["acknowledge", code, "--by", "王芳", "--as-of", TWO_DAYS_ON]
    assert "尚未登记送达" in refused(run(*acknowledge))
    run("deliver", "--as-of", SENT)

    assert json.loads(run("unsigned", "--as-of", NEXT_DAY, "--json").stdout) == []
    [missing] = json.loads(run("unsigned", "--as-of", TWO_DAYS_ON, "--json").stdout)
    assert (missing["paper"], missing["working_days"]) == (letter.id, 2)
    assert "电话提醒" in run("unsigned", "--as-of", TWO_DAYS_ON).stdout
    assert "请核对" in refused(run("acknowledge", "KTBM", "--by", "王芳"))
    assert "没有写明签收人" in refused(run("acknowledge", code, "--by", " "))

    assert "已登记签收" in run(*acknowledge, "--reply", "已着手整改").stdout
    assert of(app, letter.id).state == "acknowledged"
    assert "没有逾期未签收" in run("unsigned", "--as-of", TWO_DAYS_ON).stdout


def test_a_letter_is_taken_back_by_a_revocation_to_all_who_had_it(app: App, run: Run, letter: PaperRecord) -> None:
    """Drafted by who may sign, once; the letter is revoked when it is signed."""
    run("deliver", "--as-of", SENT)
    revoke = ["revoke", str(letter.id), "--reason", "经核实，该事项在期限前已报送", "--as-of", NEXT_DAY, "--as"]
    assert "不能办理" in refused(run(*revoke, "王芳"))

    assert "待核稿" in run(*revoke, SIGNER).stdout
    assert "撤销通知" in refused(run(*revoke, SIGNER))
    notice = app.register.papers()[-1]
    assert (notice.kind, notice.to, notice.cc) == ("revocation", letter.to, letter.cc)
    assert of(app, letter.id).state == "delivered"
    run("review", notice.id, "--as", REVIEWER, "--as-of", NEXT_DAY)
    assert run("sign", notice.id, "--as", SIGNER, "--as-of", NEXT_DAY).exit_code == 0
    assert of(app, letter.id).state == "revoked"
    assert run("verify").exit_code == 0
