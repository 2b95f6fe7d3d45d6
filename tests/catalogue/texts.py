"""B-47 … B-61: folders of .csv files and their encodings (faults.md §3.2)."""

from collections.abc import Callable

from catalogue.case import Sample, Send
from catalogue.making import WORK, csvs, folder, made, names_of
from catalogue.spoiling import ONE_ROW_LOST, UNREADABLE

TABLE = f"{WORK}.csv"


def in_encoding(encoding: str, separator: str = ",", name: str = "紫荆小区") -> Send:
    return folder(lambda code: csvs(made(code, work=[{"name": name}]), encoding, separator))


def separated_by(separator: str) -> Send:
    return folder(
        lambda code: {
            name: content.decode().replace(",", separator).encode() for name, content in csvs(made(code)).items()
        }
    )


def table(change: Callable[[str], str | bytes]) -> Send:
    """A good folder with the text of 工作台账 changed."""

    def files(code: str) -> dict[str, bytes]:
        whole = csvs(made(code))
        changed = change(whole[TABLE].decode())
        return whole | {TABLE: changed if isinstance(changed, bytes) else changed.encode()}

    return folder(files)


def line(number: int, change: Callable[[str], str]) -> Send:
    """A good folder with one line of 工作台账 changed, the header being line 1."""

    def changed(text: str) -> str:
        lines = text.split("\r\n")
        lines[number - 1] = change(lines[number - 1])
        return "\r\n".join(lines)

    return table(changed)


def half_and_half(text: str) -> bytes:
    first, second, *rest = text.split("\r\n")
    return b"\r\n".join([first.encode(), second.encode("gbk"), *(one.encode() for one in rest)])


SAMPLES = (
    Sample(47, "GBK", in_encoding("gbk")),
    Sample(47, "GB18030", in_encoding("gb18030")),
    Sample(
        48,
        "GB18030 with a character of Ext-B and an emoji",
        in_encoding("gb18030", name="𠮷祥里😀"),
        shows=names_of("𠮷祥里😀", "翠竹苑"),
    ),
    Sample(49, "UTF-8 with BOM", in_encoding("utf-8-sig"), shows=names_of("紫荆小区", "翠竹苑")),
    Sample(50, "UTF-16 with tabs, as Excel saves Unicode text", in_encoding("utf-16", "\t")),
    Sample(51, "half UTF-8, half GBK", table(half_and_half), **UNREADABLE),
    Sample(52, "NUL bytes", table(lambda text: text.replace("紫荆", "紫\0荆")), **UNREADABLE),
    Sample(53, "semicolons", separated_by(";")),
    Sample(53, "tabs", separated_by("\t")),
    Sample(53, "full-width commas", separated_by("，")),
    Sample(
        54,
        "one row with a field too many",
        line(2, lambda row: row.replace("紫荆小区", "紫荆,小区")),
        codes=("R03",),
        **ONE_ROW_LOST,
    ),
    Sample(55, "a comma at the end of every line", table(lambda text: text.replace("\r\n", ",\r\n"))),
    Sample(
        56,
        "a row that ends early",
        line(2, lambda row: ",".join(row.split(",")[:6])),
        codes=("R01", "R01", "R01", "C10"),
        **ONE_ROW_LOST,
        why="each required cell that is missing is told: 居民户数, 管理方式, 网格责任人",
    ),
    Sample(57, "a quote that is never closed", table(lambda text: text.replace("紫荆小区", '"紫荆小区')), **UNREADABLE),
    Sample(
        58,
        "a line break within quotes",
        table(lambda text: text.replace("紫荆小区", '"紫荆\n小区"')),
        shows=names_of("紫荆小区", "翠竹苑"),
    ),
    Sample(58, "lines that end with CR alone", table(lambda text: text.replace("\r\n", "\r"))),
    Sample(59, "a field of 6 MB", table(lambda text: text.replace("紫荆小区", "紫" * 2_000_000)), **UNREADABLE),
    Sample(60, "an empty file beside the others", table(lambda _: b""), **UNREADABLE),
    Sample(60, "a byte order mark and nothing else", table(lambda _: b"\xef\xbb\xbf"), **UNREADABLE),
    Sample(
        61,
        "an ANSI escape in a name",
        table(lambda text: text.replace("紫荆小区", "\x1b[31m紫荆小区")),
        codes=("R12",),
        **ONE_ROW_LOST,
        why="returns.md: a control character is R12",
    ),
    Sample(
        61,
        "a BEL in a remark",
        line(2, lambda row: row + "\a"),
        codes=("C11",),
        why="returns.md: the cell is dropped, the row stands",
    ),
)
