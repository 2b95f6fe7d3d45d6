"""Every text that duban itself writes into a marked workbook; titles and demands of findings come with the findings."""

from duban.core.findings import FindingClass

MARK = "【督办】"
"""How each of our comments begins, so that the next marking knows it from the office's own."""

AUTHOR = "督办"
COMMENT_HEAD = MARK + "{code} {name}：{title}"
COMMENT_FOUND = "填报：{found}"
COMMENT_EXPECTED = "要求：{expected}"
COMMENT_EXAMPLE = "示例：{example}"
COMMENT_REASON = "已说明：{reason}"

NAMES = {
    FindingClass.A: "必改",
    FindingClass.B: "需说明",
    FindingClass.C: "核实",
    FindingClass.D: "提示",
}
MEANINGS = {
    FindingClass.A: "不改正的，该行（或整个文件）不予采用。",
    FindingClass.B: "有误的请改正；属实的请写明原因。既未改正也未说明的，该行不予采用。",
    FindingClass.C: "已先行采用，请核实：有误的请改正，属实的请写明原因。",
    FindingClass.D: "系统已按所列办法处理，不影响采用，供下次填报参考。",
}
CHIP = "{letter}  {name}"
COUNT = "{count} 处"
SECTION = "{ordinal}、{name}（{letter} 类，{count} 处）"

TITLE = "补正清单"
OFFICE = "填报单位：{office}"
PERIOD = "报告期：截至{cutoff}"
RECEIVED = "收到时间：{received}"
FILE = "文件：{file}"
RETURN = "回执编号：{return_id}"
APART = "      "
ADVICE = "请点“位置”到标有颜色的单元格，按要求改正（批注中有说明和示例）。改完保存，将整个文件{deadline}重新报送。"
DEADLINE = "于{deadline}前"
EXPLAIN = "B 类、C 类情况属实的，在本表“说明”列写明原因（不少于 {shortest} 字），与填入《说明原因》同等有效。"
ASKED = "领导小组办公室此前要求修改以下内容，请一并改正："
ASK = "　　{ask}"
MACROS = "原文件中的宏已去除，本文件另存为 .xlsx。"
PICTURES = "原文件中的图片、控件未带入本文件，请以原文件为准。"
REBUILT = "原文件的格式无法直接标注，本文件按其内容重新生成，数值和位置与原文件一致。"

TOO_MANY = "共发现 {count} 处，本文件列出并标注其中最重要的 {listed} 处。"

COMMUNITY_TITLE = MARK + "{community}待核对问题"
COMMUNITY_ADVICE = "请社区核对，结果填在“社区反馈”列后交回办事处。由办事处在各表中改正，或在《补正清单》写明原因。"
COMMUNITY_HEADERS = ("序号", "规则代码", "位置", "小区编号", "填报内容", "问题与办法", "社区反馈")
COMMUNITIES = "各社区的问题另列在本表后面的 {count} 张表中，可转发社区核对。"
COMMUNITIES_LEFT_OUT = "还有 {count} 个社区没有单独列表，见本清单。"

PLACE = "《{sheet}》{cell}"
WHOLE_FILE = "本文件"
HEADERS = ("序号", "规则代码", "位置", "小区编号", "填报内容", "问题与办法", "说明")
PROBLEM = "{title}。{expected}。"
FOOTER = "第 &P 页，共 &N 页"
PROMPT_TITLE = "说明原因"
PROMPT = "情况属实的，请写明原因，不少于 {shortest} 字；已改正的不必填写。"
