"""A return's life in the ledger: replaced, asked about, after a signature; what it changed."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import ProgrammingError

from duban.adapters.store import PostgresLedger, PostgresRegister
from duban.core.asks import Ask
from duban.core.checked import CheckedReturn, Status, Verdict
from duban.core.errors import UsageError
from duban.core.findings import Finding
from duban.core.papers import PaperContent, PaperKind, PaperState
from duban.core.returns import ReturnKind, declare_form
from duban.pipeline.return_life import ReturnLives, Stage, Story
from fakes.judged import AIMS, Office, at, judged, ledger_row, project_row

FORM = declare_form(tuple((aim, aim) for aim in AIMS), ())
W30, W31 = "2018-W30", "2018-W31"
MORNING, NOON, EVENING = "07-27 09:00", "07-27 12:00", "07-27 18:00"
REPORT = PaperContent(
    kind=PaperKind.WEEKLY_REPORT,
    title="工作简报",
    to=(),
    cc=(),
    as_of=at("07-27 17:00"),
    fields={},
    week=W30,
)
REJECTED = ledger_row("MH-002", line=3, verdict=Verdict.REJECTED)
F02 = Finding("F02", "项目台账", None, None, "没有", "请补")


@pytest.fixture
def lives(ledger: PostgresLedger) -> ReturnLives:
    return ReturnLives(FORM, ledger)


def stages(story: Story) -> list[str]:
    return [step.stage.value for step in story.steps]


def changed(story: Story) -> list[tuple[str, str]]:
    assert story.comparison is not None
    return [(change.compound, change.kind.value) for change in story.comparison.changes]


def sign(engine: Engine, plan: str, state: PaperState, report: PaperContent = REPORT) -> PostgresRegister:
    """The report of a week in the register, as the signature will leave it."""
    register = PostgresRegister(engine, plan)
    register.add(report, f"{report.week}.docx", "ab" * 32)
    with engine.begin() as connection:
        values = {"plan": plan, "state": state.value}
        connection.execute(text("update duban.paper set state = :state where plan = :plan"), values)
    return register


def test_a_return_judged_out_of_turn_hides_nothing_that_was_said_before(ledger: PostgresLedger, office: Office) -> None:
    """It counts for no week, since a later one of its week did before it was judged; the weeks before it still do."""
    office.send(at("07-20 15:00"), "2018-W29", [ledger_row("MH-001"), ledger_row("MH-002", line=3)])
    late = office.receive(at("07-27 14:00"), "迟判.xlsx")
    counting = office.send(at("07-27 14:10"), W30, [ledger_row("MH-001")])
    checked = judged("MH", W30, [ledger_row("MH-001", households=310)])
    ledger.record_verdict(late, checked, checked.status, at("07-27 15:00"))

    [record] = ledger.return_records_of([counting.return_id])
    assert [(row.compound, row.values["households"]) for row in ledger.rows_before(record)] == [
        ("MH-001", 310),
        ("MH-002", 300),
    ]


@pytest.mark.parametrize(
    ("rows", "findings", "stage"),
    [
        ([ledger_row("MH-001")], [], "accepted"),
        ([ledger_row("MH-001"), REJECTED], [], "partial"),
        ([], [F02], "returned"),
    ],
)
def test_a_return_is_received_and_judged(
    lives: ReturnLives, office: Office, rows: list[object], findings: list[Finding], stage: str
) -> None:
    """By the office when it came, by the system at the tick that judged it."""
    received = office.send(at(MORNING), W30, rows, findings=findings)  # type: ignore[arg-type]  # rows as they come
    steps = lives.story(received.return_id).steps
    assert [(step.stage.value, step.at, step.by) for step in steps] == [
        ("received", at(MORNING), "MH"),
        (stage, at("07-27 09:01"), None),
    ]


def test_a_return_is_replaced_by_the_next_one_of_its_week_that_counts(lives: ReturnLives, office: Office) -> None:
    """One that was returned too, once its correction is accepted; one that went back replaces nothing."""
    first = office.send(at(MORNING), W30, [ledger_row("MH-001")], name="1.xlsx")
    back = office.send(at("07-27 10:00"), W30, findings=[F02], name="2.xlsx")
    assert stages(lives.story(first.return_id)) == ["received", "accepted"]
    other_week = office.send(at("07-27 11:00"), W31, [ledger_row("MH-001")], name="3.xlsx")
    last = office.send(at(NOON), W30, [ledger_row("MH-001")], name="4.xlsx")

    for return_id in (first.return_id, back.return_id):
        step = lives.story(return_id).steps[-1]
        assert (step.stage, step.at, step.by, step.other) == (Stage.REPLACED, at("07-27 12:01"), None, last.return_id)
    for return_id in (other_week.return_id, last.return_id):
        assert lives.story(return_id).record.replaced_by is None


def test_what_replaced_a_return_is_known_from_its_receipt_on(ledger: PostgresLedger, office: Office) -> None:
    """Records as of an instant do not know what came later."""
    first = office.send(at(MORNING), W30, [ledger_row("MH-001")], name="1.xlsx")
    last = office.send(at(NOON), W30, [ledger_row("MH-001")], name="2.xlsx")
    replaced = {
        hour: {record.return_id: record.replaced_by for record in ledger.return_records(at(hour))}
        for hour in (MORNING, NOON)
    }
    assert replaced[MORNING] == {first.return_id: None}
    assert replaced[NOON] == {first.return_id: last.return_id, last.return_id: None}


def test_a_duplicate_is_neither_replaced_nor_compared(
    ledger: PostgresLedger, lives: ReturnLives, office: Office
) -> None:
    """It is recorded, and nothing more."""
    received = office.receive(at(MORNING), "1.xlsx")
    copy = CheckedReturn("MH", W30, None, (), (Finding("F10", None, None, None, "", ""),), "1")
    ledger.record_verdict(received, copy, Status.DUPLICATE, at(MORNING))
    office.send(at(NOON), W30, [ledger_row("MH-001")], name="2.xlsx")
    story = lives.story(received.return_id)
    assert (stages(story), story.comparison) == (["received", "duplicate"], None)


def test_a_return_is_compared_with_what_was_accepted_last(lives: ReturnLives, office: Office) -> None:
    """With the version of its own week that it replaces, else with that of the week before, row by row."""
    first = office.send(at(MORNING), W30, [ledger_row("MH-001"), ledger_row("MH-002", line=3)], name="1.xlsx")
    more = [ledger_row("MH-001", households=310), ledger_row("MH-003", line=3)]
    second = office.send(at(NOON), W30, more, name="2.xlsx")
    third = office.send(at("08-03 09:00"), W31, [ledger_row("MH-001", households=320), project_row("MH-001")])

    assert lives.story(first.return_id).comparison is not None
    assert lives.story(first.return_id).comparison.first  # type: ignore[union-attr]  # asked above
    assert changed(lives.story(second.return_id)) == [("MH-001", "changed"), ("MH-003", "added"), ("MH-002", "gone")]
    story = lives.story(third.return_id)
    assert changed(story) == [("MH-001", "changed"), ("MH-003", "gone"), ("MH-001", "added")]
    [cell] = story.comparison.changes[0].cells  # type: ignore[union-attr]  # as above
    assert (cell.header, cell.old, cell.new) == ("居民户数", 310, 320)


def test_a_late_correction_is_compared_with_its_own_week(lives: ReturnLives, office: Office) -> None:
    """What a newer week said is none of its business, nor what came after it."""
    office.send(at(MORNING), W30, [ledger_row("MH-001", households=300)], name="1.xlsx")
    office.send(at("08-03 09:00"), W31, [ledger_row("MH-001", households=900)], name="2.xlsx")
    late = office.send(at("08-04 09:00"), W30, [ledger_row("MH-001", households=310)], name="3.xlsx")
    office.send(at("08-05 09:00"), W30, [ledger_row("MH-001", households=500)], name="4.xlsx")
    [change] = lives.compare(lives.record(late.return_id)).changes  # type: ignore[union-attr]  # it was accepted
    assert [(cell.old, cell.new) for cell in change.cells] == [(300, 310)]


def test_rejected_rows_are_no_version(lives: ReturnLives, office: Office) -> None:
    """What was never accepted is not what an office said last."""
    office.send(at(MORNING), W30, [ledger_row("MH-001"), REJECTED], name="1.xlsx")
    second = office.send(at(NOON), W30, [ledger_row("MH-001"), ledger_row("MH-002", line=3)], name="2.xlsx")
    assert changed(lives.story(second.return_id)) == [("MH-002", "added")]


def test_every_row_of_a_return_is_counted_by_table(lives: ReturnLives, office: Office) -> None:
    """Accepted, rejected and ignored (I6)."""
    received = office.send(at(MORNING), W30, [ledger_row("MH-001"), REJECTED, project_row("MH-001")])
    assert lives.story(received.return_id).tables == {
        "work": {Verdict.ACCEPTED: 1, Verdict.REJECTED: 1},
        "project": {Verdict.ACCEPTED: 1},
    }


def test_a_number_that_no_return_has_is_told(lives: ReturnLives, office: Office) -> None:
    """Also that of one which waits for its verdict."""
    for return_id in (10**9, office.receive(at(MORNING)).return_id):
        with pytest.raises(UsageError, match=str(return_id)):
            lives.story(return_id)


@pytest.mark.parametrize(
    ("state", "marked"),
    [
        (PaperState.DRAFTED, False),
        (PaperState.REVIEWED, False),
        (PaperState.SIGNED, True),
        (PaperState.DELIVERED, True),
        (PaperState.ACKNOWLEDGED, True),
        (PaperState.REVOKED, False),
        (PaperState.VOID, False),
    ],
)
def test_a_return_that_finds_its_weeks_report_signed_is_marked(
    engine: Engine, plan: str, lives: ReturnLives, office: Office, state: PaperState, marked: bool
) -> None:
    """逾期后更正; a draft, or a report that no longer stands, is written anew and needs no mark."""
    sign(engine, plan, state)
    late = office.send(at(EVENING), W30, [ledger_row("MH-001")])
    story = lives.story(late.return_id)
    assert story.record.after_signature is marked
    assert stages(story) == ["received", "accepted", *(["after_signature"] if marked else [])]


def test_only_what_came_after_the_cutoff_for_that_week_and_counts_is_marked(
    engine: Engine, plan: str, ledger: PostgresLedger, office: Office
) -> None:
    """Judged late but in time, for another week, or sent back: no 逾期后更正. What was judged before stays unmarked."""
    early = office.send(at(MORNING), W30, [ledger_row("MH-001")], name="1.xlsx")
    sign(engine, plan, PaperState.SIGNED)
    in_time = office.send(at("07-27 16:00"), W30, [ledger_row("MH-001")], name="2.xlsx")
    other = office.send(at(EVENING), W31, [ledger_row("MH-001")], name="3.xlsx")
    back = office.send(at(EVENING), W30, findings=[F02], name="4.xlsx")
    found = ledger.return_records_of([one.return_id for one in (early, in_time, other, back)])
    assert [record.after_signature for record in found] == [False] * 4


def test_a_correction_after_the_signature_enters_history_and_leaves_the_paper(
    engine: Engine, plan: str, ledger: PostgresLedger, office: Office
) -> None:
    """The state as of the cut-off, which the paper was written from, never changes; the state of today does."""
    office.send(at(MORNING), W30, [ledger_row("MH-001", households=300)], name="1.xlsx")
    register = sign(engine, plan, PaperState.SIGNED)
    signed, figures = register.papers(), ledger.compounds(REPORT.as_of)
    records = ledger.return_records(REPORT.as_of)

    office.send(at(EVENING), W30, [ledger_row("MH-001", households=999)], name="2.xlsx")
    assert ledger.compounds(REPORT.as_of) == figures
    assert ledger.return_records(REPORT.as_of) == records
    assert ledger.compounds(at(EVENING))["MH"]["MH-001"].households == 999
    assert register.papers() == signed
    assert register.add(REPORT, f"{W30}.docx", "ab" * 32) == signed[0]


def test_what_the_bureau_asks_is_kept_with_the_return(
    lives: ReturnLives, ledger: PostgresLedger, office: Office
) -> None:
    """Place, reason, who and when; asked twice it is one request."""
    received = office.send(at(MORNING), W30, [ledger_row("MH-001")])
    ask = Ask(received.return_id, "户数与现场不符", "王主任", at("07-28 09:00"), "work", "MH-001")
    ledger.record_ask(ask)
    ledger.record_ask(replace(ask, asked_at=at("07-28 10:00")))
    ledger.record_ask(replace(ask, table=None, compound=None, asked_at=at("07-29 10:00")))

    story = lives.story(received.return_id)
    assert [replace(one, ask_id=0) for one in story.asks] == [
        ask,
        replace(ask, table=None, compound=None, asked_at=at("07-29 10:00")),
    ]
    assert [(step.stage, step.by) for step in story.steps[2:]] == [(Stage.ASKED, "王主任")] * 2
    assert story.record.status is Status.ACCEPTED


@pytest.mark.parametrize(
    ("came", "week", "kind", "answers"),
    [
        ("07-29 09:00", W30, ReturnKind.CORRECTION, True),
        ("08-03 09:00", W31, ReturnKind.NORMAL, True),
        ("07-29 09:00", "2018-W29", ReturnKind.CORRECTION, False),
        ("07-27 10:00", W30, ReturnKind.CORRECTION, False),
        ("08-03 09:00", W31, ReturnKind.ZERO, False),
    ],
    ids=["that week", "a later week", "an older week", "before it was asked", "zero report"],
)
def test_a_request_is_answered_by_the_next_return_with_rows(
    lives: ReturnLives, ledger: PostgresLedger, office: Office, came: str, week: str, kind: ReturnKind, answers: bool
) -> None:
    """Until then every answer to the office repeats it."""
    asked = office.send(at(MORNING), W30, [ledger_row("MH-001")], name="1.xlsx")
    rows = [] if kind is ReturnKind.ZERO else [ledger_row("MH-001")]
    answer = office.send(at(came), week, rows, kind=kind, name="2.xlsx")
    ledger.record_ask(Ask(asked.return_id, "户数与现场不符", "王主任", at("07-28 09:00")))
    later = office.send(at("08-05 09:00"), W31, [ledger_row("MH-001")], name="3.xlsx")

    [ask] = ledger.asks_before(lives.record(later.return_id))
    assert ask.answered_by == (answer.return_id if answers else None)
    assert bool(lives.open_asks(lives.record(later.return_id))) is not answers
    assert lives.open_asks(lives.record(asked.return_id)) == []


def test_another_offices_requests_are_not_repeated(lives: ReturnLives, ledger: PostgresLedger, office: Office) -> None:
    """Each reads its own."""
    asked = office.send(at(MORNING), W30, [ledger_row("MH-001")])
    ledger.record_ask(Ask(asked.return_id, "户数与现场不符", "王主任", at("07-28 09:00")))
    other = Office(ledger, "JH").send(at("08-03 09:00"), W31, [ledger_row("JH-001")])
    assert ledger.asks_before(lives.record(other.return_id)) == []


@pytest.mark.parametrize("table", ["ask", "after_signature"])
@pytest.mark.parametrize("statement", ["update duban.{} set plan = plan", "delete from duban.{}"])
def test_nothing_of_it_is_changed_or_taken_away(engine: Engine, table: str, statement: str) -> None:
    """The database itself refuses."""
    with engine.connect() as connection, pytest.raises(ProgrammingError, match="is append-only"):
        connection.execute(text(statement.format(table)))


def test_a_return_judged_after_the_one_that_replaces_it_was_replaced_from_then_on(
    ledger: PostgresLedger, lives: ReturnLives, office: Office
) -> None:
    """No step comes before the one that it follows from."""
    slow = office.receive(at(MORNING), "1.xlsx")
    fast = office.send(at(NOON), W30, [ledger_row("MH-001")], name="2.xlsx")
    checked = judged("MH", W30, [ledger_row("MH-001")])
    ledger.record_verdict(slow, checked, checked.status, at("07-27 15:00"))
    step = lives.story(slow.return_id).steps[-1]
    assert (step.stage, step.at, step.other) == (Stage.REPLACED, at("07-27 15:00"), fast.return_id)


def test_the_communities_of_an_office_are_those_known_before_the_return(lives: ReturnLives, office: Office) -> None:
    """A compound that is left out now (C03) is passed on to where it was."""
    office.send(at(MORNING), W30, [ledger_row("MH-001", community="东风社区"), ledger_row("MH-002", line=3)])
    later = office.send(at("08-03 09:00"), W31, [ledger_row("MH-001", community="西湖社区")])
    back = office.send(at("08-03 10:00"), W31, findings=[F02], name="2.xlsx")
    assert lives.communities(lives.record(later.return_id)) == {"MH-001": "东风社区"}
    assert lives.communities(lives.record(back.return_id)) == {"MH-001": "东风社区"}
