"""The declared table of checks (gb9704.md §7). Clauses are those of GB/T 9704-2012 where a bare number stands; 条例 is
the regulation of 2012 on the handling of official papers; 实务 is practice that no standard fixes.
"""

from collections.abc import Mapping

from duban.core.conformance import Need, Rule, Strength

_RULE, _USUAL, _ADVISED, _PRACTICE = Strength.RULE, Strength.USUAL, Strength.ADVISED, Strength.PRACTICE
_XML, _PDF, _INK, _FACTS = Need.XML, Need.PDF, Need.INK, Need.FACTS

RULES = (
    Rule("C01", "条例20", _RULE, "应有的文字都在", (_FACTS,)),
    Rule("C02", "条例20", _RULE, "没有遗留的模板标记和占位词", (_XML,)),
    Rule("C03", "ECMA-376", _RULE, "文件内部结构完好", (_XML,)),
    Rule("C04", "条例8、9(七)", _RULE, "标题以文种结尾", (_XML,)),
    Rule("C05", "条例16、17", _RULE, "发文机关有权发此文", (_FACTS,)),
    Rule("C06", "7.2.5", _RULE, "发文字号", (_XML, _FACTS)),
    Rule("C07", "7.3.5.4", _RULE, "成文日期的写法", (_XML, _FACTS)),
    Rule("C08", "7.3.2", _RULE, "主送机关", (_XML, _FACTS)),
    Rule("C09", "7.4.2", _RULE, "抄送机关", (_XML, _FACTS)),
    Rule("C10", "7.3.3", _RULE, "首页有正文", (_PDF,)),
    Rule("C11", "条例20", _RULE, "数字与台账重新计算的一致", (_FACTS,)),
    Rule("C12", "5.1", _RULE, "纸张为 A4", (_XML, _PDF)),
    Rule("C13", "5.2.1", _RULE, "天头、订口与页边", (_XML,)),
    Rule("C14", "5.2.1", _RULE, "版心尺寸", (_XML,)),
    Rule("C15", "5.2.3", _USUAL, "每面22行的行距", (_XML,)),
    Rule("C16", "5.2.3", _USUAL, "满页22行", (_PDF,)),
    Rule("C17", "5.2.3", _USUAL, "满行28字", (_PDF,)),
    Rule("C18", "5.2.2", _USUAL, "正文字体字号", (_XML,)),
    Rule("C19", "7.3.1", _RULE, "标题字体与居中", (_XML,)),
    Rule("C20", "7.3.3", _USUAL, "层次标题字体", (_XML,)),
    Rule("C21", "7.3.3", _USUAL, "层次序数", (_XML,)),
    Rule("C22", "7.3.3", _RULE, "每段左空二字", (_XML,)),
    Rule("C23", "7.2.4", _RULE, "发文机关标志", (_XML, _FACTS)),
    Rule("C24", "7.2.4", _RULE, "标志上边缘至版心上边缘35 mm", (_INK,)),
    Rule("C25", "7.2.5", _RULE, "发文字号在标志下空二行", (_XML,)),
    Rule("C26", "7.2.7", _RULE, "红色分隔线与版心等宽", (_XML, _INK)),
    Rule("C27", "7.2.7", _RULE, "分隔线在发文字号下4 mm", (_INK,)),
    Rule("C28", "7.3.1", _RULE, "标题在分隔线下空二行", (_XML,)),
    Rule("C29", "7.3.1", _USUAL, "标题的分行", (_XML,)),
    Rule("C30", "7.3.2", _RULE, "主送机关在标题下空一行、顶格", (_XML,)),
    Rule("C31", "7.2.6", _RULE, "签发人只在上行文中标注", (_XML,)),
    Rule("C32", "7.3.4", _RULE, "附件说明", (_XML,)),
    Rule("C33", "7.3.7", _RULE, "附件另面编排", (_XML,)),
    Rule("C34", "7.3.5.1", _RULE, "署名与成文日期的位置", (_XML, _FACTS)),
    Rule("C35", "7.3.5.1", _USUAL, "署名之上留有盖章的位置", (_XML,)),
    Rule("C36", "7.3.5.5", _RULE, "署名所在页有正文", (_XML, _PDF)),
    Rule("C37", "7.4.1", _RULE, "版记分隔线", (_XML,)),
    Rule("C38", "7.4.1", _RULE, "末条分隔线在版心下边缘", (_INK,)),
    Rule("C39", "7.4.2、7.4.3", _RULE, "版记的文字", (_XML,)),
    Rule("C40", "实务", _PRACTICE, "版记在双页", (_PDF,)),
    Rule("C41", "7.5", _RULE, "页码", (_XML,)),
    Rule("C42", "7.5", _USUAL, "一字线在版心下7 mm", (_INK,)),
    Rule("C43", "7.5", _RULE, "页码连续", (_PDF,)),
    Rule("C44", "10.1", _RULE, "信函格式", (_XML, _INK)),
    Rule("C45", "5.2.4", _RULE, "文字为黑色", (_XML,)),
    Rule("C46", "第9章", _USUAL, "标点符号", (_XML,)),
    Rule("C47", "第9章", _USUAL, "数字用法", (_XML,)),
    Rule("C48", "第9章", _USUAL, "标点不在行首行末", (_PDF,)),
    Rule("C49", "5.2.1", _RULE, "表格不出版心、能跨页", (_XML, _PDF)),
    Rule("C50", "第8章", _USUAL, "横排页", (_XML,)),
    Rule("C51", "5.2.2", _USUAL, "字体", (_XML, _PDF)),
    Rule("C52", "实务", _PRACTICE, "Word 的设置", (_XML,)),
    Rule("C53", "实务", _PRACTICE, "重新生成的文件逐字节相同", (_FACTS,)),
    Rule("C54", "实务", _PRACTICE, "文件属性", (_XML,)),
    Rule("C55", "条例24(三)", _RULE, "退回补正通知单写明理由", (_XML,)),
    Rule("C56", "实务", _PRACTICE, "督办、催办通知单的栏目", (_XML,)),
    Rule("C57", "实务", _PRACTICE, "简报的栏目", (_XML,)),
    Rule("C58", "实务", _PRACTICE, "通报批评只写事实", (_XML,)),
    Rule("C59", "个人信息保护法28", _RULE, "没有个人信息", (_XML,)),
    Rule("C60", "实务", _PRACTICE, "没有孤字和页末标题", (_PDF,)),
    Rule("C61", "实务", _PRACTICE, "在 Word、WPS 中及打印后目视检查", ()),
    Rule("C62", "条例20", _RULE, "内容、提法、措施、语气", ()),
)  # fmt: skip

RULE_OF: Mapping[str, Rule] = {rule.id: rule for rule in RULES}
