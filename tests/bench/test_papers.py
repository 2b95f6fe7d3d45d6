"""What a paper costs beside other ways to the same content, in one run: ratios, never absolute times.

Ours is proved as well: read back, every number held to the register. The others are not. Those of npm are looked for
in var/bench/npm (`make peers`).
"""

import io
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import process_time

import docx
import pytest
from docx.table import Table
from docxtpl import DocxTemplate

from duban.adapters.word import DocxComposer
from duban.adapters.word.compose import _nested
from duban.core.papers import PaperContent, PaperKind
from fakes.every_paper import contents

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
SCRIPT = Path(__file__).with_name("npm_peers.js")
MODULES = ROOT / "var" / "bench" / "npm" / "node_modules"
COMPOSER = DocxComposer(TEMPLATES)
ROWS = 300
TIMES = {"notice": 20, "report": 5}
MOST_OF_DOCXTPL = {"notice": 0.6, "report": 2.0}
MOST_OF_SCRATCH = {"notice": 0.8, "report": 0.8}
MOST_OF_NPM = {"notice": 1.5, "report": 4.0}
Block = str | list[list[str]]


def best(run: Callable[[], object], times: int) -> float:
    """The least CPU time of some runs, in seconds."""
    seconds = []
    for _ in range(times):
        begin = process_time()
        run()
        seconds.append(process_time() - begin)
    return min(seconds)


def told(name: str, other: str, ratio: float) -> None:
    """The ratio for whoever reads the run (`pytest -s`, or the junit file)."""
    print(f"{name}: ours / {other} = {ratio:.2f}")  # noqa: T201 - what a benchmark is for


def papers() -> dict[str, PaperContent]:
    """A notice, and a circular whose table of overdue items has 300 rows."""
    report = contents()[PaperKind.CIRCULAR]
    overdue = report.fields["overdue"]
    assert isinstance(overdue, list)
    rows = (overdue * ROWS)[:ROWS]
    long = replace(report, fields={**report.fields, "overdue": rows})
    return {"notice": contents()[PaperKind.URGE], "report": long}


PAPERS = papers()


def blocks(paper: bytes) -> list[Block]:
    """What a finished paper says: paragraphs, and tables as rows of texts."""
    return [
        [[cell.text for cell in row.cells] for row in one.rows] if isinstance(one, Table) else one.text
        for one in docx.Document(io.BytesIO(paper)).iter_inner_content()
    ]


def with_docxtpl(content: PaperContent) -> bytes:
    """The same base document, filled in by docxtpl alone."""
    template = DocxTemplate(TEMPLATES / f"{content.kind}.docx")
    template.render({**content.fields, "figure": _nested(content.figures)}, autoescape=True)
    target = io.BytesIO()
    template.save(target)
    return target.getvalue()


def from_scratch(said: list[Block]) -> bytes:
    """The same words by python-docx, in the styles of its own template."""
    document = docx.Document()
    for one in said:
        if isinstance(one, str):
            document.add_paragraph(one)
            continue
        table = document.add_table(0, len(one[0]), style="Table Grid")
        for texts in one:
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                cell.text = text
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def for_npm(said: list[Block], folder: Path) -> tuple[Path, Path]:
    """A template of tags, one loop a table, and its data."""
    document = docx.Document()
    data: dict[str, object] = {}
    for at, one in enumerate(said):
        if isinstance(one, str):
            document.add_paragraph(f"{{p{at}}}")
            data[f"p{at}"] = one
            continue
        width = len(one[0])
        for cell, n in zip(document.add_table(1, width).rows[0].cells, range(width), strict=True):
            before, after = (f"{{#t{at}}}" if n == 0 else "", f"{{/t{at}}}" if n == width - 1 else "")
            cell.text = f"{before}{{c{n}}}{after}"
        data[f"t{at}"] = [{f"c{n}": text for n, text in enumerate(texts)} for texts in one]
    template, values = folder / "template.docx", folder / "data.json"
    document.save(str(template))
    values.write_text(json.dumps(data), encoding="utf-8")
    return template, values


@pytest.mark.parametrize("name", PAPERS)
def test_a_proved_paper_costs_about_what_an_unproved_one_costs(name: str) -> None:
    """Filled, drawn, read back and normalised, beside docxtpl and python-docx that only fill and save."""
    content, times = PAPERS[name], TIMES[name]
    said = blocks(COMPOSER.compose(content))
    ours = best(lambda: COMPOSER.compose(content), times)
    to_docxtpl = ours / best(lambda: with_docxtpl(content), times)
    to_scratch = ours / best(lambda: from_scratch(said), times)
    told(name, "docxtpl", to_docxtpl)
    told(name, "python-docx from scratch", to_scratch)
    assert any(len(one) > ROWS for one in said if isinstance(one, list)) is (name == "report")
    assert to_docxtpl < MOST_OF_DOCXTPL[name]
    assert to_scratch < MOST_OF_SCRATCH[name]


@pytest.mark.parametrize("peer", ["docxtemplater", "easy-template-x"])
@pytest.mark.parametrize("name", PAPERS)
def test_a_proved_paper_beside_those_of_npm(name: str, peer: str, tmp_path: Path) -> None:
    """The same words from a template of tags, in a warm process of node."""
    node = shutil.which("node")
    if node is None or not (MODULES / peer).exists():
        pytest.skip(f"not provided: node with {peer} (make peers)")
    content = PAPERS[name]
    template, values = for_npm(blocks(COMPOSER.compose(content)), tmp_path)
    command = [node, str(SCRIPT), peer, str(template), str(values), str(TIMES[name])]
    environment = {**os.environ, "NODE_PATH": str(MODULES)}
    theirs = float(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)
    ratio = best(lambda: COMPOSER.compose(content), TIMES[name]) / theirs
    told(name, peer, ratio)
    assert ratio < MOST_OF_NPM[name]
