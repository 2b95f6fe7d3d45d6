"""WordprocessingML in strings, children in the order of the schema. Texts are escaped here and nowhere else."""

import re
from collections.abc import Iterable
from dataclasses import replace
from html import escape

from duban.adapters.word.sheet import (
    COLOPHON_INNER_RULE,
    COLOPHON_OUTER_RULE,
    LETTER_BETWEEN,
    LETTER_FOOT_TOP,
    LETTER_MARK_TOP,
    LETTER_RULE_GAP,
    LETTER_RULE_WIDTH,
    LETTER_THICK,
    LETTER_THIN,
    LINE_PITCH,
    RED,
    SQUEEZE,
    TABLE_RULE,
    TWIPS_PER_POINT,
    TYPE_WIDTH,
    Border,
    Millimetres,
    Points,
    Style,
)

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NAMESPACE}}}"
CELL_MARGINS = (("top", 20), ("left", 57), ("bottom", 50), ("right", 57))  # type stands low in its line
_BREAKS = {"\t": "<w:r><w:tab/></w:r>", "\n": "<w:r><w:br/></w:r>"}
_TAG = re.compile(r"(\{[{%].*?[%}]\})")


def fonts(name: str) -> str:
    """All four faces by name and the East Asian hint, so that “ ” — … are set in the Chinese font too."""
    return f'<w:rFonts w:hint="eastAsia" w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def run(text: str, fonts: str = '<w:rFonts w:hint="eastAsia"/>') -> str:
    """One run, in the font of its style unless `fonts` names another."""
    return f'<w:r><w:rPr>{fonts}</w:rPr><w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


def runs(text: str) -> str:
    """The runs of a text: each template tag is a run of its own, a tab or line break what it is in Word."""
    parts = (part for part in re.split(r"(\t|\n)|" + _TAG.pattern, text) if part)
    return "".join(_BREAKS.get(part) or run(part) for part in parts)


def paragraph(style: str, text: str = "", properties: str = "") -> str:
    """A paragraph of a named style; `properties` are further children of its pPr."""
    return paragraph_of(style, runs(text), properties)


def paragraph_of(style: str, content: str, properties: str = "") -> str:
    """A paragraph of a named style with runs of one's own."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def foot(texts: Iterable[tuple[str, str]]) -> str:
    """The 版记 (7.4.1): texts between rules, in one frame at the foot of the type area.

    `texts` are pairs of text and the condition on which it is there (empty: always).

    A rule is an empty black line as high as the rule is thick, because LibreOffice 7.4 joins paragraphs into a frame
    only if they share one style and have no borders, and does not float a table as wide as the type area.
    """
    frame = _foot_frame()
    thick, thin = _bar(frame, COLOPHON_OUTER_RULE), _bar(frame, COLOPHON_INNER_RULE)
    *leading, last = [(paragraph("Colophon", text, frame), condition) for text, condition in texts]
    parts = "".join(_conditional(condition, part + thin, frame) for part, condition in leading)
    return thick + parts + _conditional(last[1], last[0], frame) + thick


def _foot_frame() -> str:
    return (
        f'<w:framePr w:w="{TYPE_WIDTH.twips}" w:wrap="notBeside" w:vAnchor="margin" w:hAnchor="margin"'
        ' w:xAlign="center" w:yAlign="bottom"/>'
    )


def letter_lines() -> str:
    """The head and foot of a 信函 (10.1), both fixed to the first page.

    Head: the mark 30 mm from the paper's edge, a thick over a thin red line 4 mm below it. Foot: thin over thick, 20 mm
    from the lower edge. Each 170 mm wide; made of bars, as the rules of the 版记 are.
    """
    head, foot = _letter_frame(LETTER_MARK_TOP), _letter_frame(LETTER_FOOT_TOP)
    thick, gap, thin = LETTER_THICK.twips, LETTER_BETWEEN.twips, LETTER_THIN.twips
    upper = paragraph("Mark", "{{ mark }}", head) + _red(head, LETTER_RULE_GAP.twips, filled=False)
    upper += _red(head, thick) + _red(head, gap, filled=False) + _red(head, thin)
    return upper + _red(foot, thin) + _red(foot, gap, filled=False) + _red(foot, thick)


def _letter_frame(top: Millimetres) -> str:
    return (
        f'<w:framePr w:w="{LETTER_RULE_WIDTH.twips}" w:wrap="notBeside" w:vAnchor="page" w:hAnchor="page"'
        f' w:xAlign="center" w:y="{top.twips}"/>'
    )


def _red(frame: str, height: int, *, filled: bool = True) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{RED}"/>' if filled else ""
    line = f'<w:spacing w:before="0" w:after="0" w:line="{height}" w:lineRule="exact"/>'
    return paragraph("Mark", "", f"{frame}{shade}{line}")


def letter_foot(text: str, condition: str) -> str:
    """The 版记 of a 信函 (10.1): no rules, no 印发, at the foot of the last page's type area."""
    frame = _foot_frame()
    return _conditional(condition, paragraph("Colophon", text, frame), frame)


def _conditional(condition: str, part: str, frame: str) -> str:
    if not condition:
        return part
    tags = (f"{{%p if {condition} %}}", "{%p endif %}")
    return paragraph("Colophon", tags[0], frame) + part + paragraph("Colophon", tags[1], frame)


def _bar(frame: str, thickness: Millimetres) -> str:
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="000000"/>'
    line = f'<w:spacing w:before="0" w:after="0" w:line="{thickness.twips}" w:lineRule="exact"/>'
    indent = '<w:ind w:leftChars="0" w:left="0" w:rightChars="0" w:right="0" w:firstLineChars="0" w:firstLine="0"/>'
    return paragraph("Colophon", "", f"{frame}{shade}{line}{indent}")


def page_number(style: str) -> str:
    """The paragraph “— 1 —” with the page as a field (7.5)."""
    field = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run("— ")}{field}{run(" —")}</w:p>'


def style_element(style: Style, pitch: Points = LINE_PITCH) -> str:
    """The definition of a named style; `Normal` is the default and the base of the others.

    Lines of the style sheet's own pitch are set at `pitch`, that of the page's profile.
    """
    if style.line is LINE_PITCH:
        style = replace(style, line=pitch)
    kind = 'w:default="1"' if style.key == "Normal" else 'w:customStyle="1"' if style.name.startswith("公文") else ""
    base = "" if style.key == "Normal" else '<w:basedOn w:val="Normal"/>'
    return (
        f'<w:style xmlns:w="{NAMESPACE}" w:type="paragraph" {kind} w:styleId="{style.key}">'
        f'<w:name w:val="{style.name}"/>{base}<w:qFormat/>'
        f"<w:pPr>{_paragraph_properties(style)}</w:pPr><w:rPr>{_run_properties(style)}</w:rPr></w:style>"
    )


def _paragraph_properties(style: Style) -> str:
    keep = f'<w:keepNext w:val="{int(style.keep_next)}"/>' + ("<w:pageBreakBefore/>" if style.page_break else "")
    border = f"<w:pBdr>{_rule(style.border)}</w:pBdr>" if style.border else ""
    tabs = "" if style.right_tab is None else f"<w:tabs>{_right_tab(style, style.right_tab)}</w:tabs>"
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    inside = '<w:overflowPunct w:val="0"/><w:snapToGrid w:val="0"/>'
    line = f'{inside}{_spacing(style)}{_indents(style)}<w:jc w:val="{style.align}"/>'
    return f'{keep}<w:widowControl w:val="0"/>{border}{tabs}{line}{outline}'


def _rule(border: Border) -> str:
    gap = round(border.gap.value)
    return f'<w:{border.side} w:val="single" w:sz="{border.width.eighths}" w:space="{gap}" w:color="{border.colour}"/>'


def _right_tab(style: Style, characters: float) -> str:
    position = TYPE_WIDTH.twips - round(characters * style.size.twips)
    return f'<w:tab w:val="right" w:pos="{position}"/>'


def _spacing(style: Style) -> str:
    before = style.before.twips if style.before else 0
    after = style.after.twips if style.after else 0
    rule = "atLeast" if style.at_least else "exact"
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{style.line.twips}" w:lineRule="{rule}"/>'


def _indents(style: Style) -> str:
    sides = {"left": style.left, "right": style.right}
    if style.hanging:
        sides["hanging"] = style.hanging
    else:
        sides["firstLine"] = style.first_line
    pairs = (
        f'w:{side}Chars="{round(chars * 100)}" w:{side}="{round(chars * style.size.twips)}"'
        for side, chars in sides.items()
    )
    return f"<w:ind {' '.join(pairs)}/>"


def _run_properties(style: Style) -> str:
    squeeze = f'<w:spacing w:val="{SQUEEZE.twips if style.squeeze else 0}"/>'
    size = style.size.half_points
    return (
        f'{fonts(style.font)}<w:color w:val="{style.colour}"/>{squeeze}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    )


def _edge(side: str, rule: Points) -> str:
    return f'<w:{side} w:val="single" w:sz="{rule.eighths}" w:space="0" w:color="000000"/>'


def cell(width: int, content: str, span: int = 1, merge: str = "") -> str:
    """One cell: `content` is its paragraphs, `merge` `restart` or `continue` for cells joined downwards."""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{spanned}{merged}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(cells: str, *, head: bool = False, height: int = 0) -> str:
    """One row, never split over pages, at least `height` twips high; a head row is repeated on each page."""
    repeated = "<w:tblHeader/>" if head else ""
    high = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{high}{repeated}</w:trPr>{cells}</w:tr>"


def table(widths: list[int], rows: str) -> str:
    """A ruled table of fixed layout; `widths` in twips, together at most the type area's 8844."""
    edges = "".join(_edge(side, TABLE_RULE) for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in CELL_MARGINS)
    looks = (
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr>{looks}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def spacer(points: float, style: str = "Normal") -> str:
    """An empty paragraph of an exact height in points."""
    line = f'<w:spacing w:before="0" w:after="0" w:line="{round(points * TWIPS_PER_POINT)}" w:lineRule="exact"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{line}</w:pPr></w:p>'
