"""A paper: our prepared documents against docxtpl as documented, on the templates that we ship."""

import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Environment

from bench.rounds import BOUND, OURS, PEER, Contender, measured, table, timed
from duban.adapters.word import DocxComposer
from duban.adapters.word.filled import BODY
from duban.adapters.word.paper import BasePaper, Column
from duban.adapters.word.prepared import PreparedFilling
from duban.core.papers import PaperContent, PaperKind
from duban.core.weeks import ZONE
from duban.core.zips import packed
from fakes.every_paper import contents
from unit.test_word_prepared import fields

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
NOTICE, REPORT = PaperKind("urge"), PaperKind("report")
CREATED = datetime(2018, 8, 1, tzinfo=ZONE)
CELLS = 9
ROWS = 300


def sections() -> Iterator[str]:
    with TemporaryDirectory() as folder:
        yield table("A letter of one page (催办通知)", measured(shipped(NOTICE), 9))
        yield table("The report of several pages (报告)", measured(shipped(REPORT), 5))
        yield table(f"A table of {ROWS} rows × {CELLS}", measured(annex(Path(folder), ROWS), 5))
        yield table(f"A table of {ROWS * 4} rows × {CELLS}", measured(annex(Path(folder), ROWS * 4), 1))


def shipped(kind: PaperKind) -> list[Contender]:
    """With the content of the golden papers; `compose` also fits, proves and reads back what was written."""
    content: PaperContent = contents()[kind]
    composer = DocxComposer(TEMPLATES)
    proved = timed("ours: the same, fitted, read back and proved", OURS, lambda: composer.compose(content))
    return [*ways(TEMPLATES / f"{kind}.docx", fields(kind)), proved]


def annex(folder: Path, rows: int) -> list[Contender]:
    paper = BasePaper("表")
    paper.table(tuple(Column("列", 15, f"{{{{ row[{n}] }}}}") for n in range(CELLS)), "row", "rows")
    path = folder / "annex.docx"
    document = io.BytesIO()
    paper.document().save(document)
    path.write_bytes(document.getvalue())
    return ways(path, {"rows": [[f"小区{line}"] * CELLS for line in range(rows)]})


def ways(path: Path, given: Mapping[str, Any]) -> list[Contender]:
    prepared = PreparedFilling(path)
    prepared.fill(given)
    return [
        timed("ours: filled and packed", OURS, lambda: filled(prepared, given)),
        timed("docxtpl as documented", PEER, lambda: documented(path, given)),
        timed("compiled Jinja over document.xml + zip", BOUND, bound(path, given)),
    ]


def filled(prepared: PreparedFilling, shown: Mapping[str, Any]) -> bytes:
    return prepared.fill(shown).package(title="题", author="署", created=CREATED)


def documented(path: Path, shown: Mapping[str, Any]) -> bytes:
    template, target = DocxTemplate(path), io.BytesIO()
    template.render(dict(shown), autoescape=True)
    template.save(target)
    return target.getvalue()


def bound(path: Path, shown: Mapping[str, Any]) -> Any:
    """Without a tree, without marks, without any look at what came out."""
    template = DocxTemplate(path)
    template.render_init()
    source = template.patch_xml(template.get_xml())
    compiled = Environment(autoescape=True).from_string(source)
    return lambda: packed({BODY: compiled.render(shown).encode()})
