"""How a paragraph is placed and how a run looks, in points, once every inheritance is settled."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from duban.adapters.gb9704.styles import THEME, Bag, Theme
from duban.adapters.gb9704.xml import is_on, number, points

WORD_SIZE = 10.0
"""Points: what Word takes where no size is given at all."""

AUTO_LINE = 240.0
NATURAL_LINE = 1.3
"""Height of a line of free pitch in sizes of its type; Chinese fonts have 1.0 to 1.4."""

BLACK, WHITE, RED = "000000", "FFFFFF", "FF0000"
_BLACK_THEMES = {"", "text1", "dark1", "tx1", "dk1"}
_ALIGN = {"start": "left", "end": "right"}
_HEX = re.compile(r"[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Edge:
    """One border: `style` as WordprocessingML names it, width and gap in points."""

    style: str
    width: float
    gap: float
    colour: str

    @property
    def visible(self) -> bool:
        return self.style not in {"", "nil", "none"} and self.width > 0


@dataclass(frozen=True, slots=True)
class Shape:
    """A paragraph's properties, lengths in points; `first` is negative for a hanging indent.

    `spaced`: programs leave a gap between Han characters and figures.
    """

    style: str
    align: str
    left: float
    right: float
    first: float
    before: float
    after: float
    line: float | None
    rule: str
    snap: bool
    spaced: bool
    keep_next: bool
    page_break_before: bool
    outline: int | None
    frame: Mapping[str, str]
    edges: Mapping[str, Edge]
    fill: str | None

    def pitch(self, size: float, grid: float | None) -> float:
        """The height of one line of type of `size`; `grid` is the pitch of the section's grid."""
        if self.line is not None and self.rule in {"exact", "atLeast"}:
            return self.line if self.rule == "exact" else max(self.line, size * NATURAL_LINE)
        natural = size * NATURAL_LINE * (1.0 if self.line is None else self.line * 20 / AUTO_LINE)
        if grid and self.snap:
            return grid * max(1, -(-natural // grid))
        return natural


@dataclass(frozen=True, slots=True)
class Look:
    """A run's properties; fonts are names, `theme` says whether any of them is a theme's, `size` is in points."""

    east: str
    latin: str
    theme: bool
    hint: str
    size: float
    bold: bool
    italic: bool
    underline: bool
    strike: bool
    hidden: bool
    colour: str
    highlight: str | None
    scale: float


def colour_of(text: str | None) -> str:
    """RRGGBB in capitals; automatic and unknown ones are black."""
    if text is None or text.lower() == "auto" or text.removeprefix(THEME) in _BLACK_THEMES:
        return BLACK
    return text.upper() if _HEX.fullmatch(text) else text


def is_red(colour: str) -> bool:
    if not _HEX.fullmatch(colour):
        return False
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return red >= 160 and green <= 90 and blue <= 90


def look_of(flat: Bag, theme: Theme) -> Look:
    """The look that a bag of run properties gives."""
    faces = {face: flat.get(f"rFonts.{face}", "") for face in ("eastAsia", "ascii", "hAnsi")}
    named = {
        face: theme.font(text.removeprefix(THEME)) if text.startswith(THEME) else text for face, text in faces.items()
    }
    size = points(flat.get("sz.val"), unit=2)
    marker = flat.get("highlight.val")
    scale = number((flat.get("w.val") or "").removesuffix("%"))
    return Look(
        east=named["eastAsia"],
        latin=named["ascii"] or named["hAnsi"],
        theme=any(text.startswith(THEME) for text in faces.values()),
        hint=flat.get("rFonts.hint", ""),
        size=size if size and 0 < size < 1000 else WORD_SIZE,
        bold=is_on(flat.get("b.val")),
        italic=is_on(flat.get("i.val")),
        underline=is_on(flat.get("u.val")),
        strike=is_on(flat.get("strike.val")),
        hidden=is_on(flat.get("vanish.val")),
        colour=colour_of(flat.get("color.val")),
        highlight=marker if marker and marker != "none" else None,
        scale=(scale or 100) / 100,
    )


def shape_of(flat: Bag, size: float, grid: float | None, style: str) -> Shape:
    """The shape that a bag of paragraph properties gives; one character is `size` points wide."""
    line_grid = grid or 12.0
    outline = number(flat.get("outlineLvl.val"))
    return Shape(
        style=style,
        align=_ALIGN.get(flat.get("jc.val", "left"), flat.get("jc.val", "left")),
        left=_indent(flat, "left", size),
        right=_indent(flat, "right", size),
        first=_first_line(flat, size),
        before=_space(flat, "before", line_grid),
        after=_space(flat, "after", line_grid),
        line=abs(points(flat.get("spacing.line")) or 0.0) or None,
        rule=flat.get("spacing.lineRule", "auto"),
        snap=is_on(flat.get("snapToGrid.val", "1")),
        spaced=is_on(flat.get("autoSpaceDN.val", "1")),
        keep_next=is_on(flat.get("keepNext.val")),
        page_break_before=is_on(flat.get("pageBreakBefore.val")),
        outline=outline if outline is not None and outline < 9 else None,
        frame=_group(flat, "framePr"),
        edges={side: edge for side in ("top", "bottom", "between") if (edge := edge_of(_group(flat, f"pBdr.{side}")))},
        fill=_fill(flat.get("shd.fill")),
    )


def _indent(flat: Bag, side: str, size: float) -> float:
    """Characters win over points where both are given."""
    characters = number(flat.get(f"ind.{side}Chars"))
    return characters / 100 * size if characters else points(flat.get(f"ind.{side}")) or 0.0


def _first_line(flat: Bag, size: float) -> float:
    hanging = number(flat.get("ind.hangingChars"))
    first = number(flat.get("ind.firstLineChars"))
    if hanging or first:
        return -hanging / 100 * size if hanging else (first or 0) / 100 * size
    drawn = points(flat.get("ind.hanging"))
    return -drawn if drawn else points(flat.get("ind.firstLine")) or 0.0


def _space(flat: Bag, side: str, grid: float) -> float:
    lines = number(flat.get(f"spacing.{side}Lines"))
    return lines / 100 * grid if lines else points(flat.get(f"spacing.{side}")) or 0.0


def _group(flat: Bag, prefix: str) -> dict[str, str]:
    head = prefix + "."
    return {key.removeprefix(head): text for key, text in flat.items() if key.startswith(head)}


def edge_of(given: Mapping[str, str]) -> Edge | None:
    """A border from its attributes, None where there is none to be seen."""
    width = points(given.get("sz"), unit=8)
    gap = number(given.get("space"))
    edge = Edge(given.get("val", ""), width or 0.0, float(gap or 0), colour_of(given.get("color")))
    return edge if edge.visible else None


def _fill(text: str | None) -> str | None:
    return None if text is None or text.lower() == "auto" else colour_of(text)
