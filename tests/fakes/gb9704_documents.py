"""A 公文 and a 信函 that keep every rule, written in plain WordprocessingML, and copies with one thing changed."""

import io
import zipfile
from collections.abc import Mapping

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
DOCUMENT, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"
CORE, ODD, EVEN = "docProps/core.xml", "word/footer1.xml", "word/footer2.xml"

OFFICE = "东区管理委员会办公室"
PROSE = (
    "为进一步加强全区住宅小区管理提升工作，切实改善人民群众居住环境，提高物业服务水平，经研究，现就有关事项通知如下。"
    "各单位要充分认识做好这项工作的重要意义，把思想和行动统一到管委会的部署要求上来，加强组织领导，落实工作责任。"
    "要坚持问题导向，认真查找短板弱项，明确整改措施和完成时限，逐项抓好落实，确保各项任务如期完成、取得实效。"
    "要加强宣传引导，充分调动居民参与小区治理的积极性和主动性，形成共建共治共享的良好局面，让群众切实感受到变化。"
)

_FRAME = (
    '<w:framePr w:w="8844" w:wrap="notBeside" w:vAnchor="margin" w:hAnchor="margin" w:xAlign="center"'
    ' w:yAlign="bottom"/>'
)
_BAR = (
    f'<w:p><w:pPr><w:pStyle w:val="Foot"/>{_FRAME}<w:shd w:val="clear" w:color="auto" w:fill="000000"/>'
    '<w:spacing w:before="0" w:after="0" w:line="%d" w:lineRule="exact"/>'
    '<w:ind w:leftChars="0" w:left="0" w:rightChars="0" w:right="0" w:firstLineChars="0" w:firstLine="0"/>'
    "</w:pPr></w:p>"
)


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


def _line(twips: int) -> str:
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
    _style("Normal", "仿宋_GB2312", 32, f'{_INSIDE}{_line(579)}<w:jc w:val="both"/>', _SQUEEZE),
    _style("Mark", "方正小标宋简体", 72, f'{_line(740)}<w:jc w:val="center"/>', _RED),
    _style("Number", "仿宋_GB2312", 32, f'{RED_RULE}<w:jc w:val="center"/>'),
    _style("Title", "方正小标宋简体", 44, '<w:jc w:val="center"/>', '<w:spacing w:val="0"/>'),
    _style("Body", "仿宋_GB2312", 32, _INDENT),
    _style("First", "黑体", 32, "<w:keepNext/>" + _INDENT + '<w:outlineLvl w:val="0"/>', name="heading 1"),
    _style("Second", "楷体_GB2312", 32, "<w:keepNext/>" + _INDENT + '<w:outlineLvl w:val="1"/>', name="heading 2"),
    _style("Listed", "仿宋_GB2312", 32, '<w:ind w:left="1920" w:hanging="1280"/>'),
    _style("Signed", "仿宋_GB2312", 32, '<w:keepNext/><w:ind w:rightChars="225" w:right="720"/><w:jc w:val="right"/>'),
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
    _style("OddPage", "宋体", 28, f'{_line(320)}<w:ind w:right="280"/><w:jc w:val="right"/>'),
    _style("EvenPage", "宋体", 28, f'{_line(320)}<w:ind w:left="280"/><w:jc w:val="left"/>'),
    _style("Hair", "仿宋_GB2312", 2, _line(20)),
)  # fmt: skip
_DEFAULTS = (
    f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts("仿宋_GB2312")}<w:sz w:val="32"/>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
)


def style(key: str) -> str:
    """The definition of one style as it stands in the styles part."""
    return next(definition for definition in _STYLES if f'w:styleId="{key}"' in definition)


def _spacer(points: float) -> str:
    return paragraph("Normal", "", _line(round(points * 20)))


def _table(rows: int) -> str:
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    widths = (1700, 3572, 3572)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)

    def row(cells: tuple[str, ...], head: str) -> str:
        inner = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraph("Cell", text)}</w:tc>'
            for width, text in zip(widths, cells, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{inner}</w:tr>"

    head = row(("序号", "单位", "任务数"), "<w:tblHeader/>")
    lines = "".join(row((str(at), "北关办事处", str(3 * at)), "") for at in range(1, rows + 1))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="8844" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{lines}</w:tbl>'
    )


def _colophon(*texts: str) -> str:
    lines = (_BAR % 14).join(paragraph("Foot", text, _FRAME) for text in texts)
    return (_BAR % 20) + lines + (_BAR % 20) + paragraph("Hair")


SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="odd"/><w:footerReference w:type="even" r:id="even"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851"'
    ' w:footer="1425" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
)


def _body() -> str:
    return "".join((
        paragraph("Body", PROSE),
        paragraph("First", "一、总体要求"),
        paragraph("Body", PROSE),
        paragraph("First", "二、主要任务"),
        paragraph("Second", "（一）摸清底数"),
        paragraph("Body", "1.建立台账。" + PROSE),
        paragraph("Body", "2.核对数据。" + PROSE),
        paragraph("Second", "（二）落实责任"),
        paragraph("Body", "1.明确分工。" + PROSE.replace("为进一步", "进一步")),
        paragraph("Body", "（1）按旬调度。" + PROSE),
        paragraph("Body", "（2）按月通报。" + PROSE[-88:]),
        paragraph("First", "三、有关要求"),
        paragraph("Body", PROSE[-88:]),
        paragraph("Body", "请于2018年8月10日前将落实情况报送我办。"),
    ))


GENERAL = "".join(
    (
        _spacer(99.5),
        paragraph("Mark", OFFICE + "文件"),
        paragraph("Normal"),
        paragraph("Normal"),
        paragraph("Number", "东管办〔2018〕92号"),
        paragraph("Normal"),
        paragraph("Normal"),
        paragraph("Title", OFFICE),
        paragraph("Title", "关于做好住宅小区管理提升工作的通知"),
        paragraph("Normal"),
        paragraph("Normal", "南门办事处，北关办事处，各有关单位："),
        _body(),
        paragraph("Normal"),
        paragraph("Listed", "附件：1.任务分解表"),
        paragraph("Listed", "2.报送要求", '<w:ind w:left="1920" w:hanging="320"/>'),
        paragraph("Normal"),
        paragraph("Normal"),
        paragraph("Signed", OFFICE),
        paragraph("Dated", "2018年7月19日"),
        paragraph("Body", "（此件公开发布）"),
        paragraph("Label", "附件1"),
        paragraph("Normal"),
        paragraph("Title", "任务分解表"),
        paragraph("Normal"),
        _table(12),
        paragraph("Label", "附件2"),
        paragraph("Normal"),
        paragraph("Title", "报送要求"),
        paragraph("Normal"),
        paragraph("Body", "材料加盖公章后报送。"),
        _colophon(
            "抄送：区党政办公室，区督查室，区房管局，区城市管理局，区规划分局，区公安分局，区教文体局。",
            OFFICE + "\t2018年7月19日印发",
        ),
    )
)  # fmt: skip

_LETTER_RULE = (
    '<w:p><w:pPr><w:pStyle w:val="Normal"/><w:framePr w:w="9638" w:h="60" w:hRule="exact" w:wrap="notBeside"'
    ' w:vAnchor="page" w:hAnchor="page" w:x="1134" w:y="%d"/><w:pBdr><w:top w:val="single" w:sz="%d" w:space="0"'
    ' w:color="FF0000"/><w:bottom w:val="single" w:sz="%d" w:space="0" w:color="FF0000"/></w:pBdr>'
    f"{_line(40)}</w:pPr></w:p>"
)
_LETTER_MARK = (
    '<w:framePr w:w="8844" w:wrap="notBeside" w:vAnchor="page" w:hAnchor="margin" w:xAlign="center" w:y="1716"/>'
)
LETTER = "".join(
    (
        paragraph("Mark", OFFICE, _LETTER_MARK),
        _LETTER_RULE % (2574, 18, 6),
        _LETTER_RULE % (15630, 6, 18),
        paragraph("Normal", "东管办函〔2018〕9号", '<w:jc w:val="right"/>'),
        paragraph("Normal"),
        paragraph("Normal"),
        paragraph("Title", OFFICE),
        paragraph("Title", "关于商请提供小区资料的函"),
        paragraph("Normal"),
        paragraph("Normal", "区房管局："),
        paragraph("Body", PROSE),
        paragraph("Normal"),
        paragraph("Normal"),
        paragraph("Signed", OFFICE),
        paragraph("Dated", "2018年7月19日"),
    )
)  # fmt: skip


LANDSCAPE = SECTION.replace('w:w="11906" w:h="16838"', 'w:w="16838" w:h="11906" w:orient="landscape"')
SIGNATURE = (
    paragraph("Normal") + paragraph("Normal") + paragraph("Signed", OFFICE) + paragraph("Dated", "2018年7月19日")
)
PRINTED = OFFICE + "\t2018年7月19日印发"


def _slip(title: str, number: str, *body: str) -> str:
    """A numbered slip of the office."""
    head = (
        _spacer(20) + paragraph("Mark", OFFICE) + paragraph("Number", number) + paragraph("Normal"),
        paragraph("Title", title) + paragraph("Normal") + paragraph("Normal", "北关办事处："),
    )
    return "".join((
        *head,
        *(paragraph("Body", text) for text in body),
        SIGNATURE,
        _colophon("抄送：区督查室。", PRINTED),
    ))


URGING = _slip(
    "催办通知单",
    "东管催〔2018〕3号",
    "你办下列事项已超过规定时限，现予催办：报送楼院台账。",
    "依据：《关于报送周报的通知》。规定时限：2018年7月13日。",
    "请于7月31日前报送，反馈材料加盖公章。",
    "联系人：张三　　联系电话：010-55550001",
)
SLIP = _slip(
    "退回补正通知单",
    "东管退〔2018〕4号",
    "工作台账第5行楼栋数违反规则R03，应为整数，请更正。",
    "请于7月31日前重新报送。",
    "联系人：张三　　联系电话：010-55550001",
)
_EDITED = '<w:tabs><w:tab w:val="right" w:pos="8564"/></w:tabs><w:jc w:val="left"/>'
BULLETIN = "".join(
    (
        _spacer(56.7),
        paragraph("Mark", "整治简报"),
        paragraph("Normal", "第3期", '<w:jc w:val="center"/>'),
        paragraph("Number", OFFICE + "\t2018年9月14日", _EDITED),
        paragraph("Normal"),
        paragraph("Title", "住宅小区管理提升工作进展情况"),
        paragraph("Normal"),
        paragraph("Body", PROSE),
        _colophon("报：领导小组组长。"),
    )
)  # fmt: skip


def urging_parts() -> dict[str, str]:
    return parts(URGING)


def slip_parts() -> dict[str, str]:
    return parts(SLIP)


def bulletin_parts() -> dict[str, str]:
    return parts(BULLETIN)


def _footer(style: str, text: str = "1") -> str:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{text}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    dash = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r>'
    line = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{dash % "— "}{field}{dash % " —"}</w:p>'
    return f"<w:ftr {W}>{line}</w:ftr>"


_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def _relations(*lines: tuple[str, str, str]) -> str:
    inner = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in lines)
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def parts(body: str = GENERAL, section: str = SECTION) -> dict[str, str]:
    """The parts of a document with this body."""
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    override = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>'
        for name, kind in (
            (DOCUMENT, f"{_TYPES}.document.main+xml"),
            (STYLES, f"{_TYPES}.styles+xml"),
            (SETTINGS, f"{_TYPES}.settings+xml"),
            (ODD, f"{_TYPES}.footer+xml"),
            (EVEN, f"{_TYPES}.footer+xml"),
            ("word/footer3.xml", f"{_TYPES}.footer+xml"),
            (CORE, "application/vnd.openxmlformats-package.core-properties+xml"),
        )
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Default Extension="rels" ContentType="{rels}"/><Default Extension="xml" ContentType="application/xml"/>'
            f"{override}</Types>"
        ),
        "_rels/.rels": _relations(("doc", f"{_RELATIONS}/officeDocument", DOCUMENT), ("core", core, CORE)),
        "word/_rels/document.xml.rels": _relations(
            ("styles", f"{_RELATIONS}/styles", "styles.xml"),
            ("settings", f"{_RELATIONS}/settings", "settings.xml"),
            ("odd", f"{_RELATIONS}/footer", "footer1.xml"),
            ("even", f"{_RELATIONS}/footer", "footer2.xml"),
            ("none", f"{_RELATIONS}/footer", "footer3.xml"),
        ),
        DOCUMENT: f"<w:document {W} {R}><w:body>{body}{section}</w:body></w:document>",
        STYLES: f"<w:styles {W}>{_DEFAULTS}{''.join(_STYLES)}</w:styles>",
        SETTINGS: (
            f'<w:settings {W}><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
            '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
            '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
        ),
        ODD: _footer("OddPage"),
        EVEN: _footer("EvenPage", "2"),
        "word/footer3.xml": f"<w:ftr {W}>{paragraph('Normal')}</w:ftr>",
        CORE: (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>通知</dc:title>'
            f"<dc:creator>{OFFICE}</dc:creator></cp:coreProperties>"
        ),
    }


LETTER_SECTION = SECTION.replace(
    "<w:pgSz", '<w:footerReference w:type="first" r:id="none"/><w:pgSz'
).replace("<w:docGrid", "<w:titlePg/><w:docGrid")  # fmt: skip


def letter_parts() -> dict[str, str]:
    return parts(LETTER, LETTER_SECTION)


def packed(contents: Mapping[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def changed(contents: Mapping[str, str], part: str, old: str, new: str, count: int = -1) -> bytes:
    """A copy in which `old` of one part is `new`; it must be there."""
    assert old in contents[part], f"{part} has no {old}"
    return packed({**contents, part: contents[part].replace(old, new, count)})
