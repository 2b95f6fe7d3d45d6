"""Handing back: every judged return is answered once, also when the run that judged it died before it could."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from duban.adapters.season import write_season
from duban.adapters.settings import Settings
from duban.core.errors import ConflictError, InternalError
from duban.core.weeks import ZONE
from duban.pipeline.return_files import MARKED, named
from duban.wiring import App, open_app
from fakes.mail_servers import Office, serving

MAILED = "    - {name: 明湖办事处, channel: mail, address: mh@example.com}\n"
UNTIL = datetime(2018, 8, 24, 23, 30, tzinfo=ZONE)


pytestmark = pytest.mark.xdist_group("hand back")  # the first test needs a season that nobody has answered


@pytest.fixture(scope="module")
def app(fresh_database: str) -> Iterator[App]:
    """A simulated season, judged but not answered; one office has its papers by mail."""
    with TemporaryDirectory(prefix="duban-") as home:
        committed = Settings().plan
        plan = Path(shutil.copytree(committed.parent, Path(home, "plans")), committed.name)
        text = plan.read_text("utf-8")
        plan.write_text(text.replace("  recipients:\n", f"  recipients:\n{MAILED}", 1), "utf-8")
        settings = Settings(home=Path(home), database_url=fresh_database, inbox=f"{home}/inbox", plan=plan)
        with open_app(settings) as opened:
            write_season(opened.plan, opened.weeks, Path(home, "inbox"), seed=7, until=UNTIL.date(), mess=1.0)
            opened.judge(opened.discover(UNTIL), UNTIL)
            yield opened


@pytest.fixture
def answered(app: App) -> App:
    """The same season with every return answered, whichever test comes first."""
    app.hand_back(UNTIL + timedelta(days=1))
    return app


def files_of(app: App) -> dict[str, bytes]:
    root = app.settings.outbox_path
    return {str(file.relative_to(root)): file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file()}


def test_a_return_that_cannot_be_answered_keeps_no_other_waiting(app: App) -> None:
    """The others are answered, the failure is raised, and the next run makes good what is left."""
    blocked = next(r for r in app.ledger.return_records() if r.status == "accepted")
    obstacle = app.settings.outbox_path / blocked.office / f"{blocked.week}-{blocked.return_id}-回执.txt"
    obstacle.parent.mkdir(parents=True, exist_ok=True)
    obstacle.write_text("not ours")

    with pytest.raises(InternalError) as raised:
        app.hand_back(UNTIL)

    assert isinstance(raised.value.__cause__, ConflictError)
    assert [owed.return_id for owed in app.ledger.unanswered(UNTIL)] == [blocked.return_id]
    obstacle.unlink()
    app.hand_back(UNTIL + timedelta(days=1))
    assert app.ledger.unanswered(UNTIL) == []


def test_every_return_has_its_receipt_and_the_faulty_ones_a_marked_workbook_and_a_slip(answered: App) -> None:
    """Clean or not, a return is answered into its office's own folder."""
    app = answered
    names = files_of(app)
    for record in app.ledger.return_records():
        own = [name for name in names if name.startswith(f"{record.office}/") and f"-{record.return_id}" in name]
        assert any(name.endswith("-回执.txt") for name in own), record
        faulty = record.status in {"partial", "returned"}
        assert any("退回" in name and name.endswith(f"-{record.return_id}-签发.docx") for name in own) is faulty, record


def test_answering_again_changes_nothing(answered: App) -> None:
    """No second slip, no changed byte."""
    app = answered
    before = files_of(app)

    assert app.hand_back(UNTIL + timedelta(days=2)) == []
    assert files_of(app) == before


def test_a_slip_is_issued_by_the_system_with_its_number(answered: App) -> None:
    """It only repeats a verdict: signed with the rule named, numbered without gap, and the office gets that paper."""
    app = answered
    slips = [paper for paper in app.register.papers() if paper.kind == "return_slip"]

    assert {paper.state.value for paper in slips} <= {"signed", "delivered", "acknowledged"}
    assert [paper.number for paper in slips] == [f"郑经小区办退〔2018〕{n}号" for n in range(1, len(slips) + 1)]
    for paper in slips:
        assert paper.signature is not None
        handed = app.outbox.get(f"{paper.office}/{paper.signature.path.rpartition('/')[2]}")
        assert sha256(handed).hexdigest() == paper.signature.sha256


def attached(message: EmailMessage) -> dict[str, bytes]:
    """What is attached, by its name."""
    return {str(part.get_filename()): part.get_payload(decode=True) for part in message.iter_attachments()}  # type: ignore[misc]  # bytes: no message is attached


def test_a_mailed_slip_carries_the_marked_workbook(answered: App) -> None:
    """The very bytes that lie in the office's folder; nothing else goes along but the slip itself."""
    app, server = answered, Office()
    with serving(server) as mail:
        app.deliver(UNTIL + timedelta(days=3), mail)

    slips = {
        f"{p.title}（{p.number}）": p for p in app.register.papers() if (p.kind, p.office) == ("return_slip", "MH")
    }
    mails = {str(message["Subject"]): attached(message) for message in server.received}
    assert slips
    assert mails.keys() == slips.keys()
    for subject, paper in slips.items():
        [returned] = app.ledger.return_records_of([int(paper.items[0].rpartition(":")[2])])
        marked = named(MARKED, returned)
        assert mails[subject][marked] == app.outbox.get(f"MH/{marked}")
        assert sorted(Path(name).suffix for name in mails[subject]) == [".docx", ".xlsx"]
