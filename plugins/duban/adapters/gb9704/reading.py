"""From the parts of a .docx to a Document."""

from collections.abc import Mapping

from duban.adapters.gb9704.body import BodyReader
from duban.adapters.gb9704.document import Document, Paragraph, Section
from duban.adapters.gb9704.numbering import Numbering
from duban.adapters.gb9704.package import Package, open_package
from duban.adapters.gb9704.sections import read_sections
from duban.adapters.gb9704.styles import StyleSheet, Theme
from duban.adapters.gb9704.xml import Element, child, local, q

CORE = "docProps/core.xml"


def read_document(content: bytes) -> Document:
    """Read a .docx; raises UsageError, in Chinese, for what is none or goes beyond the bounds."""
    package = open_package(content)
    main = package.main
    styles = StyleSheet(_part(package, "styles"))
    theme = Theme(_part(package, "theme"))
    body = child(package.markup[main], "w:body")
    sections = read_sections(body, package)
    reader = BodyReader(main, styles, theme, Numbering(_part(package, "numbering")), sections)
    if body is not None:
        reader.read(body)
    return Document(
        package=package,
        styles=styles,
        paragraphs=tuple(reader.paragraphs),
        tables=tuple(reader.tables),
        sections=sections,
        margins_text=_margins(package, styles, theme, sections),
        settings=_part(package, "settings"),
        properties=_properties(package),
    )


def _part(package: Package, kind: str) -> Element | None:
    name = package.related(package.main, kind)
    return package.markup[name] if name else None


def _margins(
    package: Package, styles: StyleSheet, theme: Theme, sections: tuple[Section, ...]
) -> Mapping[str, tuple[Paragraph, ...]]:
    """The paragraphs of headers and footers, by part."""
    found = {}
    for relation in package.relations(package.main):
        root = package.markup.get(relation.target)
        if root is not None and root.tag in {q("w:hdr"), q("w:ftr")}:
            reader = BodyReader(relation.target, styles, theme, Numbering(None), sections)
            reader.read(root)
            found[relation.target] = tuple(reader.paragraphs)
    return dict(sorted(found.items()))


def _properties(package: Package) -> Mapping[str, str]:
    """The core properties by name (`title`, `creator`, `description`, …)."""
    root = package.markup.get(CORE)
    return {} if root is None else {local(entry): entry.text or "" for entry in root if isinstance(entry.tag, str)}
