"""One thing changed in a conforming paper, and the checks that must notice: the one it is meant for, and those that
look at the same thing from another side (`also`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from duban.core.conformance import LintFacts
from duban.core.papers import PaperKind
from fakes import gb9704_documents as papers
from fakes.gb9704_documents import (
    CORE,
    DOCUMENT,
    EVEN,
    ODD,
    OFFICE,
    PROSE,
    RED_RULE,
    SETTINGS,
    STYLES,
    fonts,
    paragraph,
)


@dataclass(frozen=True, slots=True)
class Base:
    """A conforming paper."""

    name: str
    parts: Callable[[], Mapping[str, str]]
    kind: PaperKind | None = None


NOTICE = Base("通知", papers.parts)
LETTER = Base("信函", papers.letter_parts)
URGING = Base("催办通知单", papers.urging_parts, PaperKind.URGE)
SLIP = Base("退回补正通知单", papers.slip_parts, PaperKind.RETURN_SLIP)
BULLETIN = Base("简报", papers.bulletin_parts, PaperKind.WEEKLY_REPORT)
CRITICISM = Base("通报", papers.parts, PaperKind.CRITICISM)
BASES = (NOTICE, LETTER, URGING, SLIP, BULLETIN, CRITICISM)


@dataclass(frozen=True, slots=True)
class Mutation:
    """`old` of one part becomes `new`, once or everywhere; then `check`, and only those in `also`, must fail."""

    check: str
    what: str
    part: str
    old: str
    new: str
    also: tuple[str, ...] = ()
    base: Base = NOTICE
    once: bool = False
    facts: LintFacts | None = None
    """What is known beside the file; the paper as it was agrees with it."""

    def applied(self) -> bytes:
        return papers.changed(self.base.parts(), self.part, self.old, self.new, 1 if self.once else -1)

    @property
    def expected(self) -> set[str]:
        return {self.check, *self.also}


def text(check: str, what: str, old: str, new: str, *also: str, base: Base = NOTICE) -> Mutation:
    """Other words, wherever the old ones stand."""
    return Mutation(check, what, DOCUMENT, old, new, also, base)


def once(check: str, what: str, old: str, new: str, *also: str, base: Base = NOTICE) -> Mutation:
    """The same, only the first time."""
    return Mutation(check, what, DOCUMENT, old, new, also, base, once=True)


def style(check: str, what: str, key: str, change: tuple[str, str], *also: str, base: Base = NOTICE) -> Mutation:
    """One style changed."""
    was = papers.style(key)
    assert change[0] in was, (key, change)
    return Mutation(check, what, STYLES, was, was.replace(*change), also, base)


def run(check: str, what: str, properties: str, *also: str) -> Mutation:
    """The first words of the text in another look."""
    was, face = f"{_RUN}{_WORDS}", '<w:rFonts w:hint="eastAsia"/>'
    looks = was.replace(face, properties) if "rFonts" in properties else was.replace(face, face + properties)
    return Mutation(check, what, DOCUMENT, was, looks, also, once=True)


_RUN = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">'
_WORDS = PROSE[:3]
_NUMBER = "东管办〔2018〕92号"
_TITLE = "关于做好住宅小区管理提升工作的通知"
_TO = "南门办事处，北关办事处，各有关单位："
_DATED = ">2018年7月19日<"
_PRINTED = "2018年7月19日印发"
_BLANK = paragraph("Normal")
_FIRST, _SECOND = paragraph("Listed", "附件：1.任务分解表"), paragraph("Label", "附件1")
_NO_INDENT = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
_BODY = '<w:pStyle w:val="Body"/>'
_SIGNER = f"{_NUMBER}</w:t></w:r><w:r><w:tab/></w:r>{_RUN}签发人：张三"
_EXACT = '<w:spacing w:before="0" w:after="0" w:line="579" w:lineRule="exact"/>'
_SERVED = paragraph("Foot", "抄送：区督查室。") + paragraph("Foot", papers.PRINTED)
_THICK = 'w:line="20" w:lineRule="exact"/><w:ind w:leftChars="0"'

WORDS = (
    once("C02", "正文留有 {{ name }}", _WORDS, "{{ name }}"),
    Mutation("C02", "文件属性留有 None", CORE, "<dc:title>通知", "<dc:title>None"),
    text("C02", "发文字号为〔待编〕号", _NUMBER, "东管办〔2018〕〔待编〕号", "C06"),
    text("C04", "标题以“实施方案”结尾", _TITLE, "关于住宅小区管理提升的实施方案"),
    text("C06", "年份用方括号 [2018]", _NUMBER, "东管办[2018]92号"),
    text("C06", "序号编虚位", _NUMBER, "东管办〔2018〕092号"),
    text("C06", "序号加“第”", _NUMBER, "东管办〔2018〕第92号"),
    text("C06", "年份不是成文日期的年份", _NUMBER, "东管办〔2017〕92号"),
    once("C07", "月份编虚位 2018年08月", _DATED, ">2018年08月19日<", "C47"),
    once("C07", "没有这一天", _DATED, ">2018年6月31日<"),
    once("C07", "汉字日期", _DATED, ">二〇一八年七月十九日<", "C34", "C51"),
    text("C08", "主送机关后用半角冒号", "各有关单位：", "各有关单位:", "C46"),
    text("C09", "抄送机关后没有句号", "区教文体局。", "区教文体局"),
    text("C09", "用“抄报”", "抄送：", "抄报："),
    text("C09", "既主送又抄送", "区教文体局。", "北关办事处。"),
    text("C21", "二级序数用半角括号", "（一）摸清底数", "(一)摸清底数", "C46"),
    text("C21", "一级序数跳号", "二、主要任务", "三、主要任务"),
    text("C31", "通知标注签发人", _NUMBER, _SIGNER),
    text("C31", "报告没有签发人", _TITLE, "关于住宅小区管理提升工作的报告"),
    text("C32", "附件名称后有句号", "附件：1.任务分解表", "附件：1.任务分解表。", "C33"),
    text("C32", "附件序号用顿号", "附件：1.任务分解表", "附件：1、任务分解表"),
    text("C33", "附件标题与附件说明不一致", paragraph("Title", "任务分解表"), paragraph("Title", "任务分工表")),
    text("C36", "写“此页无正文”", "材料加盖公章后报送。", "（此页无正文）"),
    text("C39", "印发日期编虚位", _PRINTED, "2018年07月19日印发", "C47"),
    text("C39", "印发日期早于成文日期", _PRINTED, "2018年7月18日印发"),
    text("C39", "印发日期后没有“印发”", _PRINTED, "2018年7月19日"),
    once("C46", "汉字间用半角逗号", "工作，切实", "工作,切实"),
    once("C46", "引号不成对", _WORDS, "“为进一步"),
    once("C46", "省略号用句点", "切实改善", "切实...改善"),
    once("C47", "两位年份", _WORDS, "18年7月以来，"),
    once("C47", "百分数范围省略百分号", _WORDS, "30—40%的小区"),
    once("C47", "全角数字", _WORDS, "３个单位"),
    once("C47", "汉字与数字之间有空格", _WORDS, "利用 3 年时间"),
    once("C47", "写“今天”", _WORDS, "今天起，"),
    once("C51", "用了字体中没有的〇", _WORDS, "〇号"),
    text("C55", "没有联系人", "联系人", "另", base=SLIP),
    text("C55", "没有规则代码", "R03", "三", base=SLIP),
    text("C56", "没有依据", "依据", "说明", base=URGING),
    text("C56", "没有联系人", "联系人", "另", base=URGING),
    text("C57", "没有期号", "第3期", "之三", base=BULLETIN),
    text("C57", "没有报、送、发", "报：领导小组组长。", "领导小组组长。", base=BULLETIN),
    once("C58", "写“敷衍了事”", _WORDS, "敷衍了事", base=CRITICISM),
    once("C59", "印有身份证号", _WORDS, "410103197001011234"),
    once("C59", "印有手机号", _WORDS, "13812345678"),
)

PAGE = (
    text("C12", "纸张为 Letter", 'w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"', "C14", "C26"),
    text("C13", "天头 35 mm", 'w:top="2098"', 'w:top="1984"', "C14"),
    text("C13", "天头 36.6 mm（国标误差之内，本方案之外）", 'w:top="2098"', 'w:top="2075"'),
    text("C13", "订口 25 mm", 'w:left="1587"', 'w:left="1417"', "C14", "C26"),
    text("C14", "下边距 30 mm", 'w:bottom="1984"', 'w:bottom="1701"', "C13"),
    style("C15", "行距 29 磅", "Normal", ('w:line="579"', 'w:line="580"')),
    style("C15", "1.5 倍行距", "Normal", (_EXACT, '<w:spacing w:line="360"/>')),
    text("C15", "没有文档网格", 'w:type="lines" ', ""),
    style("C41", "页码居中", "OddPage", ('<w:ind w:right="280"/><w:jc w:val="right"/>', '<w:jc w:val="center"/>')),
    style("C41", "页码顶到边", "EvenPage", ('<w:ind w:left="280"/>', "")),
    style("C41", "页码10.5磅", "EvenPage", ('<w:sz w:val="28"/>', '<w:sz w:val="21"/>')),
    Mutation("C41", "页码没有一字线", ODD, "— ", ""),
    Mutation("C41", "页码用连字符", EVEN, "—", "-"),
    Mutation("C41", "页码不区分单双页", SETTINGS, "<w:evenAndOddHeaders/>", ""),
    Mutation("C41", "页码不是域", ODD, " PAGE ", " DATE "),
    text("C50", "有横排的一节", "<w:body>", f"<w:body><w:p><w:pPr>{papers.LANDSCAPE}</w:pPr></w:p>"),
    Mutation("C52", "兼容模式14", SETTINGS, 'w:val="15"', 'w:val="14"'),
    Mutation("C52", "标点压缩", SETTINGS, "doNotCompress", "compressPunctuation"),
)

TYPE = (
    style("C18", "正文用宋体", "Body", (fonts("仿宋_GB2312"), fonts("宋体"))),
    run("C18", "正文一处加粗", "<w:b/>"),
    run("C18", "正文一处14磅", '<w:sz w:val="28"/>'),
    run("C18", "正文一处用主题字体", '<w:rFonts w:eastAsiaTheme="minorEastAsia"/>', "C51", "C52"),
    style("C19", "标题用黑体", "Title", (fonts("方正小标宋简体"), fonts("黑体"))),
    style("C19", "标题加粗", "Title", ('<w:spacing w:val="0"/>', '<w:b/><w:spacing w:val="0"/>')),
    style("C19", "标题18磅", "Title", ('<w:sz w:val="44"/>', '<w:sz w:val="36"/>')),
    style("C19", "标题居左", "Title", ('<w:jc w:val="center"/>', '<w:jc w:val="left"/>'), "C33"),
    style("C20", "一级标题加粗", "First", ('<w:sz w:val="32"/>', '<w:b/><w:sz w:val="32"/>')),
    style("C20", "二级标题用黑体", "Second", (fonts("楷体_GB2312"), fonts("黑体"))),
    style("C39", "版记用3号字", "Foot", ('<w:sz w:val="28"/>', '<w:sz w:val="32"/>')),
    run("C45", "正文一处蓝字", '<w:color w:val="0000FF"/>'),
    run("C45", "正文一处红字", '<w:color w:val="FF0000"/>'),
    run("C45", "正文一处突出显示", '<w:highlight w:val="yellow"/>'),
    text("C45", "版记分隔线为红色", 'w:fill="000000"', 'w:fill="FF0000"'),
    style("C51", "表格用微软雅黑", "Cell", (fonts("仿宋_GB2312"), fonts("微软雅黑"))),
)

PLACE = (
    once("C22", "正文不缩进", _BODY, _BODY + _NO_INDENT),
    once("C22", "正文用空格缩进", f"{_BODY}</w:pPr>{_RUN}", f"{_BODY}{_NO_INDENT}</w:pPr>{_RUN}　　"),
    style("C23", "标志居左", "Mark", ('<w:jc w:val="center"/>', '<w:jc w:val="left"/>')),
    style("C23", "标志为黑色", "Mark", ('<w:color w:val="FF0000"/>', "")),
    style("C23", "标志太宽", "Mark", ('<w:sz w:val="72"/>', '<w:sz w:val="90"/>')),
    once("C25", "标志与发文字号之间空一行", _BLANK + _BLANK, _BLANK),
    style("C26", "分隔线为黑色", "Number", ('w:color="FF0000"', 'w:color="000000"')),
    text("C26", "分隔线短 10 mm", '<w:pStyle w:val="Number"/>', '<w:pStyle w:val="Number"/><w:ind w:left="600"/>'),
    style("C26", "没有分隔线", "Number", (RED_RULE, "")),
    text("C28", "分隔线与标题之间空三行", paragraph("Title", OFFICE), _BLANK + paragraph("Title", OFFICE)),
    text("C29", "标题回行把词拆开", "小区管理提升工作的通知", "小区管理提升工作</w:t><w:br/><w:t>的通知"),
    text("C29", "标题一行超宽", _TITLE, "关于做好东区住宅小区物业服务和综合管理提升工作的通知"),
    once("C30", "主送机关与标题之间不空行", _BLANK + paragraph("Normal", _TO), paragraph("Normal", _TO)),
    text("C30", "主送机关缩进", paragraph("Normal", _TO), paragraph("Body", _TO)),
    text("C32", "附件说明与正文之间不空行", _BLANK + _FIRST, _FIRST),
    style("C33", "附件不另面", "Label", ("<w:pageBreakBefore/>", "")),
    text("C33", "“附件”用仿宋", _SECOND, paragraph("Normal", "附件1", "<w:pageBreakBefore/>")),
    text("C33", "附件标题在第二行", _BLANK + paragraph("Title", "报送要求"), paragraph("Title", "报送要求")),
    style("C34", "成文日期右空二字", "Dated", ('w:rightChars="400" w:right="1280"', 'w:right="640"')),
    style("C34", "署名不以成文日期居中", "Signed", ('w:rightChars="288" w:right="920"', 'w:right="0"')),
    text("C35", "署名与正文之间不空行", _BLANK + _BLANK + paragraph("Signed", OFFICE), paragraph("Signed", OFFICE)),
    text("C37", "版记首条、末条用细线", _THICK, _THICK.replace("20", "12")),
    text("C37", "版记没有分隔线", ' w:fill="000000"', ' w:fill="auto"'),
    text("C37", "版记分隔线不到版心宽", '<w:framePr w:w="8844"', '<w:framePr w:w="8000"'),
    style("C39", "版记顶格", "Foot", ('w:hangingChars="300" w:hanging="840"', 'w:hangingChars="400" w:hanging="1120"')),
    text("C44", "信函首页有页码", "<w:titlePg/>", "", base=LETTER),
    text("C44", "信函红线 156 mm", '<w:framePr w:w="9638"', '<w:framePr w:w="8844"', base=LETTER),
    text("C44", "信函版记有印发日期", "<w:sectPr>", _SERVED + "<w:sectPr>", base=LETTER),
    text("C49", "表格宽 170 mm", '<w:tblW w:w="8844"', '<w:tblW w:w="9638"'),
    text("C49", "表头不重复", "<w:tblHeader/>", ""),
    text("C49", "行可跨页断开", "<w:cantSplit/>", ""),
    text("C49", "列宽随内容变动", '<w:tblLayout w:type="fixed"/>', ""),
)

FILE = (
    once("C03", "段落属性次序颠倒", f"{_BODY}</w:pPr>", f'<w:jc w:val="both"/>{_BODY}</w:pPr>'),
    text("C03", "以表格结尾", f"{papers.SECTION}</w:body>", f"<w:tbl/>{papers.SECTION}</w:body>"),
    Mutation("C03", "引用不存在的部件", "word/_rels/document.xml.rels", "footer3.xml", "footer9.xml"),
    Mutation("C54", "作者为 python-docx", CORE, f"<dc:creator>{OFFICE}", "<dc:creator>python-docx"),
    Mutation("C54", "没有标题", CORE, "<dc:title>通知</dc:title>", ""),
    Mutation("C54", "标题双重转义", CORE, "<dc:title>通知", "<dc:title>甲&amp;amp;乙"),
)

IN_THE_FILE = (*FILE, *PAGE, *WORDS, *TYPE, *PLACE)

_RULE = 'w:sz="12" w:space="7" w:color="FF0000"'
_SQUEEZED = '<w:spacing w:val="-6"/>'
_ORPHAN = paragraph("Body", PROSE[:26].replace("，", "的") + "新")

ON_THE_PAGES = (
    text("C10", "首页排不下正文", paragraph("Normal", _TO), _BLANK * 8 + paragraph("Normal", _TO), "C30", "C36"),
    text("C12", "纸张为 Letter", 'w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"', "C14", "C17", base=LETTER),
    style("C16", "行距 29 磅", "Normal", ('w:line="579"', 'w:line="580"'), "C15"),
    style("C17", "字距加宽", "Normal", (_SQUEEZED, '<w:spacing w:val="20"/>'), "C48", base=LETTER),
    text("C24", "标志上边缘在 31 mm 处", 'w:line="1990"', 'w:line="1763"'),
    text(
        "C26",
        "分隔线左移 6 mm",
        '<w:pStyle w:val="Number"/>',
        '<w:pStyle w:val="Number"/><w:ind w:left="-340" w:right="340"/>',
    ),
    style("C27", "分隔线在发文字号下 8 mm", "Number", (_RULE, _RULE.replace('"7"', '"19"'))),
    style("C36", "署名和成文日期单独在一面", "Signed", ("<w:keepNext/>", "<w:keepNext/><w:pageBreakBefore/>")),
    text("C38", "版记不在页底", 'w:yAlign="bottom"', 'w:y="9000"'),
    text("C42", "页码太低", 'w:footer="1425"', 'w:footer="1000"'),
    text("C43", "页码从 3 起", "<w:docGrid", '<w:pgNumType w:start="3"/><w:docGrid'),
    text("C44", "信函标志太低", 'w:y="1716"', 'w:y="1900"', base=LETTER),
    text(
        "C44",
        "信函双线粗细颠倒",
        'w:sz="18" w:space="0" w:color="FF0000"/><w:bottom w:val="single" w:sz="6"',
        'w:sz="6" w:space="0" w:color="FF0000"/><w:bottom w:val="single" w:sz="18"',
        base=LETTER,
    ),
    style("C48", "压缩字距使行末标点丢失", "Normal", (_SQUEEZED, '<w:spacing w:val="-5"/>')),
    text(
        "C49",
        "表格右移出版心",
        '<w:jc w:val="center"/><w:tblBorders>',
        '<w:tblInd w:w="900" w:type="dxa"/><w:tblBorders>',
    ),
    once("C51", "字体里没有的符号", _WORDS, "为✈步"),
    text("C60", "段末一行只有一字", paragraph("Normal") + _FIRST, _ORPHAN + paragraph("Normal") + _FIRST),
)

_ASKED = "请于2018年8月10日前将落实情况报送我办。"

AGAINST_FACTS = (
    Mutation("C01", "一句应有的话没有印出", DOCUMENT, _ASKED, "请及时报送落实情况。", facts=LintFacts(texts=(_ASKED,))),
    Mutation(
        "C05",
        "由无权发文的机关发文",
        DOCUMENT,
        OFFICE,
        OFFICE.replace("东", "西"),
        ("C23", "C34"),
        facts=LintFacts(issuers=(OFFICE,)),
    ),
    Mutation("C11", "数字与台账不同", DOCUMENT, "8月10日", "8月12日", facts=LintFacts(figures=("10",))),
    Mutation(
        "C53", "印出后改过一字", DOCUMENT, _ASKED, f"务{_ASKED}", facts=LintFacts(rebuilt=papers.packed(papers.parts()))
    ),
)
"""Faults that only show beside what is known; each against its own facts."""

ODD_PAGES = text("C40", "多出一页", paragraph("Label", "附件1"), _BLANK * 22 + paragraph("Label", "附件1"))
"""Wants a paper that is printed on both sides."""
