"""The ledger's two clocks: what stood when, whatever came later (returns.md, "The state of a compound")."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine, text

from duban.adapters.store import PostgresLedger
from duban.core.checked import CheckedRow, Status, Verdict
from duban.core.returns import ReturnKind
from duban.core.state import DatedReturn, fold, fold_season
from duban.pipeline.ports import Before, ReceivedReturn
from fakes.judged import AIMS, Office, at, households, judged, ledger_row, project_row


def test_nothing_is_known_before_it_was_received(ledger: PostgresLedger, office: Office) -> None:
    """A return counts from its time of receipt on, to the microsecond."""
    received = at("07-27 15:00")
    office.send(received, "2018-W30", [ledger_row("MH-001")])

    assert ledger.compounds(received - timedelta(microseconds=1)) == {}
    assert households(ledger.compounds(received)) == {"MH-001": 300}


def test_a_later_week_builds_upon_the_weeks_before(ledger: PostgresLedger, office: Office) -> None:
    """A compound missing from a later return stays; one that is there has its new values."""
    office.send(at("07-27 15:00"), "2018-W30", [ledger_row("MH-001"), ledger_row("MH-002", line=3)])
    office.send(at("08-03 15:00"), "2018-W31", [ledger_row("MH-002", households=310)])

    assert households(ledger.compounds(at("08-03 14:59"))) == {"MH-001": 300, "MH-002": 300}
    assert households(ledger.compounds(at("08-03 15:00"))) == {"MH-001": 300, "MH-002": 310}


def test_the_return_received_last_replaces_its_week_as_a_whole(ledger: PostgresLedger, office: Office) -> None:
    """What only the replaced return said is gone; before the replacement it stood."""
    office.send(at("07-27 10:00"), "2018-W30", [ledger_row("MH-001"), ledger_row("MH-002", line=3)])
    office.send(at("07-27 11:00"), "2018-W30", [ledger_row("MH-001", households=290)], name="更正.xlsx")

    assert households(ledger.compounds(at("07-27 10:30"))) == {"MH-001": 300, "MH-002": 300}
    assert households(ledger.compounds(at("07-27 11:00"))) == {"MH-001": 290}


def test_equal_times_of_receipt_go_by_path(ledger: PostgresLedger, office: Office) -> None:
    """Of two returns for a week received at one moment the later path counts, whichever was judged first."""
    moment = at("07-27 10:00")
    earlier, later = office.receive_together(moment, "a.xlsx", "b.xlsx")
    assert earlier.received_at == later.received_at == moment
    for received, count in ((later, 222), (earlier, 111)):
        checked = judged("MH", "2018-W30", [ledger_row("MH-001", households=count)])
        ledger.record_verdict(received, checked, checked.status, moment)

    assert households(ledger.compounds(moment)) == {"MH-001": 222}


def test_a_returned_file_replaces_nothing(ledger: PostgresLedger, office: Office) -> None:
    """Of an office and week the return received last counts, of those that were not returned as a file."""
    good = office.receive(at("07-27 10:00"), "好.xlsx")
    bad = office.receive(at("07-27 11:00"), "坏.xlsx")
    for received, status in ((bad, Status.RETURNED), (good, Status.ACCEPTED)):
        ledger.record_verdict(received, judged("MH", "2018-W30", [ledger_row("MH-001")]), status, at("07-27 12:00"))

    assert households(ledger.compounds(at("07-27 12:00"))) == {"MH-001": 300}


def test_a_late_correction_reaches_later_weeks_but_not_the_past(ledger: PostgresLedger, office: Office) -> None:
    """A correction for an old week folds the later weeks anew; what was known before it came stays as it was."""
    office.send(at("07-27 15:00"), "2018-W30", [ledger_row("MH-001")])
    office.send(at("08-03 15:00"), "2018-W31", [ledger_row("MH-002")])
    office.send(at("08-10 15:00"), "2018-W32", [ledger_row("MH-002", households=320)])
    before = {hour: ledger.compounds(at(hour)) for hour in ("07-27 15:00", "08-03 15:00", "08-10 15:00")}

    office.send(at("08-14 09:00"), "2018-W30", [ledger_row("MH-003")], name="更正.xlsx")

    assert {hour: ledger.compounds(at(hour)) for hour in before} == before
    assert households(ledger.compounds(at("08-14 09:00"))) == {"MH-002": 320, "MH-003": 300}


def test_a_late_correction_does_not_undo_a_newer_week(ledger: PostgresLedger, office: Office) -> None:
    """Where both speak of a compound the newer week counts."""
    office.send(at("08-03 15:00"), "2018-W31", [ledger_row("MH-001", households=310)])
    office.send(at("08-14 09:00"), "2018-W30", [ledger_row("MH-001", households=111)])

    assert households(ledger.compounds(at("08-14 09:00"))) == {"MH-001": 310}


def test_a_zero_report_carries_the_state(ledger: PostgresLedger, office: Office) -> None:
    """A 零报告 has no rows and changes nothing, but its week stands."""
    office.send(at("07-27 15:00"), "2018-W30", [ledger_row("MH-001")])
    office.send(at("08-03 15:00"), "2018-W31", kind=ReturnKind.ZERO)

    assert households(ledger.compounds(at("08-03 15:00"))) == {"MH-001": 300}
    [before] = ledger.states_before([Before("MH", "2018-W32", at("08-03 15:00"))])
    assert households({"MH": dict(before)}) == {"MH-001": 300}


def test_a_rejected_row_leaves_what_stood(ledger: PostgresLedger, office: Office) -> None:
    """A rejected row of a known compound changes nothing; one of a new compound makes it known as 数据待补."""
    office.send(at("07-27 15:00"), "2018-W30", [ledger_row("MH-001")])
    rejected = [
        ledger_row("MH-001", households=999, verdict=Verdict.REJECTED),
        ledger_row("MH-002", line=3, verdict=Verdict.REJECTED),
    ]
    office.send(at("08-03 15:00"), "2018-W31", rejected)

    state = ledger.compounds(at("08-03 15:00"))["MH"]
    assert (state["MH-001"].households, state["MH-001"].pending) == (300, False)
    assert state["MH-002"].pending


def test_a_return_judged_out_of_turn_is_known_from_then_on(ledger: PostgresLedger, office: Office) -> None:
    """What was told as of an instant before is not rewritten because an older file was judged late."""
    late = office.receive(at("08-03 10:00"), "迟判.xlsx")
    office.send(at("08-03 15:00"), "2018-W31", [ledger_row("MH-002")])
    told = ledger.compounds(at("08-03 14:00"))

    checked = judged("MH", "2018-W30", [ledger_row("MH-001")])
    ledger.record_verdict(late, checked, checked.status, at("08-03 15:30"))

    assert ledger.compounds(at("08-03 14:00")) == told == {}
    assert households(ledger.compounds(at("08-03 15:00"))) == {"MH-001": 300, "MH-002": 300}


def test_the_state_before_a_week_leaves_that_week_out(ledger: PostgresLedger, office: Office) -> None:
    """A correction is compared with the week before it, as that was known when the correction came."""
    office.send(at("07-27 15:00"), "2018-W30", [ledger_row("MH-001", households=1)])
    office.send(at("08-03 15:00"), "2018-W31", [ledger_row("MH-001", households=2)])
    office.send(at("08-10 15:00"), "2018-W30", [ledger_row("MH-001", households=3)], name="更正.xlsx")

    def before(week: str, known_at: str) -> dict[str, int | None]:
        [state] = ledger.states_before([Before("MH", week, at(known_at))])
        return households({"MH": dict(state)})

    assert before("2018-W30", "08-10 15:00") == {}
    assert before("2018-W31", "08-03 15:00") == {"MH-001": 1}
    assert before("2018-W31", "08-10 15:00") == {"MH-001": 3}
    assert before("2018-W32", "08-10 15:00") == {"MH-001": 2}


def test_offices_and_plans_do_not_mix(engine: Engine, ledger: PostgresLedger) -> None:
    """Each office and each plan has its own state, under the same 小区编号 too."""
    Office(ledger, "MH").send(at("07-27 15:00"), "2018-W30", [ledger_row("MH-001", households=1)])
    Office(ledger, "JH").send(at("07-27 16:00"), "2018-W30", [ledger_row("JH-001", households=2)])
    other = PostgresLedger(engine, "another plan", fold, AIMS)
    Office(other, "MH").send(at("07-27 17:00"), "2018-W30", [ledger_row("MH-001", households=3)])

    assert households(ledger.compounds(at("07-27 18:00")), "MH") == {"MH-001": 1}
    assert households(ledger.compounds(at("07-27 18:00")), "JH") == {"JH-001": 2}
    assert households(other.compounds(at("07-27 18:00")), "MH") == {"MH-001": 3}


@pytest.mark.parametrize("seed", range(6))
def test_the_ledger_agrees_with_folding_everything_from_scratch(ledger: PostgresLedger, seed: int) -> None:
    """At every instant of a muddled season the kept state is the definition's, computed from all returns at once."""
    chance = random.Random(seed)  # noqa: S311 - a seeded test case, no secret
    offices = [Office(ledger, code) for code in ("MH", "JH")]
    sent: list[DatedReturn] = []
    moments = [at("07-27 09:00") + timedelta(hours=7 * step) for step in range(40)]
    for moment in moments:
        office = chance.choice(offices)
        week = f"2018-W{chance.randint(30, 36)}"
        rows = list(_random_rows(chance, office.code))
        received = office.send(moment, week, rows, name=f"{chance.randint(1, 3)}.xlsx")
        sent.append(DatedReturn(received.path, received.received_at, judged(office.code, week, rows)))

    for moment in moments[::4] + moments[-1:]:
        assert ledger.compounds(moment) == fold_season(sent, moment, AIMS), moment
        for office in offices:
            assert ledger.resting([(office.code, moment)]) == [_resting(ledger, office.code, moment)], moment


def _resting(ledger: PostgresLedger, office: str, moment: datetime) -> tuple[int, ...]:
    """The returns of the rows that the office's state rests on, from the rows themselves."""
    rows = ledger.last_rows(office, moment)
    held = (one.return_id for one in rows if one.row.table == "work" or one.row.verdict is Verdict.ACCEPTED)
    return tuple(sorted(set(held)))


@pytest.mark.parametrize("seed", range(3))
def test_what_was_said_before_a_return_agrees_with_reading_everything(
    ledger: PostgresLedger, office: Office, seed: int
) -> None:
    """Corrections of old weeks, zero reports and files of one instant among them."""
    chance = random.Random(seed)  # noqa: S311 - a seeded test case, no secret
    sent: list[tuple[ReceivedReturn, str, list[CheckedRow]]] = []
    for step in range(30):
        week = f"2018-W{chance.randint(30, 34)}"
        rows = [] if chance.random() < 0.2 else list(_random_rows(chance, office.code))
        moment = at("07-27 09:00") + timedelta(hours=step // 2)
        kind = ReturnKind.NORMAL if rows else ReturnKind.ZERO
        sent.append((office.send(moment, week, rows, name=f"{step:02d}.xlsx", kind=kind), week, rows))

    for received, week, _ in sent:
        [record] = ledger.return_records_of([received.return_id])
        chosen = {
            other: rows
            for one, other, rows in sent
            if other <= week and (one.received_at, one.path) < (received.received_at, received.path)
        }
        last = {(row.table, row.compound): row for _, rows in sorted(chosen.items()) for row in rows if _accepted(row)}
        assert ledger.rows_before(record) == [last[key] for key in sorted(last)]


def _accepted(row: CheckedRow) -> bool:
    return row.verdict is Verdict.ACCEPTED


def _random_rows(chance: random.Random, code: str) -> list[CheckedRow]:
    ids = [f"{code}-{number:03d}" for number in chance.sample(range(1, 9), chance.randint(1, 8))]
    fates = [Verdict.ACCEPTED] * 5 + [Verdict.REJECTED]
    day = date(2018, 7, 20) + timedelta(days=chance.randint(0, 60))
    money = Decimal(chance.randint(0, 99999)) / 100
    work = [
        ledger_row(id_, line=line, verdict=chance.choice(fates), households=chance.randint(1, 999))
        for line, id_ in enumerate(ids, 2)
    ]
    project = [
        project_row(id_, line=line, verdict=chance.choice(fates), filed_on=day, funds=money)
        for line, id_ in enumerate(ids, 2)
        if chance.random() < 0.7
    ]
    return work + project


def test_no_two_versions_of_a_week_are_ever_known_together(engine: Engine, plan: str, ledger: PostgresLedger) -> None:
    """The intervals of a week's versions follow each other without a gap or an overlap."""
    chance = random.Random(7)  # noqa: S311 - a seeded test case, no secret
    office = Office(ledger)
    for step in range(20):
        rows = _random_rows(chance, "MH")
        office.send(at("07-27 09:00") + timedelta(hours=step), f"2018-W{chance.randint(30, 33)}", rows)

    with engine.connect() as connection:
        broken = connection.execute(
            text("""
                select count(*) from (
                    select known_from, lag(known_until) over (partition by office, week order by version) as ended
                    from duban.pointer where plan = :plan
                ) as following where ended is not null and ended <> known_from
            """),
            {"plan": plan},
        ).scalar()
    assert broken == 0
