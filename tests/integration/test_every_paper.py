"""What holds of every kind of paper: nothing that is put into it is lost, and it is the same wherever it is made."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from duban.adapters.word import DocxComposer
from duban.adapters.word.marks import Origin
from duban.adapters.word.readback import lines_of
from duban.core.errors import InternalError
from duban.core.figures import FigureText, Phrase
from duban.core.genres import GENRES, require_proper
from duban.core.papers import PaperContent, PaperKind
from fakes.every_paper import contents
from fakes.formal_papers import PLAN

ROOT = Path(__file__).parents[2]
COMPOSER = DocxComposer(ROOT / "templates")
CONTENTS = contents()
KINDS = list(PaperKind)
HERE = {kind.value: sha256(COMPOSER.compose(content)).hexdigest() for kind, content in CONTENTS.items()}
HOSTILE = "&<b>{{ x }}{% y %}{_{“㙟𠮷〇" + "名" * 40
# What templates decide by, not what they print.
DECIDES = {"outcome", "class", "part", "kind", "presence", "moved", "several", "provisional"}
BYTES = """
import sys; sys.path[:0] = [{plugins!r}, {tests!r}]
from hashlib import sha256
from pathlib import Path
from fakes.every_paper import contents
from duban.adapters.word import DocxComposer
composer = DocxComposer(Path({templates!r}))
for kind, content in contents().items():
    print(kind.value, sha256(composer.compose(content)).hexdigest())
"""


def text_of(content: PaperContent) -> str:
    return "\n".join(lines_of(COMPOSER.compose(content)))


def leaves(value: object, name: str = "") -> Iterator[str]:
    """Every text of the fields that is printed as it stands: no figure, nothing that a template decides by."""
    if isinstance(value, FigureText | Phrase) or name in DECIDES or name == "charts":
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from leaves(inner, key)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from leaves(inner, name)


def hostile(value: Any, name: str = "") -> Any:
    """The same fields with a hostile end on every such text."""
    if isinstance(value, FigureText | Phrase) or name in DECIDES or name == "charts":
        return value
    if isinstance(value, str):
        return value + HOSTILE if value else value
    if isinstance(value, Mapping):
        return {key: hostile(inner, key) for key, inner in value.items()}
    return [hostile(inner, name) for inner in value] if isinstance(value, list | tuple) else value


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_text_in_any_field_of_any_paper_is_printed_as_it_stands(kind: PaperKind) -> None:
    """Escaped, never evaluated, never cut: whatever was printed before is printed with its hostile end."""
    content = CONTENTS[kind]
    transcript = COMPOSER._filled(content).says()
    printed = {piece.text for piece in transcript.pieces if piece.origin is Origin.VALUE and piece.text}
    printed &= set(leaves(content.fields))
    fields = hostile(dict(content.fields))
    outside = tuple({*content.quoted, *leaves(fields)})
    after = text_of(replace(content, fields=fields, quoted=outside))
    assert printed
    assert [text for text in printed if text + HOSTILE not in after] == []


@pytest.mark.parametrize("rows", [0, 300])
@pytest.mark.parametrize("kind", KINDS)
def test_any_table_of_any_paper_may_be_empty_or_long(kind: PaperKind, rows: int) -> None:
    """An empty one says 无 or is left out; of a long one every row is there."""
    content = CONTENTS[kind]
    tables = {name: value for name, value in content.fields.items() if name != "charts" and _is_table(value)}
    resized = {name: (value * rows)[:rows] for name, value in tables.items()}
    text = text_of(_with_printed_figures(replace(content, fields={**content.fields, **resized, "charts": []})))
    before = text_of(content)
    for name, value in tables.items():
        marker = next((one for one in leaves(value[0]) if len(one) > 1 and one in before), None)
        if rows and marker:
            assert text.count(marker) >= rows // len(value), name


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _with_printed_figures(content: PaperContent) -> PaperContent:
    """The content without the figures of rows that were taken out."""
    transcript = COMPOSER._filled(content).says()
    printed = {piece.key for piece in transcript.pieces if piece.origin is Origin.FIGURE}
    return replace(content, figures=tuple(figure for figure in content.figures if figure.key in printed))


@pytest.mark.parametrize(("zone", "seed"), [("Pacific/Auckland", "2")])
def test_every_paper_has_the_same_bytes_in_another_process_zone_and_order_of_hashing(zone: str, seed: str) -> None:
    """Nothing depends on the clock, the machine's zone or the order of a set."""
    source = BYTES.format(plugins=str(ROOT / "plugins"), tests=str(ROOT / "tests"), templates=str(ROOT / "templates"))
    environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
    done = subprocess.run([sys.executable, "-c", source], env=environment, capture_output=True, text=True, check=True)
    assert _hashes(done.stdout) == HERE


@pytest.mark.skipif(shutil.which("faketime") is None, reason="faketime is not installed")
def test_every_paper_has_the_same_bytes_on_another_day() -> None:
    """A process for which it is another year."""
    source = BYTES.format(plugins=str(ROOT / "plugins"), tests=str(ROOT / "tests"), templates=str(ROOT / "templates"))
    told = "from datetime import datetime, UTC; import sys; print(datetime.now(UTC).year, file=sys.stderr)"
    command = ["faketime", "2031-02-03 04:05:06", sys.executable, "-c", f"{told}\n{source}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "2031"
    assert _hashes(done.stdout) == HERE


def _hashes(told: str) -> dict[str, str]:
    return dict(line.split() for line in told.splitlines())


@pytest.mark.parametrize("kind", KINDS)
def test_every_paper_is_proper(kind: PaperKind) -> None:
    """Genre, issuer, addressees and copies as 条例 and plan have it."""
    require_proper(PLAN, CONTENTS[kind])
    assert set(GENRES) == set(PaperKind)


def test_a_report_to_the_superior_makes_no_request_has_one_addressee_and_no_copies() -> None:
    """条例 15; all faults are told at once."""
    content = CONTENTS[PaperKind.REPORT]
    wrong = replace(content, to=("甲", "乙"), cc=("丙",), fields={**content.fields, "work": "请批示的工作"})
    with pytest.raises(InternalError, match=r"one addressee.*superior.*request: 请批示"):
        require_proper(PLAN, wrong)


@pytest.mark.parametrize(
    ("kind", "change", "told"),
    [
        (PaperKind.CIRCULAR, {"title": "进展情况"}, "does not end with 通报"),
        (PaperKind.URGE, {"cc": ("北关办事处",)}, "addressed and copied"),
        (PaperKind.URGE, {"to": ()}, "nobody is addressed"),
        (PaperKind.CIRCULAR, {"fields": {"issuer": "别的单位"}}, "may not issue"),
        (PaperKind.CRITICISM, {"fields": {"decision": ""}}, "no decision"),
        (PaperKind.URGE, {"fields": {"copy": "抄报：领导"}}, "only 抄送"),
    ],
)
def test_a_paper_that_its_genre_does_not_allow_is_not_composed(
    kind: PaperKind, change: dict[str, Any], told: str
) -> None:
    """Each rule by itself."""
    content = CONTENTS[kind]
    if "fields" in change:
        change = {"fields": {**content.fields, **change["fields"]}}
    with pytest.raises(InternalError, match=told):
        require_proper(PLAN, replace(content, **change))
