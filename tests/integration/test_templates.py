"""The register knows from which base document each paper was made, and `duban verify` says when one has changed."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from duban.adapters.templates import TemplateFolder
from duban.core.papers import PaperKind
from duban.pipeline.verify import Verification, Verify
from fakes.signing import SigningDesk

URGE = "urge.docx"


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """Base documents that nobody has changed."""
    folder = tmp_path / "templates"
    folder.mkdir()
    for kind in PaperKind:
        (folder / f"{kind}.docx").write_bytes(f"the base document of {kind}".encode())
    return folder


@pytest.fixture
def desk(engine: Engine, plan: str, tmp_path: Path, templates: Path) -> SigningDesk:
    """A signed and a drafted letter, each made from the base document of its kind."""
    desk = SigningDesk.on(engine, plan, tmp_path, template_of=TemplateFolder(templates).digest)
    desk.signed("S1")
    desk.draft("S2", PaperKind.SUPERVISE)
    return desk


def verified(desk: SigningDesk, templates: Path) -> Verification:
    """As a process verifies that has started just now."""
    return Verify(desk.plan, desk.books, desk.archive, desk.shelf, TemplateFolder(templates).digest).run()


def test_draft_and_signed_paper_each_name_their_base_document(desk: SigningDesk, templates: Path) -> None:
    """By its sha-256: a paper may be drafted from one and signed, later, from another."""
    digest = TemplateFolder(templates).digest

    made = sorted((one.kind.value, one.sha256) for one in desk.books.templates())
    urge, supervise = digest(PaperKind.URGE), digest(PaperKind.SUPERVISE)
    assert made == [("supervise", supervise), ("urge", urge), ("urge", urge)]


def test_unchanged_templates_are_not_spoken_of(desk: SigningDesk, templates: Path) -> None:
    """Neither as a defect nor as a warning."""
    found = verified(desk, templates)

    assert (found.defects, found.warnings) == ((), ())


def test_a_changed_template_is_a_warning_and_no_defect(desk: SigningDesk, templates: Path) -> None:
    """Its owner may change it; what was signed keeps its bytes. One line a template, with what to do."""
    (templates / URGE).write_bytes(b"another base document")
    found = verified(desk, templates)

    assert found.defects == ()
    [warning] = found.warnings
    assert warning.check == "templates"
    assert f"templates/{URGE}" in warning.text
    assert "1 份文书" in warning.text
    assert "恢复" in warning.text


def test_a_template_that_is_gone_is_told_too(desk: SigningDesk, templates: Path) -> None:
    """Before somebody wants to draft with it."""
    (templates / URGE).unlink()

    [warning] = verified(desk, templates).warnings
    assert "不见了" in warning.text


def test_a_paper_older_than_the_record_is_not_accused(
    engine: Engine, plan: str, tmp_path: Path, templates: Path
) -> None:
    """Nobody knows what it was made from."""
    desk = SigningDesk.on(engine, plan, tmp_path)
    desk.signed("S1")
    (templates / URGE).write_bytes(b"another base document")

    assert verified(desk, templates).warnings == ()
