"""The file as a file: C03, C05, C51, C53, C54."""

from collections import Counter
from collections.abc import Iterator

from duban.adapters.gb9704 import schema, texts
from duban.adapters.gb9704 import vocabulary as words
from duban.adapters.gb9704.names import Name
from duban.adapters.gb9704.probing import NOWHERE, Entry, Hit, Outcome, Subject, without_facts
from duban.adapters.gb9704.xml import Element, child, local, q, value
from duban.core.conformance import Need, Where


def structure(subject: Subject) -> Iterator[Outcome]:
    """C03: properties in the order of the schema, ids used once, relations that lead somewhere, a last paragraph."""
    package = subject.document.package
    for part, root in sorted(package.markup.items()):
        if root.tag in {q("w:document"), q("w:hdr"), q("w:ftr"), q("w:styles")}:
            yield from _order(part, root)
            yield from _ids(part, root)
    for part in sorted(package.markup):
        for relation in package.relations(part):
            if not relation.external and relation.target.split("#")[0] not in package.names | {"NULL", "."}:
                yield Hit("C03.relation", Where(part), relation.target)
    body = child(package.markup[package.main], "w:body")
    blocks = [] if body is None else [local(element) for element in body if local(element) in {"p", "tbl", "sdt"}]
    if blocks and blocks[-1] == "tbl":
        yield Hit("C03.last", Where(package.main))


def _order(part: str, root: Element) -> Iterator[Outcome]:
    for parent, order in schema.ORDER.items():
        for properties in root.iter(q(f"w:{parent}")):
            names = [local(element) for element in properties if element.tag == q(f"w:{local(element)}")]
            places = [order.index(name) for name in names if name in order]
            if places != sorted(places):
                wrong = next(at for at in range(1, len(places)) if places[at] < places[at - 1])
                found = texts.AFTER.format(parent=parent, later=order[places[wrong]], earlier=order[places[wrong - 1]])
                yield Hit("C03.order" if parent != "rPr" else "C03.run_order", Where(part), found)


def _ids(part: str, root: Element) -> Iterator[Outcome]:
    marks = Counter(value(mark, "w:name") or "" for mark in root.iter(q("w:bookmarkStart")))
    shapes = Counter(
        shape.get("id", "") for shape in root.iter(q("wp:docPr")) if not list(shape.iterancestors(q("mc:Fallback")))
    )
    for counts, variant in ((marks, "C03.bookmark"), (shapes, "C03.shape_id")):
        for name, count in counts.items():
            if count > 1:
                yield Hit(variant, Where(part), name)


def issuing_right(subject: Subject) -> Iterator[Outcome]:
    """C05: an issuer that may issue this paper, and the approval that criticism needs."""
    facts = subject.facts
    issuer = facts.issuer or subject.elements.mark_text.removesuffix(words.DOCUMENT_WORD)
    if not facts.issuers or not issuer:
        yield without_facts(Name.ISSUERS)
    elif issuer not in facts.issuers:
        yield Hit("C05.issuer", NOWHERE, issuer, texts.LIST.join(facts.issuers))
    if facts.approved is False:
        yield Hit("C05.approval", NOWHERE)


def fonts(subject: Subject) -> Iterator[Outcome]:
    """C51: only fonts that official papers use, named, not the theme's."""
    for line in subject.document.everything:
        for run in line.runs:
            if not run.text.strip():
                continue
            han = words.HAN_TEXT.search(run.text) is not None
            name = run.look.east if han else run.look.latin
            if name not in words.KNOWN_FONTS:
                yield Hit("C51.unknown", line.where, name or texts.UNNAMED)
            elif missing := _missing_glyphs(name, run.text):
                yield Hit("C51.glyph", line.where, missing)


def _missing_glyphs(name: str, text: str) -> str:
    """The two characters that the GB2312 faces lack (gb9704.md §5)."""
    return "".join(sorted(set(text) & {"〇", "–"})) if name.endswith("_GB2312") else ""


def rebuilt(subject: Subject) -> Iterator[Outcome]:
    """C53: a second build gives the same bytes."""
    if subject.facts.rebuilt is None:
        yield without_facts(Name.REBUILT)
    elif subject.facts.rebuilt != subject.document.package.content:
        yield Hit("C53.bytes", NOWHERE)


def metadata(subject: Subject) -> Iterator[Outcome]:
    """C54: title and author set, no program's name, nothing escaped twice, no path of somebody's machine."""
    properties = subject.document.properties
    where = Where("docProps/core.xml")
    if not properties.get("title", "").strip():
        yield Hit("C54.title", where)
    if not properties.get("creator", "").strip():
        yield Hit("C54.author", where)
    for name, text in properties.items():
        if words.GENERATOR.search(text):
            yield Hit("C54.generator", where, text[:40])
        if words.ESCAPED.search(text):
            yield Hit("C54.escaped", where, texts.PROPERTY.format(name=name, text=text[:40]))
    package = subject.document.package
    for part in sorted(package.markup):
        for relation in package.relations(part):
            if relation.external and words.LOCAL_PATH.search(relation.target):
                yield Hit("C54.path", Where(part), relation.target[:60])


ENTRIES: tuple[Entry, ...] = (
    ("C03", Need.XML, structure),
    ("C05", Need.FACTS, issuing_right),
    ("C51", Need.XML, fonts),
    ("C53", Need.FACTS, rebuilt),
    ("C54", Need.XML, metadata),
)
