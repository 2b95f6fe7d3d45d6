"""What `duban verify` says: every check by its name, every defect as a sentence that names what is wrong and where."""

from duban.core.audit import Break

CHECKS = {
    "archive": "存档",
    "chain": "变更链",
    "states": "文书状态",
    "numbers": "编号登记",
    "files": "文书文件",
    "outbox": "送达登记",
    "rows": "行数",
    "templates": "模板",
    "settled": "已对账",
}
GONE = "存档中没有“{what}”的原件（SHA-256 {sha256}），请从备份恢复。"
DAMAGED = "存档中“{what}”的原件已损坏或被改动（SHA-256 应为 {sha256}），请从备份恢复。"
BREAKS = {
    Break.CHANGED: "变更记录第 {seq} 条的内容被改动。",
    Break.MISSING: "变更记录第 {seq} 条之前缺少记录。",
    Break.UNBOUND: "变更记录第 {seq} 条与上一条不衔接，前面的记录被改动或替换。",
    Break.CUT: "变更记录末尾与登记的终点（第 {seq} 条）不符，末尾的记录被删除或增添。",
}
NO_ENTRY = "第 {id} 号文书《{title}》的状态是“{state}”，变更记录中没有它的任何记录。"
OTHER_STATE = "第 {id} 号文书《{title}》登记为“{state}”，变更记录中最后是“{last}”。"
OTHER_DRAFT = "第 {id} 号文书《{title}》的草稿哈希与变更记录不符。"
OTHER_SIGNATURE = "第 {id} 号文书《{title}》的签发登记（签发人、时间、编号或签发件哈希）与变更记录不符。"
NO_SIGNATURE = "第 {id} 号文书《{title}》的变更记录中已签发，登记簿中没有签发登记。"
NO_PAPER = "变更记录第 {seq} 条所说的第 {id} 号文书不在登记簿中。"
GAP = "{series}漏号：缺第 {number} 号。"
COUNTER = "{series}的计数为 {last}，登记的最大编号是 {highest}。"
NUMBER_OF_ANOTHER = "{series}第 {number} 号登记给第 {id} 号文书，该文书上的编号是“{printed}”。"
UNREGISTERED_NUMBER = "第 {id} 号文书《{title}》的编号“{printed}”不在编号登记簿中。"
SERIES = "{issuer} {year} 年“{series}”"
NO_NUMBER = "无"
FILE_GONE = "第 {id} 号文书《{title}》的文件“{path}”不见了{remedy}"
FILE_CHANGED = "第 {id} 号文书《{title}》的文件“{path}”与登记的哈希不符，已被改动{remedy}"
REMEDY_SIGNED = "；存档中有原件，移走改动的文件后重新执行 duban sign {id} --as 签发人 即可补回。"
REMEDY_DRAFT = "，请重新执行起草它的任务或从备份恢复。"
STRAY = "文件“{path}”是签发件的名称，登记簿中没有它；如刚恢复过数据库，编号可能重复，请先核对再签发。"
NOTHING_OWED = "第 {id} 号文书《{title}》已签发，没有登记应送达的单位。"
NOT_ALL_SENT = "第 {id} 号文书《{title}》登记为“{state}”，但{names}没有送达。"
ALL_SENT = "第 {id} 号文书《{title}》已全部送达，仍登记为“{state}”。"
ROWS = "第 {id} 份报表的行数不符：登记 {stated}，实有 {found}。"
ROW_COUNTS = "读入 {read}、采用 {accepted}、退回 {rejected}、略过 {ignored}"
TEMPLATE_CHANGED = (
    "模板 templates/{kind}.docx 在拟出第 {first}–{last} 号之间的 {count} 份文书后有改动"
    "（最近一份所用的 SHA-256 为 {sha256}）；"
    "已签发的文书不受影响，今后的文书按新模板拟。如非有意改动，请从安装包恢复该模板。"
)
TEMPLATE_GONE = (
    "模板 templates/{kind}.docx 不见了，第 {first}–{last} 号之间有 {count} 份文书由它拟出（SHA-256 {sha256}）；"
    "请从安装包恢复，否则不能再拟这类文书。"
)
SETTLED = "“{path}”（{number}）由恢复前的数据库签发，已经对账，编号不再使用；原件仍在文书目录和存档中。"
WARNED = "另有 {warnings} 项请留意："
SEEN = "已核验：存档 {archived} 件、变更记录 {entries} 条、编号 {numbers} 个、文书 {papers} 份、报表 {returns} 份。"
SOUND = "没有发现问题。"
UNSOUND = "发现 {defects} 个问题："
END = "变更链终点：第 {entries} 条，{digest}（请另行抄存，下次核对）。"
