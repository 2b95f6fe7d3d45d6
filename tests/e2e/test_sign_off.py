"""Reviewer and signer asked by the real Airflow, answering over its REST API (issue 5; domain.md §7)."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest

from fakes.installation import Installation, wait_for

REVIEWER, SIGNER = "lichao", "xuzuxin"
MORNING = "2018-07-31T08:30:00+08:00"
RUNS = "/api/v2/dags/sign_and_issue/dagRuns"
SENT_BACK = "请核对日期"
PYTHONPATH = str(Path(__file__).parents[1])


@dataclass(frozen=True)
class Desk:
    """The questions of a running duban, and those who answer them."""

    duban: Installation
    token: str

    @cached_property
    def _tokens(self) -> dict[str, str]:
        return {user: self.duban.log_in(user) for user in (REVIEWER, SIGNER)}

    def task(self, paper: int, role: str) -> dict[str, Any]:
        return self.duban.ask(f"{RUNS}/paper-{paper}/taskInstances/{role}", token=self.token)

    def question(self, paper: int, role: str) -> dict[str, Any]:
        """What is asked about the paper, as soon as it is."""

        def asked() -> list[dict[str, Any]]:
            found = self.duban.ask(f"{RUNS}/~/hitlDetails?response_received=false&limit=100", token=self.token)
            wanted = (f"paper-{paper}", role)
            return [one for one in found["hitl_details"] if _of_task(one) == wanted]

        return wait_for(asked, bool)[0]

    def answer(self, paper: int, role: str, option: str, *, by: str, **given: str) -> int:
        """The status of an answer."""
        address = f"{RUNS}/paper-{paper}/taskInstances/{role}/-1/hitlDetails"
        body = {"chosen_options": [option], "params_input": given}
        token = self._tokens.get(by, self.token)
        try:
            self.duban.ask(address, body, token, "PATCH")
        except HTTPError as refused:
            return refused.code
        return HTTPStatus.OK

    def papers(self) -> dict[int, dict[str, Any]]:
        return {paper["id"]: paper for paper in json.loads(self.duban.duban("papers", "--json").stdout)}

    def state_after(self, paper: int, role: str, *states: str) -> str:
        """The state of the task once it is one of `states`."""
        return wait_for(lambda: self.task(paper, role)["state"], lambda state: state in (*states, "failed"))


def _of_task(question: dict[str, Any]) -> tuple[str, str]:
    return question["task_instance"]["dag_run_id"], question["task_instance"]["task_id"]


@pytest.fixture(scope="module")
def desk(installation: Installation, token: str) -> Desk:
    """Nobody has sent anything by the morning after S1: each office gets its letter, each letter waits."""
    run = installation.trigger("watch_deadlines", token, as_of=MORNING)
    assert installation.state_of("watch_deadlines", run, token) == "success"
    return Desk(installation, token)


@pytest.fixture(scope="module")
def letters(desk: Desk) -> Sequence[int]:
    waiting = [number for number, paper in desk.papers().items() if paper["kind"] == "urge"]
    assert len(waiting) == 6
    return waiting


def test_reviewed_by_the_one_and_signed_by_the_other_a_paper_is_issued(desk: Desk, letters: Sequence[int]) -> None:
    """200 for who is asked, 403 for anybody else, the administrator included, 409 for a second answer."""
    paper = letters[0]
    question = desk.question(paper, "review")
    shown = desk.papers()[paper]
    review = [desk.answer(paper, "review", "通过", by=user) for user in (SIGNER, "admin", REVIEWER, REVIEWER)]
    assert desk.state_after(paper, "review", "success") == "success"
    desk.question(paper, "sign")
    sign = [desk.answer(paper, "sign", "签发", by=user) for user in (REVIEWER, "admin", SIGNER, SIGNER)]

    assert review == sign == [403, 403, 200, 409]
    assert question["defaults"] is None
    assert question["options"] == ["通过", "退回修改"]
    assert question["params"]["draft"]["value"] == shown["sha256"]
    assert desk.state_after(paper, "sign", "success") == "success"
    issued = desk.papers()[paper]
    assert issued["state"] == "signed"
    assert issued["number"].startswith("郑经小区办催〔")
    assert (desk.duban.home / "papers" / issued["signed"]["path"]).is_file()


@pytest.mark.long
def test_what_is_sent_back_is_drafted_anew_with_the_remark_and_asked_about(desk: Desk, letters: Sequence[int]) -> None:
    """The first draft stays as it was, rejected."""
    paper = letters[1]
    desk.question(paper, "review")
    answered = desk.answer(paper, "review", "退回修改", by=REVIEWER, remark=SENT_BACK)
    assert desk.state_after(paper, "review", "success") == "success"

    papers = desk.papers()
    anew = max(number for number, one in papers.items() if one["office"] == papers[paper]["office"])
    assert answered == HTTPStatus.OK
    assert papers[paper]["state"] == "rejected"
    assert anew != paper
    assert papers[anew]["state"] == "drafted"
    assert desk.question(anew, "review")["options"] == ["通过", "退回修改"]


@pytest.mark.long
def test_an_answer_for_a_draft_that_changed_meanwhile_is_refused_and_asked_for_again(
    desk: Desk, letters: Sequence[int]
) -> None:
    """Airflow takes the answer; the paper stays a draft."""
    paper = letters[2]
    desk.question(paper, "review")
    draft = desk.duban.home / "papers" / desk.papers()[paper]["path"]
    draft.chmod(0o644)
    draft.write_bytes(draft.read_bytes() + b"changed")
    answered = desk.answer(paper, "review", "通过", by=REVIEWER)
    again = wait_for(lambda: desk.task(paper, "review"), lambda task: task["try_number"] > 1)
    desk.question(paper, "review")

    assert (answered, again["try_number"]) == (HTTPStatus.OK, 2)
    assert desk.papers()[paper]["state"] == "drafted"


def test_a_paper_that_nobody_answers_for_waits(desk: Desk, letters: Sequence[int]) -> None:
    """There is no default, and no answer is taken from silence."""
    paper = letters[-1]

    assert desk.question(paper, "review")["response_received"] is False
    assert desk.task(paper, "review")["state"] == "awaiting_input"
    assert desk.papers()[paper]["state"] == "drafted"


@pytest.mark.long
def test_an_answer_that_airflow_lost_is_found_and_not_asked_for_twice(desk: Desk, letters: Sequence[int]) -> None:
    """It counts from when it was given, by who gave it; a second one is still refused."""
    paper = letters[3]
    desk.question(paper, "review")
    assert desk.state_after(paper, "review", "awaiting_input") == "awaiting_input"
    environment = {**desk.duban.environment, "PYTHONPATH": PYTHONPATH}
    words = [sys.executable, "-m", "fakes.lost_answer", f"paper-{paper}", "review", "通过", REVIEWER]
    subprocess.run(words, env=environment, check=True, capture_output=True)
    desk.question(paper, "sign")

    assert desk.task(paper, "review")["try_number"] == 2
    assert desk.answer(paper, "review", "通过", by=REVIEWER) == HTTPStatus.CONFLICT
    assert desk.papers()[paper]["state"] == "reviewed"
