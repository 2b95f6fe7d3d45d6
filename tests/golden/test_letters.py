"""The golden tables of letters against an oracle that reads the seasons' truth and nothing of the product."""

import json
from pathlib import Path

import pytest

from duban.adapters.season import season_document
from duban.core.simulation.season import simulate
from duban.wiring import open_offline
from fakes.letters_by_rule import GIVEN, OWN, letters_by_rule
from fakes.season_inbox import SEASON


@pytest.mark.skipif(not SEASON, reason="not provided: DUBAN_SEASON names no season of returns")
def test_the_table_of_the_given_season_is_what_the_rules_give() -> None:
    truth = json.loads((Path(SEASON) / "truth.json").read_text("utf-8"))

    assert GIVEN.lines() == letters_by_rule(truth, GIVEN.until, ordered=GIVEN.ordered)


def test_the_table_of_our_own_season_is_what_the_rules_give() -> None:
    with open_offline() as offline:
        season = simulate(offline.plan, offline.weeks, OWN.seed, OWN.until, OWN.mess)
        truth = season_document(season, offline.plan, OWN.until)

    assert OWN.lines() == letters_by_rule(truth, OWN.until, ordered=OWN.ordered)
