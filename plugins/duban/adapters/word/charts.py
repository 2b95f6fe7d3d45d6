"""Charts of a finished paper read back: a chart shows registered figures and nothing else."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from lxml import etree

from duban.core.paper_numbers import NUMBER, constant_spans, strays
from duban.core.papers import Figure

_CHART = re.compile(r"word/charts/chart\d*\.xml")
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PER_CENT = 100


def chart_strays(figures: Iterable[Figure], package: bytes, constants: Sequence[str]) -> Iterator[str]:
    """What is wrong with the charts of a .docx: values that no figure has, labels with numbers of their own."""
    with zipfile.ZipFile(io.BytesIO(package)) as docx:
        charts = [docx.read(name) for name in sorted(docx.namelist()) if _CHART.fullmatch(name)]
    if not charts:
        return
    values = {value for figure in figures for value in _values(figure.text)}
    for root in map(etree.fromstring, charts):
        for point in root.iter(f"{_C}v"):
            text = point.text or ""
            if any(True for _ in point.iterancestors(f"{_C}numCache")):
                if Decimal(text) not in values:
                    yield f"{text} in a chart is no registered figure"
            else:
                yield from _label_strays(text, constants)
        for label in root.iter(f"{_A}t"):
            yield from _label_strays(label.text or "", constants)


def _label_strays(text: str, constants: Sequence[str]) -> Iterator[str]:
    for start, end in strays(text, constant_spans(text, constants)):
        yield f"{text[start:end]} in the chart's label {text!r} is part of no constant"


def _values(text: str) -> Iterator[Decimal]:
    """The numbers that a figure's text may stand for in a chart: 66.7% as 66.7 and as 0.667."""
    for found in NUMBER.finditer(text):
        value = Decimal(found.group().replace(",", ""))
        yield value
        yield -value
        yield value / _PER_CENT
