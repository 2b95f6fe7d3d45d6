"""The register of papers: each once, with every figure it prints."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from duban.adapters.store import PostgresRegister
from duban.core.errors import ConflictError
from duban.core.papers import Figure, PaperContent, PaperKind, PaperState
from fakes.judged import at

BYTES, OTHER_BYTES = "ab" * 32, "cd" * 32
LETTER = PaperContent(
    kind=PaperKind.URGE,
    title="催办通知单",
    to=("明湖办事处",),
    cc=("党政办（督查室）",),
    as_of=at("07-31 08:30"),
    fields={},
    figures=(Figure("MH.S1.days_overdue", "1", "domain.md §4", (3, 7)), Figure("MH.known", "12", "domain.md §5")),
    office="MH",
    rung="urge",
    items=("S1:MH", "S2:MH"),
)


@pytest.fixture
def register(engine: Engine, plan: str) -> PostgresRegister:
    return PostgresRegister(engine, plan)


def test_a_draft_is_registered_with_what_it_says(register: PostgresRegister) -> None:
    """A draft has no number; its figures are kept with their definitions and returns."""
    record = register.add(LETTER, "2018/a.docx", BYTES)

    assert (record.kind, record.state, record.number) == (PaperKind.URGE, PaperState.DRAFTED, None)
    assert (record.to, record.cc, record.items) == (LETTER.to, LETTER.cc, LETTER.items)
    assert (record.as_of, record.office, record.rung) == (LETTER.as_of, "MH", "urge")
    assert register.papers() == [record]
    assert list(register.figures(record.id)) == sorted(LETTER.figures, key=lambda figure: figure.key)


def test_the_same_draft_again_is_the_first_record(register: PostgresRegister) -> None:
    """A task that is run twice registers one paper."""
    first = register.add(LETTER, "2018/a.docx", BYTES)

    assert register.add(LETTER, "2018/a.docx", BYTES) == first
    assert register.papers() == [first]


def test_other_bytes_for_the_same_draft_change_nothing(register: PostgresRegister) -> None:
    """Whoever files it sees from the first record that it was registered with others (test_weekly_report)."""
    first = register.add(LETTER, "2018/a.docx", BYTES)

    assert register.add(LETTER, "2018/a.docx", OTHER_BYTES) == first
    assert register.papers() == [first]


@pytest.mark.parametrize(
    "content",
    [
        replace(LETTER, as_of=at("08-01 08:30"), items=("S1:MH",)),
        replace(LETTER, office="JH", items=("S1:JH",)),
    ],
    ids=["an item that has had this rung", "another paper's path"],
)
def test_each_item_gets_each_rung_once_and_each_path_holds_one_paper(
    register: PostgresRegister, content: PaperContent
) -> None:
    """Refused whole: neither the paper nor a figure of it remains."""
    first = register.add(LETTER, "2018/a.docx", BYTES)
    path = "2018/a.docx" if content.office == "JH" else "2018/b.docx"

    with pytest.raises(ConflictError):
        register.add(content, path, OTHER_BYTES)
    assert register.papers() == [first]


def test_the_next_rung_of_an_item_is_another_paper(register: PostgresRegister) -> None:
    """The ladder goes on."""
    register.add(LETTER, "2018/a.docx", BYTES)
    register.add(
        replace(LETTER, kind=PaperKind.SUPERVISE, rung="supervise", as_of=at("08-02 08:30")), "2018/b.docx", BYTES
    )

    assert [paper.rung for paper in register.papers()] == ["urge", "supervise"]


def test_a_figure_printed_twice_must_read_the_same(register: PostgresRegister) -> None:
    """One key, one figure: the table and the prose of a paper cannot differ."""
    twice = (*LETTER.figures, LETTER.figures[0])
    assert len(register.figures(register.add(replace(LETTER, figures=twice), "2018/a.docx", BYTES).id)) == 2

    differing = replace(LETTER, office="JH", items=(), figures=(*twice, replace(twice[0], text="2")))
    with pytest.raises(ConflictError, match=r"MH\.S1\.days_overdue reads 1 and 2"):
        register.add(differing, "2018/b.docx", BYTES)


def test_a_paper_for_the_district_is_registered_once_too(register: PostgresRegister) -> None:
    """A paper without an office is the same paper when it comes again."""
    report = replace(LETTER, kind=PaperKind.WEEKLY_REPORT, office=None, week="2018-W31", rung=None, items=())

    assert register.add(report, "2018/r.docx", BYTES) == register.add(report, "2018/r.docx", BYTES)


def test_plans_have_registers_of_their_own(engine: Engine, register: PostgresRegister) -> None:
    """Another plan may use the same paths and items."""
    register.add(LETTER, "2018/a.docx", BYTES)
    other = PostgresRegister(engine, "other-plan")

    assert other.papers() == []
    other.add(LETTER, "2018/a.docx", OTHER_BYTES)
