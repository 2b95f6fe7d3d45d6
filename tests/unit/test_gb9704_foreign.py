"""Papers that others made, and files that mean harm: sensible results or a Chinese sentence, never a crash."""

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document

from duban.adapters.gb9704 import lint
from duban.core.errors import UsageError
from fakes import gb9704_documents as papers
from fakes.gb9704_documents import DOCUMENT, STYLES, W, changed, packed, paragraph, parts

VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'


def by_python_docx(*lines: str, heading: str | None = None) -> bytes:
    document = Document()
    if heading:
        document.add_heading(heading, 0)
    for line in lines:
        document.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_python_docx_defaults_are_told_what_they_are() -> None:
    """Letter paper, one-inch margins, theme fonts, the program's name in the properties."""
    report = lint(by_python_docx("一、总体要求", "为加强管理，现通知如下。", heading="关于加强管理的通知"))
    found = {finding.variant for finding in report.findings}
    assert {"C12.paper", "C13.standard", "C14.standard", "C41.missing", "C52.compat", "C54.generator"} <= found
    assert report.elements["标题"] == "关于加强管理的通知"
    assert not report.conforms


def test_an_empty_document_is_checked_too() -> None:
    """What is not there is said to be not there."""
    report = lint(by_python_docx())
    assert set(report.elements.values()) == {None}
    assert "C07" in {skipped.id for skipped in report.not_checked}


def test_what_a_plain_memo_lacks_is_not_guessed() -> None:
    """Without mark and number nobody knows whether it is a 公文: head and number are not checked, with the reason."""
    report = lint(by_python_docx("会议安排", "请各位同事参加。"))
    assert report.form == "无版头文稿"
    assert {"C06", "C24", "C25", "C28"} <= {skipped.id for skipped in report.not_checked}


def test_styles_are_inherited_from_the_defaults_through_the_chain_to_the_run() -> None:
    """The body's font comes from three levels up; a style based on itself does not hang the checker."""
    chain = papers.style("Body").replace(papers.fonts("仿宋_GB2312"), "").replace('<w:sz w:val="32"/>', "")
    assert not lint(changed(parts(), STYLES, papers.style("Body"), chain)).findings
    circle = papers.style("Body").replace('w:basedOn w:val="Normal"', 'w:basedOn w:val="Body"')
    assert lint(changed(parts(), STYLES, papers.style("Body"), circle)).elements["正文"]


def test_numbers_that_word_writes_count_as_text() -> None:
    """“一、” of an automatic list is a heading's number, and its wrong font is noticed."""
    list_ = (
        f"<w:numbering {W}><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/>"
        "<w:numFmt w:val='chineseCountingThousand'/><w:lvlText w:val='%1、'/></w:lvl></w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
    )
    relation = (
        '<Relationship Id="list" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"'
        ' Target="numbering.xml"/></Relationships>'
    )
    contents = parts()
    rels = "word/_rels/document.xml.rels"
    contents["word/numbering.xml"] = list_
    contents[rels] = contents[rels].replace("</Relationships>", relation)
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    for title in ("总体要求", "主要任务", "有关要求"):
        ordinal = {"总体要求": "一、", "主要任务": "二、", "有关要求": "三、"}[title]
        was = paragraph("First", ordinal + title)
        contents[DOCUMENT] = contents[DOCUMENT].replace(was, paragraph("First", title, numbered))
    assert not lint(packed(contents)).findings
    kaiti = papers.style("First").replace(papers.fonts("黑体"), papers.fonts("楷体_GB2312"))
    assert {finding.id for finding in lint(changed(contents, STYLES, papers.style("First"), kaiti)).findings} == {"C20"}


def test_the_head_in_a_text_box_is_found_and_not_measured() -> None:
    """A mark in a text box is a mark; how many lines lie under it only the pages tell."""
    box = (
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
        + paragraph("Mark", papers.OFFICE + "文件")
        + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    report = lint(changed(parts(), DOCUMENT, paragraph("Mark", papers.OFFICE + "文件"), box))
    assert report.elements["发文机关标志"] == papers.OFFICE + "文件"
    assert "C25" in {skipped.id for skipped in report.not_checked}


@pytest.mark.parametrize(
    "line",
    [
        f'<v:line {VML} from="0,0" to="442.2pt,0" strokecolor="red" strokeweight="1pt"/>',
        f'<v:rect {VML} style="width:156mm;height:.5mm" fillcolor="#f00" stroked="f"/>',
    ],
    ids=["line", "rect"],
)
def test_a_drawn_red_rule_is_the_red_rule(line: str) -> None:
    """As Word and WPS users draw it."""
    contents = parts()
    contents[STYLES] = contents[STYLES].replace(papers.RED_RULE, "")
    drawn = paragraph("Normal").replace("</w:p>", f"<w:r><w:pict>{line}</w:pict></w:r></w:p>")
    number = paragraph("Number", "东管办〔2018〕92号")
    report = lint(changed(contents, DOCUMENT, number, number + drawn))
    assert report.elements["红色分隔线"] == "vml"
    assert "C26" in report.passed


def test_page_profile_b_is_recognised_or_asked_for() -> None:
    """GB/T 33476.2: 34.58 and 32.58 mm; asked for as A the same margins fail."""
    b = changed(
        parts(), DOCUMENT, 'w:top="2098" w:right="1474" w:bottom="1984"', 'w:top="1960" w:right="1474" w:bottom="1847"'
    )
    assert lint(b).profile == "B"
    assert "C13" in lint(b).passed
    assert "C13" in {finding.id for finding in lint(b, profile="A").findings}
    with pytest.raises(UsageError, match="没有页面方案“C”"):
        lint(b, profile="C")


def test_strict_files_are_read_as_the_others() -> None:
    """Word can save in the Strict namespaces."""
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    transitional = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    contents = {name: text.replace(transitional, strict) for name, text in parts().items()}
    assert not lint(packed(contents)).findings


def bomb() -> bytes:
    return packed({**parts(), "word/footnotes.xml": "<a>" + " " * (30 << 20) + "</a>"})


def entities() -> bytes:
    head = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return packed({**parts(), DOCUMENT: head + parts()[DOCUMENT].replace("经研究", "&e;")})


def laughs() -> bytes:
    levels = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 9))
    return packed({**parts(), DOCUMENT: f'<!DOCTYPE d [<!ENTITY e0 "ha">{levels}]><d>&e8;</d>'})


def deep() -> bytes:
    return packed({**parts(), DOCUMENT: "<a>" * 5000 + "</a>" * 5000})


def without_document() -> bytes:
    return packed({name: text for name, text in parts().items() if name != DOCUMENT})


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (bomb, "压缩炸弹"),
        (entities, "DOCTYPE"),
        (laughs, "不是完好的 XML|DOCTYPE"),
        (deep, "不是完好的 XML"),
        (without_document, "不是 Word 文档"),
        (lambda: packed({"xl/workbook.xml": "<workbook/>"}), "不是 Word 文档"),
        (lambda: b"", "损坏"),
        (lambda: b"hello", "损坏"),
        (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "旧版"),
        (lambda: packed(parts())[:-40], "损坏"),
        (lambda: packed({**parts(), DOCUMENT: f"<w:document {W}><w:body>"}), "不是完好的 XML"),
        (lambda: packed({**parts(), DOCUMENT: f"<w:hdr {W}/>"}), "不是 Word 文档"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_sentence(make: Callable[[], bytes], told: str) -> None:
    """Bombs, entities, other files and torn ones: refused before anything is believed."""
    with pytest.raises(UsageError, match=told):
        lint(make())


def test_names_that_differ_only_in_case_are_refused() -> None:
    """Two programs would read two different documents."""
    target = io.BytesIO(packed(parts()))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("WORD/document.xml", "<x/>")
    with pytest.raises(UsageError, match="损坏"):
        lint(target.getvalue())


def test_a_large_paper_is_checked_in_seconds() -> None:
    """300 rows of three cells are nothing; twenty thousand paragraphs are refused."""
    cell = f"<w:tc><w:tcPr/>{paragraph('Normal', '北关办事处')}</w:tc>"
    table = f"<w:tbl>{f'<w:tr>{cell * 3}</w:tr>' * 300}</w:tbl>"
    assert lint(packed({**parts(), DOCUMENT: f"<w:document {W}><w:body>{table}<w:p/></w:body></w:document>"})).findings
    many = "<w:p/>" * 20_001
    with pytest.raises(UsageError, match="超过 20000 段"):
        lint(packed({**parts(), DOCUMENT: f"<w:document {W}><w:body>{many}</w:body></w:document>"}))


def upward(*, name_font: str = "楷体_GB2312", row_break: str = "") -> bytes:
    """A 报告 with number and signer in the cells of a table without lines, as many offices set it."""
    name = f"<w:r><w:rPr>{papers.fonts(name_font)}</w:rPr><w:t>张三</w:t></w:r></w:p>"
    signer = paragraph("Normal", "签发人：", '<w:jc w:val="right"/>').replace("</w:p>", name)
    left = paragraph("Normal", "东管办〔2018〕92号", '<w:ind w:left="320"/>')
    cells = f"<w:tc><w:tcPr/>{left}</w:tc>{row_break}<w:tc><w:tcPr/>{signer}</w:tc>"
    grid = '<w:tblGrid><w:gridCol w:w="4422"/><w:gridCol w:w="4422"/></w:tblGrid>'
    table = f'<w:tbl><w:tblPr><w:tblW w:w="8844" w:type="dxa"/></w:tblPr>{grid}<w:tr>{cells}</w:tr></w:tbl>'
    rule = paragraph("Normal", "", f'{papers.RED_RULE}<w:spacing w:line="80" w:lineRule="exact"/>')
    number = paragraph("Number", "东管办〔2018〕92号")
    report = parts()
    report[DOCUMENT] = report[DOCUMENT].replace("提升工作的通知", "提升工作的报告")
    return changed(report, DOCUMENT, number, table + rule)


def test_a_signer_in_the_same_row_is_on_the_same_line() -> None:
    """7.2.6, in a table without lines; the table lays out and is not checked as one."""
    assert [finding.message for finding in lint(upward()).findings] == []
    assert {finding.variant for finding in lint(upward(name_font="仿宋_GB2312")).findings} == {"C31.name"}
    assert {finding.variant for finding in lint(upward(row_break="</w:tr><w:tr>")).findings} == {"C31.line"}


def test_deleted_and_hidden_words_are_not_read() -> None:
    """Tracked deletions and hidden text are not part of what is printed; insertions are."""
    run = "<w:r>{}<w:t>张某某{{{{</w:t></w:r></w:p>"
    closing = "请于2018年8月10日前将落实情况报送我办。</w:t></w:r></w:p>"
    for hidden in (
        "<w:del>" + run.format("").replace("w:t>", "w:delText>").replace("</w:p>", "</w:del></w:p>"),
        run.format("<w:rPr><w:vanish/></w:rPr>"),
    ):
        assert not lint(changed(parts(), DOCUMENT, closing, closing.replace("</w:p>", hidden))).findings
    inserted = "<w:ins>" + run.format('<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>').replace(
        "</w:p>", "</w:ins></w:p>"
    )
    report = lint(changed(parts(), DOCUMENT, closing, closing.replace("</w:p>", inserted)))
    assert {finding.id for finding in report.findings} == {"C02"}
