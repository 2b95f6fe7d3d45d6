"""A 公文 and a 信函 that keep every rule, written in plain WordprocessingML, and copies with one thing changed."""

from fakes.gb9704_package import changed, packed
from fakes.gb9704_styles import RED_RULE, STYLE_SHEET, W, fonts, line, paragraph, style

__all__ = ["RED_RULE", "W", "changed", "fonts", "packed", "paragraph", "style"]

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


def _spacer(points: float) -> str:
    return paragraph("Normal", "", line(round(points * 20)))


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
    f"{line(40)}</w:pPr></w:p>"
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
        STYLES: STYLE_SHEET,
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
