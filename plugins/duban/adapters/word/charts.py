"""Charts of a finished paper read back: each shows the figures that it was given, point by point, and nothing else."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import zip_longest
from typing import Any

from lxml import etree

from duban.core.figures import FigureText
from duban.core.paper_numbers import NUMBER, constant_spans, strays
from duban.core.papers import PaperContent
from duban.core.wording import plain

_CHART = re.compile(r"word/charts/chart(\d*)\.xml")
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
Points = dict[int, str]


def chart_faults(content: PaperContent, package: bytes, constants: Sequence[str]) -> Iterator[str]:
    """What is wrong with the charts of a .docx, measured by the field `charts` of its content (drawing.draw)."""
    given = content.fields.get("charts", [])
    wanted: Sequence[Mapping[str, Any]] = given if isinstance(given, list | tuple) else []
    with zipfile.ZipFile(io.BytesIO(package)) as docx:
        names = sorted((name for name in docx.namelist() if _CHART.fullmatch(name)), key=_ordinal)
        if len(names) != len(wanted):
            yield f"{len(names)} charts are drawn where {len(wanted)} were given"
            return
        for name, chart in zip(names, wanted, strict=True):
            root = etree.fromstring(docx.read(name))
            yield from _unregistered(content, chart)
            yield from _differences(name, root, chart)
            yield from _labels(root, constants)
            yield from _book_differences(name, docx.read(_book_of(name)), chart)


def _ordinal(name: str) -> int:
    return int(re.sub(r"\D", "", name) or 0)


def _book_of(chart: str) -> str:
    return chart.replace("charts/", "embeddings/").replace(".xml", ".xlsx")


def _unregistered(content: PaperContent, chart: Mapping[str, Any]) -> Iterator[str]:
    registered = {figure.key: figure.text for figure in content.figures}
    for series in chart["series"]:
        for value in series["values"]:
            if NUMBER.search(value) and not (isinstance(value, FigureText) and registered.get(value.key) == str(value)):
                yield f"{value} in a chart is no registered figure"


def _differences(name: str, root: etree._Element, chart: Mapping[str, Any]) -> Iterator[str]:
    """Names and values of a chart, series by series."""
    drawn = list(root.iter(f"{_C}ser"))
    for series, found in zip_longest(chart["series"], drawn):
        wanted = (
            None
            if series is None
            else (plain(series["name"]), [*map(plain, chart["offices"])], _points(series["values"]))
        )
        said = (
            None if found is None else (_text(found, "tx"), list(_cached(found, "cat").values()), _cached(found, "val"))
        )
        if wanted != said:
            yield f"{name} shows {said} where {wanted} was given"


def _points(values: Iterable[str]) -> Points:
    """Numbers by their place; a dash is a gap."""
    found = ((place, NUMBER.search(value)) for place, value in enumerate(values))
    return {place: number.group() for place, number in found if number}


def _cached(series: etree._Element, part: str) -> Points:
    points = series.iterfind(f"{_C}{part}//{_C}pt")
    return {int(point.get("idx", "-1")): point.findtext(f"{_C}v") or "" for point in points}


def _text(series: etree._Element, part: str) -> str:
    return "".join(_cached(series, part).values())


def _labels(root: etree._Element, constants: Sequence[str]) -> Iterator[str]:
    """Numbers in texts of the chart: names of series and offices, titles."""
    texts = [point.text or "" for cache in root.iter(f"{_C}strCache") for point in cache.iter(f"{_C}v")]
    for text in (*texts, *(label.text or "" for label in root.iter(f"{_A}t"))):
        for start, end in strays(text, partial(constant_spans, text, constants)):
            yield f"{text[start:end]} in the chart's label {text!r} is part of no constant"


def _book_differences(name: str, book: bytes, chart: Mapping[str, Any]) -> Iterator[str]:
    """The workbook behind a chart, which Word shows when somebody edits its data."""
    import openpyxl

    rows = list(openpyxl.load_workbook(io.BytesIO(book), read_only=True).worksheets[0].iter_rows(values_only=True))
    for column, series in enumerate(chart["series"], start=1):
        found = [None if row[column] is None else float(str(row[column])) for row in rows[1:]]
        points = _points(series["values"])
        wanted = [float(points[place]) if place in points else None for place in range(len(series["values"]))]
        if found != wanted:
            yield f"the workbook behind {name} holds {found} where {wanted} was given"
