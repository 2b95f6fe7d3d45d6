"""A paper: our prepared documents against docxtpl as documented, on the templates that we ship."""

import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from docx import Document
from docxtpl import DocxTemplate
from jinja2 import Environment

from bench.rounds import BOUND, OURS, PEER, Contender, measured, node, table, timed
from bench.test_papers import Block, blocks, for_npm
from duban.adapters.word import DocxComposer
from duban.adapters.word.filled import BODY
from duban.adapters.word.paper import BasePaper, Column
from duban.adapters.word.prepared import PreparedFilling
from duban.core.papers import PaperContent, PaperKind
from duban.core.weeks import ZONE
from duban.core.zips import packed
from fakes.every_paper import contents
from golden.test_word_prepared import fields

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
NOTICE, REPORT = PaperKind("urge"), PaperKind("report")
CREATED = datetime(2018, 8, 1, tzinfo=ZONE)
CELLS = 9
ROWS = 300
READ = (
    "const fs = require('fs'), t = fs.readFileSync(process.argv[1]);"
    "const v = JSON.parse(fs.readFileSync(process.argv[2]));"
)
NPM = {
    "docxtemplater": "const P = require('pizzip'), D = require('docxtemplater');"
    "function run() { const p = new D(new P(t), {paragraphLoop: true, linebreaks: true}); p.render(v);"
    "return p.getZip().generate({type: 'nodebuffer', compression: 'DEFLATE'}) }",
    "easy-template-x": "const { TemplateHandler } = require('easy-template-x'), h = new TemplateHandler();"
    "function run() { return h.process(t, v) }",
    "carbone": "const c = require('carbone');"
    "function run() { return new Promise((ok, no) => c.render(process.argv[3], v, (e, r) => e ? no(e) : ok(r))) }",
}


def sections() -> Iterator[str]:
    with TemporaryDirectory() as folder:
        yield table("A letter of one page (催办通知)", measured(shipped(NOTICE, Path(folder)), 9))
        yield table("The report of several pages (报告)", measured(shipped(REPORT, Path(folder)), 5))
        yield table(f"A table of {ROWS} rows × {CELLS}", measured(annex(Path(folder), ROWS), 5))
        yield table(f"A table of {ROWS * 4} rows × {CELLS}", measured(annex(Path(folder), ROWS * 4), 1))


def shipped(kind: PaperKind, folder: Path) -> list[Contender | None]:
    """With the content of the golden papers; `compose` also fits, proves and reads back what was written."""
    content: PaperContent = contents()[kind]
    composer = DocxComposer(TEMPLATES)
    proved = timed("ours: the same, fitted, read back and proved", OURS, lambda: composer.compose(content))
    said = blocks(composer.compose(content))
    return [*ways(TEMPLATES / f"{kind}.docx", fields(kind)), proved, *npm(said, folder)]


def npm(said: list[Block], folder: Path) -> list[Contender | None]:
    """npm's libraries with the same words, from a template of tags."""
    template, values = for_npm(said, folder)
    other = for_carbone(said, folder)
    files = (str(template), str(values), str(other))
    return [node(f"{name} (npm)", READ + script, *files) for name, script in NPM.items()]


def for_carbone(said: list[Block], folder: Path) -> Path:
    """The template in Carbone's notation: the row to repeat, and one after it that tells it to."""
    document = Document()
    for at, one in enumerate(said):
        if isinstance(one, str):
            document.add_paragraph(f"{{d.p{at}}}")
            continue
        for row, index in zip(document.add_table(2, len(one[0])).rows, ("i", "i+1"), strict=True):
            for place, cell in enumerate(row.cells):
                cell.text = f"{{d.t{at}[{index}].c{place}}}"
    path = folder / "carbone.docx"
    document.save(str(path))
    return path


def annex(folder: Path, rows: int) -> list[Contender | None]:
    paper = BasePaper("表")
    paper.table(tuple(Column("列", 15, f"{{{{ row[{n}] }}}}") for n in range(CELLS)), "row", "rows")
    path = folder / "annex.docx"
    document = io.BytesIO()
    paper.document().save(document)
    path.write_bytes(document.getvalue())
    texts = [[f"小区{line}"] * CELLS for line in range(rows)]
    return [*ways(path, {"rows": texts}), *npm([texts], folder)]


def ways(path: Path, given: Mapping[str, Any]) -> list[Contender]:
    prepared = PreparedFilling(path)
    filled(prepared, given)
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
