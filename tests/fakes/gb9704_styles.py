"""The style sheet of the conforming papers, in plain WordprocessingML."""

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def fonts(name: str) -> str:
    return f'<w:rFonts w:hint="eastAsia" w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def paragraph(style: str, text: str = "", properties: str = "") -> str:
    pieces = "<w:r><w:tab/></w:r>".join(
        f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{piece}</w:t></w:r>'
        for piece in text.split("\t")
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{pieces if text else ""}</w:p>'


def _style(key: str, font: str, size: int, properties: str, run: str = "", name: str = "") -> str:
    default = 'w:default="1"' if key == "Normal" else ""
    base = "" if key == "Normal" else '<w:basedOn w:val="Normal"/>'
    return (
        f'<w:style w:type="paragraph" {default} w:styleId="{key}"><w:name w:val="{name or key}"/>{base}'
        f'<w:pPr>{properties}</w:pPr><w:rPr>{fonts(font)}{run}<w:sz w:val="{size}"/></w:rPr></w:style>'
    )


def line(twips: int) -> str:
    return f'<w:spacing w:before="0" w:after="0" w:line="{twips}" w:lineRule="exact"/>'


_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
RED_RULE = '<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="7" w:color="FF0000"/></w:pBdr>'
_SQUEEZE = '<w:spacing w:val="-6"/>'
_INSIDE = '<w:widowControl w:val="0"/><w:overflowPunct w:val="0"/><w:snapToGrid w:val="0"/>'
_RED = '<w:color w:val="FF0000"/><w:spacing w:val="0"/>'
_FOOT_INDENT = (
    '<w:ind w:leftChars="400" w:left="1120" w:rightChars="100" w:right="280" w:hangingChars="300" w:hanging="840"/>'
)
_STYLES = (
    _style("Normal", "仿宋_GB2312", 32, f'{_INSIDE}{line(579)}<w:jc w:val="both"/>', _SQUEEZE),
    _style("Mark", "方正小标宋简体", 72, f'{line(740)}<w:jc w:val="center"/>', _RED),
    _style("Number", "仿宋_GB2312", 32, f'{RED_RULE}<w:jc w:val="center"/>'),
    _style("Title", "方正小标宋简体", 44, '<w:jc w:val="center"/>', '<w:spacing w:val="0"/>'),
    _style("Body", "仿宋_GB2312", 32, _INDENT),
    _style("First", "黑体", 32, "<w:keepNext/>" + _INDENT + '<w:outlineLvl w:val="0"/>', name="heading 1"),
    _style("Second", "楷体_GB2312", 32, "<w:keepNext/>" + _INDENT + '<w:outlineLvl w:val="1"/>', name="heading 2"),
    _style("Listed", "仿宋_GB2312", 32, '<w:ind w:left="1920" w:hanging="1280"/>'),
    _style("Signed", "仿宋_GB2312", 32, '<w:keepNext/><w:ind w:rightChars="288" w:right="920"/><w:jc w:val="right"/>'),
    _style("Dated", "仿宋_GB2312", 32, '<w:ind w:rightChars="400" w:right="1280"/><w:jc w:val="right"/>'),
    _style("Label", "黑体", 32, "<w:pageBreakBefore/>"),
    _style("Cell", "仿宋_GB2312", 24, '<w:jc w:val="center"/>'),
    _style(
        "Foot",
        "仿宋_GB2312",
        28,
        '<w:tabs><w:tab w:val="right" w:pos="8564"/></w:tabs><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        + _FOOT_INDENT,
        '<w:spacing w:val="0"/>',
    ),
    _style("OddPage", "宋体", 28, f'{line(320)}<w:ind w:right="280"/><w:jc w:val="right"/>'),
    _style("EvenPage", "宋体", 28, f'{line(320)}<w:ind w:left="280"/><w:jc w:val="left"/>'),
    _style("Hair", "仿宋_GB2312", 2, line(20)),
)  # fmt: skip
_DEFAULTS = (
    f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts("仿宋_GB2312")}<w:sz w:val="32"/>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
)


def style(key: str) -> str:
    """The definition of one style as it stands in the styles part."""
    return next(definition for definition in _STYLES if f'w:styleId="{key}"' in definition)


STYLE_SHEET = f"<w:styles {W}>{_DEFAULTS}{''.join(_STYLES)}</w:styles>"
