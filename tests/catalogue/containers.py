"""B-1 … B-46: what arrives as a file (faults.md §3.1)."""

import io
from collections.abc import Callable, Mapping
from datetime import date

from catalogue.case import Outcome, Sample
from catalogue.making import (
    STRINGS,
    WORK,
    WORK_PART,
    csvs,
    edited,
    good,
    made,
    names_of,
    ods,
    sends,
    sends_book,
    spoiled,
    tweaked,
    xls,
    xlsb,
    xlsx,
)
from catalogue.spoiling import (
    LAUGHS,
    NOTHING,
    ONE_ROW_LOST,
    PICTURE,
    TOO_LARGE,
    UNREADABLE,
    backslashes,
    blank_rows,
    bomb,
    chart_only,
    declared,
    dimension,
    encrypted_ole2,
    encrypted_zip,
    external,
    half,
    html,
    in_name,
    many_columns,
    many_sheets,
    only,
    paths,
    phonetic,
    pictures,
    prefixed,
    rich,
    row_bomb,
    spreadsheetml,
    strict,
    string_index,
    things,
    twice,
    unfinished,
    unstyled,
    with_cell,
    with_macros,
    without_part,
    wrong_checksum,
)
from duban.core.sheets import RawBook

NAMES: Mapping[str, str | bytes] = {
    "a line break": "周报\n2.xlsx",
    "a mark that turns the direction": "a\u202excod.xlsx",
    "a dash in front": "-rf.xlsx",
    "accents apart from their letters (NFD)": "Re\u0301sume\u0301.xlsx",
    "255 bytes": "b" * 250 + ".xlsx",
    "a dot at its end": "周报.xlsx.",
    "bytes in GBK": "周报.xlsx".encode("gbk"),
}


def named(name: str) -> Callable[[Outcome], bool]:
    """Whether the only return has this name, untouched."""
    return lambda outcome: paths(outcome) == [name]


NO_SUCH_NAMES = "no file system here takes NUL, a slash or 300 bytes"
HOSTILE = ("{{ conn.x.password }}.xlsx", "{% for %}.xlsx", "$(id).xlsx", "`id`.xlsx", "%(x)s{x}.xlsx")


def one_return(outcome: Outcome) -> bool:
    return len(outcome.records) == 1


SAMPLES = (
    Sample(1, "a file of 0 bytes", sends(lambda _: b""), **UNREADABLE),
    Sample(2, "a zip cut off in the middle", sends(half), **UNREADABLE),
    Sample(2, "a zip without its last 10 bytes", sends(lambda code: xlsx(made(code))[:-10]), **UNREADABLE),
    Sample(3, "a flipped byte in a part that no table needs", sends(wrong_checksum), **UNREADABLE),
    Sample(4, "a password: OLE2 with EncryptedPackage", sends(encrypted_ole2), **UNREADABLE),
    Sample(4, "a password: an encrypted zip", sends(encrypted_zip), **UNREADABLE),
    Sample(5, "an .xlsx called .xls", good("周报.xls")),
    Sample(5, "an .xls called .xlsx", sends_book(made, xls)),
    Sample(6, "an HTML table called .xls", sends(html, "周报.xls"), **UNREADABLE),
    Sample(7, "SpreadsheetML 2003 called .xls", sends(spreadsheetml, "周报.xls"), **UNREADABLE),
    Sample(
        8,
        "a .csv in GBK called .xls",
        sends(lambda code: csvs(made(code), "gbk")[f"{WORK}.csv"], "周报.xls"),
        fates=("returned",),
        codes=("F02",),
        rows=(0, 2),
        why="a .csv has no cover: it is a return only in a folder of its week; the finding says so",
    ),
    Sample(9, "a real BIFF8 .xls with Chinese", sends_book(made, xls, "周报.xls")),
    Sample(10, "an .xls cut off in the middle", sends(lambda code: xls(made(code))[:4000], "周报.xls"), **UNREADABLE),
    Sample(11, "an .xlsm with macros", sends(with_macros, "周报.xlsm"), why="returns.md: macros are never run"),
    Sample(11, "the same called .xlsx", sends(with_macros), why="returns.md: macros are never run"),
    Sample(12, "an .xlsb", sends_book(made, xlsb, "周报.xlsb"), why="returns.md accepts the container"),
    Sample(12, "an .ods", sends_book(made, ods, "周报.ods"), why="returns.md accepts the container"),
    Sample(12, "BIFF8 called .et, as WPS saves it", sends_book(made, xls, "周报.et"), why="read as the .xls it is"),
    Sample(13, "a zip bomb: 300 MB in one string", sends(bomb), **TOO_LARGE),
    Sample(14, "a row bomb: 20 million cells", spoiled(row_bomb), **TOO_LARGE),
    Sample(15, "a value at XFD1048576", with_cell("XFD1048576"), why="a lone value far from the table is left out"),
    Sample(16, "a value at ZZ200000", with_cell("ZZ200000"), why="a lone value far from the table is left out"),
    Sample(17, "a value at A1048576", with_cell("A1048576"), why="a lone value far from the table is left out"),
    Sample(18, "a million blank styled rows", spoiled(blank_rows)),
    Sample(19, "<dimension> says A1:XFD1048576", dimension("A1:XFD1048576")),
    Sample(20, "<dimension> says A1:A1", dimension("A1:A1")),
    Sample(21, "billion laughs in the shared strings", declared(LAUGHS, use="&l9;"), **UNREADABLE),
    Sample(21, "billion laughs in a sheet", declared(LAUGHS, part=WORK_PART), **UNREADABLE),
    Sample(22, "quadratic blow-up", declared(f'<!ENTITY a "{"A" * 50_000}">', use="&a;" * 5_000), **UNREADABLE),
    Sample(23, "XXE on a local file", declared('<!ENTITY a SYSTEM "file:///etc/hostname">'), **UNREADABLE),
    Sample(
        24,
        "a raw BEL in the shared strings",
        in_name("紫荆\x07小区"),
        codes=("R12", "R12"),
        **ONE_ROW_LOST,
        why="R12: returns.md asks for the row, not for the file",
    ),
    Sample(
        24,
        "a raw NUL in the shared strings",
        in_name("紫荆\0小区"),
        codes=("R12", "R12"),
        **ONE_ROW_LOST,
        why="R12: returns.md asks for the row, not for the file",
    ),
    Sample(
        25,
        "_x0007_ in a name",
        in_name("紫荆_x0007_小区"),
        codes=("R12", "R12"),
        **ONE_ROW_LOST,
        why="the control character that it stands for is R12",
    ),
    Sample(25, "_x000D_ in a name", in_name("紫荆_x000D_小区"), shows=names_of("紫荆小区", "翠竹苑")),
    Sample(
        26,
        "shared strings in GBK bytes",
        spoiled(lambda parts: parts.update({STRINGS: parts[STRINGS].decode().encode("gbk")})),
        **UNREADABLE,
    ),
    Sample(27, "no sharedStrings.xml", without_part(STRINGS), **UNREADABLE),
    Sample(28, "a string index out of range", string_index("999999"), **UNREADABLE),
    Sample(29, "the string index -1", string_index("-1"), **UNREADABLE),
    Sample(30, "two entries of one name in the zip", sends(twice), **UNREADABLE),
    Sample(31, "entries named with backslashes", sends(backslashes)),
    Sample(32, "the namespaces of Strict OOXML", spoiled(strict)),
    Sample(33, "elements with a prefix", spoiled(prefixed)),
    Sample(
        34,
        "no styles.xml: dates are serials",
        spoiled(unstyled, lambda code: made(code, activities=[{"held_on": date(2018, 9, 3)}])),
        hints=("D01",),
    ),
    Sample(
        35,
        "an entry named ../../x",
        spoiled(lambda parts: parts.update({"../../x": b"x"})),
        **UNREADABLE,
    ),
    Sample(36, "a link to another workbook, with its last value", spoiled(external)),
    Sample(
        37,
        "an empty workbook",
        only(lambda file, _: file.add_worksheet()),
        fates=("returned",),
        codes=("F02", "F02"),
        rows=NOTHING,
    ),
    Sample(
        37,
        "a workbook with a picture and nothing else",
        only(lambda file, _: file.add_worksheet().insert_image("A1", "a.png", {"image_data": io.BytesIO(PICTURE)})),
        fates=("returned",),
        codes=("F02", "F02"),
        rows=NOTHING,
    ),
    Sample(
        37,
        "a workbook with a chart sheet and nothing else",
        only(chart_only),
        fates=("returned",),
        codes=("F02", "F02"),
        rows=NOTHING,
    ),
    Sample(
        38,
        "headers without a row",
        sends_book(
            lambda code: RawBook(
                "xlsx",
                tuple(one if one.name == "封面" else type(one)(one.name, one.rows[:1]) for one in made(code).sheets),
            )
        ),
        fates=("returned",),
        codes=("F09",),
        rows=NOTHING,
    ),
    Sample(39, "500 sheets", tweaked(many_sheets), **TOO_LARGE),
    Sample(39, "16 384 columns", tweaked(many_columns), **TOO_LARGE),
    Sample(40, "a name of 5 million characters", in_name("A" * 5_000_000), codes=("R12",), **ONE_ROW_LOST),
    Sample(41, "a column of WPS pictures (DISPIMG)", pictures(), hints=("D02",)),
    Sample(
        42,
        "rich text and phonetic runs",
        sends(lambda code: edited(xlsx(made(code), rich), phonetic)),
        shows=names_of("紫荆小区", "翠竹苑"),
    ),
    Sample(
        43,
        "a pipe, a directory and a link named .xlsx",
        good(),
        put=things,
        shows=lambda outcome: paths(outcome) == ["周报.xlsx"],
    ),
    Sample(44, "lock files, .DS_Store, *.part, Thumbs.db", unfinished, fates=()),
    *(
        Sample(45, f"a name with {what}", good(name), shows=one_return, why=NO_SUCH_NAMES if "255" in what else "")
        for what, name in NAMES.items()
    ),
    *(Sample(46, f"the name {name}", good(name), shows=named(name)) for name in HOSTILE),
)
