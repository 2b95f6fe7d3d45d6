"""What a clerk is told about a file that cannot be read: every text of this package that reaches a finding."""

from duban.core.errors import UnreadableReturnError

EMPTY = "文件是空的（0 字节），可能没有上传完整"
BLANK_TEXT = "文件里没有任何内容"
DAMAGED = "文件已损坏或没有上传完整，打不开"
PASSWORD = "文件设有打开密码，请先取消密码"  # noqa: S105 - a message, not a password
WEB_PAGE = "是网页文件改了扩展名，不是真正的 Excel 工作簿"
XML_TABLE = "是“XML 表格 2003”文件，不是 Excel 工作簿"
XML = "是 XML 文件，不是 Excel 工作簿"
WORD = "是 Word 文档，不是 Excel 工作簿"
SLIDES = "是演示文稿，不是 Excel 工作簿"
PDF = "是 PDF 文件，不是 Excel 工作簿"
PICTURE = "是图片，不是 Excel 工作簿"
COMPRESSED = "是压缩包，不是 Excel 工作簿，请先解压"
OTHER_OFFICE = "是其他 Office 文件，不是 Excel 工作簿"
UNKNOWN = "无法识别的文件，不是 Excel 工作簿（可能已损坏，或被加密软件处理过）"
NOT_A_TABLE = "是文本文件，里面没有表格"
ENCODING = "文字编码混乱（既不全是 UTF-8，也不全是 GB18030）"
ZERO_CHARACTERS = "文本中含有空字符（NUL），文件已损坏"
QUOTES = "文本表格中的引号不成对，或单个格子过长"
SUSPICIOUS_PARTS = "文件内部结构异常（内部文件重名或越界）"
ENTITIES = "文件内部含有不安全的声明（DOCTYPE）"
TOO_MANY_PARTS = "文件里的图片、附件等有 {count} 个，超过 {limit} 个"
TOO_BIG = "文件有 {size:.1f} MB，超过 {limit} MB"
UNPACKS_TOO_BIG = "文件解压后超过 {limit} MB"
BOMB = "文件解压后膨胀超过 {limit} 倍，不是正常的工作簿"
TOO_MANY_SHEETS = "有 {count} 张工作表，超过 {limit} 张"
TOO_MANY_ROWS = "工作表“{sheet}”有内容的行超过 {limit} 行"
TOO_WIDE = "工作表“{sheet}”中远离表格的地方（如 {cell}）还有成片的内容"
EXHAUSTED = "读取超时或占用内存过多，文件可能已损坏"


def unreadable(found: str, *, prose: bool = False) -> UnreadableReturnError:
    """The file is no readable workbook (F01)."""
    return UnreadableReturnError("F01", found, prose=prose)


def too_large(found: str) -> UnreadableReturnError:
    """The file is too large (F08)."""
    return UnreadableReturnError("F08", found)
