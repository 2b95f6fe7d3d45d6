"""Reading a finished paper back, and the proof that it says what was registered and nothing else (C01, C02)."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, takewhile

from lxml import etree

from duban.adapters.word.charts import chart_faults
from duban.adapters.word.filled import TEXT_PARTS
from duban.adapters.word.marks import Origin, Piece
from duban.adapters.word.oxml import W
from duban.adapters.word.transcript import BREAKS, Transcript, printed
from duban.core.errors import InternalError
from duban.core.paper_numbers import ORDINAL, Span, constant_spans, numbered_texts, strays, wording_spans
from duban.core.papers import PaperContent
from duban.core.wording import ordinal, plain

_TAG = re.compile(r"\{\{|\}\}|\{%|%\}")
_NOTHING = re.compile(r"(?<![A-Za-z])(?:None|nan|undefined)(?![A-Za-z])")
_CONTEXT = 12
_TOLD = 5


def lines_of(package: bytes) -> list[str]:
    """Every paragraph of a .docx as a line: body, then headers and footers; a break or tab inside is a space.

    Page numbers, which are fields, are left out.
    """
    return [" ".join(_runs(paragraph)) for root in _parts(package).values() for paragraph in root.iter(f"{W}p")]


def _parts(package: bytes) -> Mapping[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(package)) as docx:
        names = sorted(name for name in docx.namelist() if TEXT_PARTS.fullmatch(name))
        return {name: etree.fromstring(docx.read(name)) for name in names}


def _runs(paragraph: etree._Element) -> list[str]:
    """The texts of a paragraph between its breaks and tabs."""
    runs = [""]
    for element in printed(paragraph):
        if element.tag in BREAKS:
            runs.append("")
        else:
            runs[-1] += element.text or ""
    return runs


def prove(content: PaperContent, package: bytes, expected: Transcript, plan_texts: Sequence[str] = ()) -> None:
    """Raise InternalError unless the finished paper `package` says exactly what `expected` says, and of that

    every number is a registered figure or part of a constant, every figure is printed with its registered text, and no
    tag, None or nan is left. `plan_texts` are the plan's own texts with numbers in them (`numbered_texts`).
    """
    faults = list(_differences(package, expected)) or [
        *_misprinted(content, expected.pieces),
        *_stray_numbers(content, expected.pieces, (*numbered_texts(content.constants), *plan_texts)),
        *chart_faults(content, package, plan_texts),
        *_leftovers(content, expected.pieces),
    ]
    if faults:
        more = [f"and {len(faults) - _TOLD} more"] if len(faults) > _TOLD else []
        raise InternalError(f"{content.kind}: " + "; ".join(faults[:_TOLD] + more))


def _differences(package: bytes, expected: Transcript) -> Iterator[str]:
    """Where the paper reads otherwise than written, and where digits of neighbours run together."""
    lines = [run for root in _parts(package).values() for paragraph in root.iter(f"{W}p") for run in _runs(paragraph)]
    found, wanted = "".join(lines), expected.text
    if found != wanted:
        at = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(found, wanted, strict=False)))
        around = slice(max(at - _CONTEXT, 0), at + _CONTEXT)
        yield f"the paper reads {found[around]!r} where {wanted[around]!r} was written"
        return
    line_ends = set(accumulate(map(len, lines)))
    for end in accumulate(len(piece.text) for piece in expected.pieces):
        if end not in line_ends and found[end - 1 : end].isdigit() and found[end : end + 1].isdigit():
            yield f"two numbers run together in {found[max(end - _CONTEXT, 0) : end + _CONTEXT]!r}"


def _misprinted(content: PaperContent, pieces: Iterable[Piece]) -> Iterator[str]:
    registered = {figure.key: plain(figure.text) for figure in content.figures}
    printed = [piece for piece in pieces if piece.origin is Origin.FIGURE]
    for piece in printed:
        if registered.get(piece.key) != piece.text:
            yield f"{piece.text!r} is printed for the figure {piece.key}, registered as {registered.get(piece.key)!r}"
    missing = registered.keys() - {piece.key for piece in printed}
    if missing:
        yield f"figures not printed: {', '.join(sorted(missing))}"


def _stray_numbers(content: PaperContent, pieces: Iterable[Piece], constants: Sequence[str]) -> Iterator[str]:
    """Numbers that nobody registered: print what `Figures.add` returned, or list the text as constant or quoted."""
    outside = {plain(text) for text in (*content.quoted, str(content.fields.get("copy_number", "")))}
    last = 0
    for piece in pieces:
        if piece.origin in (Origin.FIGURE, Origin.SERIAL) or piece.text in outside:
            continue
        if piece.origin is Origin.VALUE and ORDINAL.fullmatch(piece.text):
            if piece.text not in (ordinal(last + 1), ordinal(1)):
                yield f"{piece.text} stands where {ordinal(last + 1)} comes next"
            last = last + 1 if piece.text == ordinal(last + 1) else 1
        for start, end in strays(piece.text, partial(_constant_spans, piece, constants)):
            context = piece.text[max(start - _CONTEXT, 0) : end + _CONTEXT]
            yield f"{piece.text[start:end]} in {context!r} is neither a registered figure nor part of a constant"


def _constant_spans(piece: Piece, constants: Sequence[str]) -> list[Span]:
    numbering = wording_spans(piece.text) if piece.origin is Origin.WORDING else []
    return constant_spans(piece.text, constants) + numbering


def _leftovers(content: PaperContent, pieces: Iterable[Piece]) -> Iterator[str]:
    """Tags in the wording; None and nan anywhere but in texts from outside, which may say what they like."""
    outside = {plain(text) for text in content.quoted}
    for piece in pieces:
        tag = _TAG.search(piece.text) if piece.origin is Origin.WORDING else None
        nothing = None if piece.text in outside else _NOTHING.search(piece.text)
        for found in (tag, nothing):
            if found:
                yield f"left over in the text: {found.group()!r}"
