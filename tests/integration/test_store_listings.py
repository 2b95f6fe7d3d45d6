"""When a file was received: one rule, live and in replay (domain.md §3)."""

from datetime import datetime, timedelta

from duban.adapters.store import PostgresLedger
from duban.pipeline.ports import NewFile, SeenFile
from fakes.judged import at

TICK = timedelta(microseconds=1)


def file(
    modified_at: str, *, name: str = "a.xlsx", size: int = 10, settled: bool = True, office: str = "MH"
) -> SeenFile:
    return SeenFile(office, f"{office}/{name}", size, at(modified_at), settled)


def listed(ledger: PostgresLedger, as_of: str, *seen: SeenFile, offices: tuple[str, ...] = ("MH",)) -> list[NewFile]:
    return list(ledger.register_listing(at(as_of), seen, offices))


def received(new: list[NewFile]) -> list[datetime]:
    return [file.received_at for file in new]


def test_a_file_is_received_when_it_was_last_changed(ledger: PostgresLedger) -> None:
    """Our polling makes nobody late: what lay there before the deadline was received before it."""
    listed(ledger, "07-27 16:30")

    assert received(listed(ledger, "07-27 17:00", file("07-27 16:45"))) == [at("07-27 16:45")]


def test_the_first_listing_knows_no_lower_bound(ledger: PostgresLedger) -> None:
    """Whatever lay in the folder before anybody looked has its own time."""
    assert received(listed(ledger, "07-27 17:00", file("07-20 09:00"))) == [at("07-20 09:00")]


def test_a_sender_can_backdate_by_no_more_than_one_interval(ledger: PostgresLedger) -> None:
    """A file that the last listing did not show came after that listing, whatever time it bears."""
    listed(ledger, "07-27 17:00")

    assert received(listed(ledger, "07-27 17:30", file("07-27 09:00"))) == [at("07-27 17:00") + TICK]


def test_a_time_in_the_future_is_the_moment_of_being_seen(ledger: PostgresLedger) -> None:
    """A file is received no later than it was first seen."""
    assert received(listed(ledger, "07-27 17:00", file("08-30 09:00"))) == [at("07-27 17:00")]


def test_a_file_that_is_still_being_written_is_not_late_for_our_waiting(ledger: PostgresLedger) -> None:
    """A listing that showed the file, though it was not read yet, is no listing without it."""
    listed(ledger, "07-27 16:30")
    assert listed(ledger, "07-27 17:00", file("07-27 16:59", settled=False)) == []

    assert received(listed(ledger, "07-27 17:30", file("07-27 16:59"))) == [at("07-27 16:59")]


def test_a_changed_file_is_another_file(ledger: PostgresLedger) -> None:
    """Another time or another size at the same path comes in anew, and keeps the time at which it changed."""
    listed(ledger, "07-27 16:30", file("07-27 16:00"))

    changed = listed(ledger, "07-27 17:00", file("07-27 16:45"))
    grown = listed(ledger, "07-27 17:30", file("07-27 16:45", size=11))

    assert received(changed) == [at("07-27 16:45")]
    assert received(grown) == [at("07-27 17:00") + TICK]


def test_a_file_that_grew_within_one_second_of_its_clock_is_new(ledger: PostgresLedger) -> None:
    """Some stores keep whole seconds: the size alone tells the finished file from the one registered before."""
    [first] = listed(ledger, "07-27 16:30", file("07-27 16:00"))
    ledger.register_files([(first, "0" * 64)])

    [grown] = listed(ledger, "07-27 17:00", file("07-27 16:00", size=11))
    assert grown.size == 11


def test_what_was_shown_and_not_registered_comes_again_with_its_first_time(ledger: PostgresLedger) -> None:
    """A run that died between listing and registering loses nothing and changes no time of receipt."""
    listed(ledger, "07-27 16:30")
    first = listed(ledger, "07-27 17:00", file("07-27 16:45"))

    again = listed(ledger, "07-27 17:30", file("07-27 16:45"))

    assert again == first
    ledger.register_files([(first[0], "0" * 64)])
    assert listed(ledger, "07-27 18:00", file("07-27 16:45")) == []


def test_a_file_that_is_gone_does_not_come_again(ledger: PostgresLedger) -> None:
    """Only what a listing shows can be read."""
    listed(ledger, "07-27 17:00", file("07-27 16:45"))

    assert listed(ledger, "07-27 17:30") == []


def test_new_files_come_in_the_order_of_receipt_then_path(ledger: PostgresLedger) -> None:
    """Also across offices, and by code point, not by any language's alphabet."""
    seen = [
        file("07-27 16:00", name="b.xlsx"),
        file("07-27 16:00", name="B.xlsx"),
        file("07-27 15:00", office="XY"),
    ]

    new = listed(ledger, "07-27 17:00", *seen, offices=("MH", "XY"))

    assert [one.path for one in new] == ["XY/a.xlsx", "MH/B.xlsx", "MH/b.xlsx"]


def test_another_folders_listing_says_nothing_about_this_one(ledger: PostgresLedger) -> None:
    """A folder that could not be listed does not make its office late."""
    listed(ledger, "07-27 16:30", offices=("MH",))
    listed(ledger, "07-27 17:00", offices=("JH",))

    assert received(listed(ledger, "07-27 17:30", file("07-27 16:45"))) == [at("07-27 16:45")]


def test_the_same_listing_twice_is_one(ledger: PostgresLedger) -> None:
    """A repeated run at one instant leaves one listing and one sighting."""
    once = listed(ledger, "07-27 17:00", file("07-27 16:45"))

    assert listed(ledger, "07-27 17:00", file("07-27 16:45")) == once
    assert ledger.listings_between("MH", at("07-27 15:00"), at("07-27 17:00")) == [at("07-27 17:00")]


def test_it_can_be_asked_whether_anybody_looked_before_a_deadline(ledger: PostgresLedger) -> None:
    """The listings in (after, until], oldest first, of that office alone."""
    for hour in ("14:00", "15:00", "16:00", "17:00", "17:30"):
        listed(ledger, f"07-27 {hour}")
    listed(ledger, "07-27 16:45", offices=("JH",))

    found = ledger.listings_between("MH", at("07-27 15:00"), at("07-27 17:00"))

    assert found == [at("07-27 16:00"), at("07-27 17:00")]


def test_a_listing_of_an_earlier_instant_does_not_undo_a_later_one(ledger: PostgresLedger) -> None:
    """A tick that is run again for the past cannot receive, in that past, what came only afterwards."""
    listed(ledger, "07-27 17:30")

    assert received(listed(ledger, "07-27 17:00", file("07-27 16:00"))) == [at("07-27 17:30") + TICK]
