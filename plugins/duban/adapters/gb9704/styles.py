"""Which properties hold where: docDefaults → table style → paragraph style → numbering → direct (ECMA-376, 17.7.2).

A bag holds properties flat, `ind.left` → `640`, so that each attribute is inherited on its own.
"""

from collections.abc import Iterable
from functools import lru_cache

from duban.adapters.gb9704.xml import Element, child, children, is_on, local, preferred, q, value

Bag = dict[str, str]
DEEPEST_CHAIN = 30
TOGGLES = ("b.val", "i.val", "caps.val", "strike.val", "vanish.val")
FACES = ("ascii", "hAnsi", "eastAsia", "cs")
THEME = "@"
"""Marks a font or colour that a theme names."""

_SIDES = {"start": "left", "end": "right", "startChars": "leftChars", "endChars": "rightChars"}
_NOT_INHERITED = {"rPr", "sectPr", "pPrChange", "rPrChange"}


def bag(properties: Element | None) -> Bag:
    """The children of a pPr or rPr, flat."""
    flat: Bag = {}
    for element in () if properties is None else preferred(properties):
        name = local(element)
        if name in _NOT_INHERITED:
            continue
        if name == "rFonts":
            flat |= _fonts(element)
        elif name == "color":
            flat["color.val"] = value(element) or THEME + (value(element, "w:themeColor") or "")
        elif name == "tabs":
            flat |= {f"tabs.{value(tab, 'w:pos')}": value(tab) or "" for tab in element}
        elif len(element):
            flat |= _nested(name, element)
        else:
            flat |= _attributes(name, element)
    return flat


def _attributes(name: str, element: Element) -> Bag:
    given = {_SIDES.get(key, key): text for key, text in _own(element)}
    return {f"{name}.{key}": text for key, text in given.items()} if given else {f"{name}.val": "1"}


def _own(element: Element) -> Iterable[tuple[str, str]]:
    for key, text in element.attrib.items():
        yield str(key).rsplit("}", 1)[-1], str(text)


def _nested(name: str, element: Element) -> Bag:
    """PBdr and numPr: `pBdr.top.sz`, `numPr.numId`."""
    flat: Bag = {}
    for inner in preferred(element):
        for key, text in _own(inner):
            suffix = "" if key == "val" and name == "numPr" else f".{key}"
            flat[f"{name}.{local(inner)}{suffix}"] = text
    return flat


def _fonts(element: Element) -> Bag:
    """One slot a face, because a face named later takes the place of a theme's."""
    flat: Bag = {}
    for face in FACES:
        theme = value(element, f"w:{'cstheme' if face == 'cs' else face + 'Theme'}")
        named = value(element, f"w:{face}")
        if theme or named:
            flat[f"rFonts.{face}"] = THEME + theme if theme else named or ""
    hint = value(element, "w:hint")
    return flat | ({"rFonts.hint": hint} if hint else {})


def toggled(lower: Bag, upper: Bag) -> Bag:
    """Two styles on one run: switches of the upper style turn those of the lower one over (17.7.3)."""
    both = lower | upper
    for name in TOGGLES:
        if is_on(lower.get(name)) and is_on(upper.get(name)):
            both[name] = "0"
    return both


class StyleSheet:
    """The styles part of a document; a document without one has nothing but Word's built-in defaults."""

    def __init__(self, root: Element | None) -> None:
        self._styles = {value(style, "w:styleId") or "": style for style in children(root, "w:style")}
        self._defaults = (
            bag(child(root, "w:docDefaults/w:pPrDefault/w:pPr")),
            bag(child(root, "w:docDefaults/w:rPrDefault/w:rPr")),
        )
        self._default = {
            value(style, "w:type"): key for key, style in self._styles.items() if is_on(value(style, "w:default"))
        }
        self.paragraph = lru_cache(maxsize=4096)(self._paragraph)
        self.character = lru_cache(maxsize=1024)(self._character)

    def name(self, style: str | None) -> str:
        """What Word shows a paragraph style as; the default style if none is named."""
        known = self._styles.get(self._known(style) or "")
        return value(child(known, "w:name")) or style or ""

    def numbered(self, style: str | None) -> bool:
        """Whether the numbering of a paragraph comes from its style."""
        return "numPr.numId" in self.paragraph(style, None)[0]

    def _known(self, style: str | None) -> str | None:
        return style if style in self._styles else self._default.get("paragraph")

    def _paragraph(self, style: str | None, table: str | None) -> tuple[Bag, Bag]:
        """Paragraph and run properties of a paragraph style, in a table of a table style."""
        shape, look = self._defaults
        for element in self.chain(table):
            shape, look = shape | bag(child(element, "w:pPr")), look | bag(child(element, "w:rPr"))
        own: Bag = {}
        for element in self.chain(self._known(style)):
            shape, own = shape | bag(child(element, "w:pPr")), own | bag(child(element, "w:rPr"))
        return shape, toggled(look, own) if table else look | own

    def _character(self, style: str | None) -> Bag:
        merged: Bag = {}
        for element in self.chain(style):
            merged |= bag(child(element, "w:rPr"))
        return merged

    def chain(self, style: str | None) -> list[Element]:
        """The style and what it is based on, the most general first; a circle is cut."""
        found: list[Element] = []
        while style in self._styles and len(found) < DEEPEST_CHAIN:
            element = self._styles[style or ""]
            if element in found:
                break
            found.append(element)
            style = value(child(element, "w:basedOn"))
        return found[::-1]


class Theme:
    """The fonts that a theme names, for the East Asian script of simplified Chinese and for Latin."""

    def __init__(self, root: Element | None) -> None:
        self._scheme = child(root, "a:themeElements/a:fontScheme")

    def font(self, slot: str) -> str:
        """`minorEastAsia` → its font, empty if the theme leaves it to the language."""
        fonts = child(self._scheme, "a:majorFont" if slot.startswith("major") else "a:minorFont")
        if not slot.endswith("EastAsia"):
            return _typeface(child(fonts, "a:latin"))
        hans = (font for font in children(fonts, "a:font") if font.get("script") == "Hans")
        return _typeface(child(fonts, "a:ea")) or _typeface(next(hans, None))


def _typeface(font: Element | None) -> str:
    return "" if font is None else font.get("typeface", "")


def direct(element: Element, name: str) -> Bag:
    """The direct properties (`w:pPr`, `w:rPr`) of a paragraph or run."""
    return bag(element.find(q(name)))
