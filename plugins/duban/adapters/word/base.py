"""The base document: page, styles, settings and page numbers of every paper, from an empty python-docx package."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from duban.adapters.word import sheet
from duban.adapters.word.oxml import NAMESPACE, W, fonts, page_number, style_element

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.coreprops import CoreProperties
    from docx.section import Section

_UNUSED_PARTS = ("theme", "customXml", "numbering", "webSettings", "stylesWithEffects", "fontTable", "thumbnail")
TEMPLATE_DATE = datetime(2012, 7, 1, tzinfo=UTC)


def base_document(profile: sheet.Profile = sheet.PROFILE_A) -> "Document":
    """An empty document on A4 with our styles and page numbers; python-docx's own styles are gone."""
    import docx

    document = docx.Document()
    _drop_unused_parts(document)
    _install_styles(document, profile)
    _set_up_page(document.sections[0], profile)
    _set_up_settings(document)
    _number_pages(document.sections[0])
    set_properties(document, title="", author="", created=TEMPLATE_DATE)
    return document


def set_properties(document: "Document", *, title: str, author: str, created: datetime) -> None:
    """The core properties of a document, see `describe`."""
    describe(document.core_properties, title=title, author=author, created=created)


def describe(properties: "CoreProperties", *, title: str, author: str, created: datetime) -> None:
    """Core properties, all of them ours; `created` stands for both times, so that nothing depends on the clock."""
    moment = created.astimezone(UTC).replace(tzinfo=None)
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.created = properties.modified = moment
    properties.comments = properties.keywords = properties.subject = properties.category = ""
    properties.revision = 1


def _drop_unused_parts(document: "Document") -> None:
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(_UNUSED_PARTS)]:
            del relations[key]


def _install_styles(document: "Document", profile: sheet.Profile) -> None:
    from docx.oxml import parse_xml

    styles = document.styles.element
    for child in list(styles):
        styles.remove(child)
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    size = sheet.SIZE_3.half_points
    defaults = f'{fonts(sheet.FANGSONG)}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>{language}'
    styles.append(
        parse_xml(
            f'<w:docDefaults xmlns:w="{NAMESPACE}"><w:rPrDefault><w:rPr>{defaults}</w:rPr></w:rPrDefault>'
            "<w:pPrDefault/></w:docDefaults>"
        )
    )
    for style in sheet.STYLES:
        styles.append(parse_xml(style_element(style, profile.pitch)))


def _set_up_page(section: "Section", profile: sheet.Profile) -> None:
    from docx.oxml import parse_xml
    from docx.shared import Twips

    section.page_width, section.page_height = Twips(sheet.PAGE_WIDTH.twips), Twips(sheet.PAGE_HEIGHT.twips)
    section.top_margin, section.bottom_margin = Twips(profile.top.twips), Twips(profile.bottom.twips)
    section.left_margin, section.right_margin = Twips(sheet.MARGIN_LEFT.twips), Twips(sheet.MARGIN_RIGHT.twips)
    section.header_distance = Twips(851)
    section.footer_distance = Twips(sheet.FOOTER_DISTANCE.twips)
    element = section._sectPr  # noqa: SLF001  # python-docx has no proxy for the grid
    for name in ("cols", "docGrid"):
        for old in element.findall(f"{W}{name}"):
            element.remove(old)
    pitch = profile.pitch.twips
    element.append(parse_xml(f'<w:docGrid xmlns:w="{NAMESPACE}" w:type="lines" w:linePitch="{pitch}"/>'))


def _set_up_settings(document: "Document") -> None:
    from docx.oxml import parse_xml

    settings = document.settings.element
    for child in list(settings):
        settings.remove(child)
    uri = "http://schemas.microsoft.com/office/word"
    compat = f'<w:compatSetting w:name="compatibilityMode" w:uri="{uri}" w:val="15"/>'
    children = (
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="640"/><w:evenAndOddHeaders/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/><w:compat>{compat}</w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
    )
    for child in list(parse_xml(f'<w:settings xmlns:w="{NAMESPACE}">{children}</w:settings>')):
        settings.append(child)


def _number_pages(section: "Section") -> None:
    from docx.oxml import parse_xml

    for footer, style in ((section.footer, "PageOdd"), (section.even_page_footer, "PageEven")):
        footer.is_linked_to_previous = False
        element = footer._element  # noqa: SLF001  # python-docx writes no fields
        for old in list(element):
            element.remove(old)
        element.append(parse_xml(page_number(style).replace("<w:p>", f'<w:p xmlns:w="{NAMESPACE}">', 1)))
