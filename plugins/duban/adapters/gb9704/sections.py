"""Page setup of each section."""

from collections.abc import Iterator, Mapping

from duban.adapters.gb9704.document import Section
from duban.adapters.gb9704.package import Package
from duban.adapters.gb9704.xml import Element, child, children, points, q, switched, value

LETTER = (612.0, 792.0)
"""Points: Word's page where none is given."""

SIDES = ("top", "right", "bottom", "left", "header", "footer", "gutter")
WORD_MARGIN = 72.0


def read_sections(body: Element | None, package: Package) -> tuple[Section, ...]:
    """Every section in order, footers inherited from the one before; at least one."""
    targets = {relation.id: relation.target for relation in package.relations(package.main)}
    found: list[Section] = []
    footers: Mapping[str, str] = {}
    for element in _properties(body):
        footers = {**footers, **_footers(element, targets)}
        found.append(_section(element, footers))
    return tuple(found) or (_section(None, {}),)


def _properties(body: Element | None) -> Iterator[Element]:
    if body is not None:
        for element in body.iter(q("w:sectPr")):
            if element.getparent() is not None and element.getparent().tag in {q("w:pPr"), q("w:body")}:  # type: ignore[union-attr]  # asked the line before
                yield element


def _footers(element: Element, targets: Mapping[str, str]) -> dict[str, str]:
    return {
        value(reference, "w:type") or "default": targets.get(value(reference, "r:id") or "", "")
        for reference in children(element, "w:footerReference")
    }


def _section(element: Element | None, footers: Mapping[str, str]) -> Section:
    size, margins, grid = (child(element, f"w:{name}") for name in ("pgSz", "pgMar", "docGrid"))
    width = points(value(size, "w:w")) or LETTER[0]
    height = points(value(size, "w:h")) or LETTER[1]
    given = {side: points(value(margins, f"w:{side}")) for side in SIDES}
    return Section(
        width=width,
        height=height,
        margins={side: WORD_MARGIN if margins is None else length or 0.0 for side, length in given.items()},
        grid=value(grid, "w:type") or "",
        pitch=points(value(grid, "w:linePitch")) if value(grid, "w:type") not in {None, "default"} else None,
        landscape=value(size, "w:orient") == "landscape" or width > height,
        starts=value(child(element, "w:type")) or "nextPage",
        title_page=switched(child(element, "w:titlePg")),
        footers=footers,
    )
