"""No paper and no log shows the number of a private person (domain.md §7)."""

import io
import logging
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from duban.adapters.word import DocxComposer
from duban.core.figures import FigureText, Phrase
from duban.core.masking import mask, masked
from duban.core.paper_numbers import numbered_texts
from duban.core.papers import PaperContent, PaperKind
from duban.pipeline.receipts import Receipts
from fakes.every_paper import contents
from fakes.small_plan import SMALL_PLAN

MOBILE, CARD, LINE = "13812345678", "410105199001011234", "0371-66781234"
PLANTED = f"联系{MOBILE}、{LINE}（{CARD}）"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (MOBILE, "138****5678"),
        ("138 1234 5678", "138****5678"),
        ("138-1234-5678", "138****5678"),
        ("+8613812345678", "138****5678"),
        (CARD, "410105********1234"),
        ("41010519900101123X", "410105********123X"),
        ("１38１2345678", "138****5678"),
    ],
)
def test_a_persons_number_shows_its_ends_alone(number: str, shown: str) -> None:
    """However it is written."""
    assert mask(f"请找{number}。") == f"请找{shown}。"


@pytest.mark.parametrize("number", ["12345678901", "138123456789012", "2018-07-30", "1381234567", "010-55550001"])
def test_what_is_no_persons_number_stays(number: str) -> None:
    """Counts, dates, longer numbers; fixed lines are known from the paper alone."""
    assert mask(number) == number


def planted(value: object) -> object:
    """Every plain text of a paper with the numbers at its end; what must be a choice or a number stays."""
    if isinstance(value, Mapping):
        return {
            key: planted(inner) if key not in ("class", "outcome", "part") else inner for key, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [planted(inner) for inner in value]
    plain = isinstance(value, str) and not isinstance(value, FigureText | Phrase) and value
    return f"{value}{PLANTED}" if plain else value


@pytest.mark.parametrize("kind", list(PaperKind))
def test_no_paper_prints_a_number_that_somebody_wrote_into_it(kind: PaperKind) -> None:
    """Whatever field it stands in; the issuer's own telephone is printed as the contact."""
    content = masked(with_numbers(contents()[kind]))

    texts = repr(content.fields) + repr(content.quoted)
    for number in (MOBILE, CARD, LINE):
        assert number not in texts
    assert "138****5678" in texts
    assert content.fields.get("telephone") == contents()[kind].fields.get("telephone")


def with_numbers(content: PaperContent) -> PaperContent:
    fields = {name: value if name == "telephone" else planted(value) for name, value in content.fields.items()}
    return replace(content, fields=fields, quoted=(*content.quoted, PLANTED))


def test_the_finished_document_has_none_either() -> None:
    """A reason that a person typed, in a real .docx: its bytes hold the masked number, and the issuer's own."""
    content = contents()[PaperKind.REVOCATION]
    reason = f"经{MOBILE}、{LINE}核实"
    content = replace(content, fields={**content.fields, "reason": reason}, quoted=(reason,))
    templates = Path(__file__).parents[2] / "templates"
    document = DocxComposer(templates, numbered_texts(SMALL_PLAN)).compose(content)

    with zipfile.ZipFile(io.BytesIO(document)) as package:
        whole = "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
    assert MOBILE not in whole
    assert LINE not in whole
    assert "138****5678" in whole
    assert str(content.fields["telephone"]) in whole


def test_a_log_shows_no_number_of_a_files_name(caplog: pytest.LogCaptureFixture) -> None:
    """A returned file that is called by a telephone number."""

    class Folder:
        def waiting(self) -> list[tuple[str, bytes]]:
            return [(f"回执-{MOBILE}.docx", b"")]

        def registered(self, name: str) -> None:
            raise AssertionError(name)

    receipts = Receipts(SMALL_PLAN, list, None, None)  # type: ignore[arg-type]  # a wrong code comes to neither
    with caplog.at_level(logging.WARNING):
        assert receipts.collect(Folder(), datetime(2018, 8, 1, tzinfo=UTC)) == ()
    assert "138****5678" in caplog.text
    assert MOBILE not in caplog.text
