"""The text of an issued 公文 as a copy gives it, told apart into the elements of GB/T 9704-2012 by its own marks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from duban.core.errors import UsageError
from duban.core.typography import normalised, rejoined

_NUMBER = re.compile(r".+〔\d{4}〕\d+号")
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_LEVEL_1 = re.compile(r"[一二三四五六七八九十]+、[^。]*")
_LEVEL_2 = re.compile(r"(（[一二三四五六七八九十]+）[^。]*。?)(.*)")
_FILE = "文件"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a text: `level` 1 一、, 2 （一） or 0; `heading` is set as a heading, `text` follows it."""

    level: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class IssuedText:
    """A 公文 that issues another text: both in paragraphs. `mark` is the 发文机关标志, `issuer` it without 文件."""

    mark: str
    number: str
    title: tuple[str, ...]
    addressee: str
    body: tuple[Paragraph, ...]
    dated: str
    attached_title: str
    attached: tuple[Paragraph, ...]

    @property
    def issuer(self) -> str:
        return self.mark.removesuffix(_FILE)


def read_issued_text(copy: str) -> IssuedText:
    """The elements of a copied text, its typography normalised; the spaces in its title part the title's lines.

    Raises UsageError where number or date cannot be found.
    """
    paragraphs = rejoined(copy.splitlines())
    plain = [normalised(paragraph) for paragraph in paragraphs]
    number, dated = _place(plain, _NUMBER, "发文字号"), _place(plain, _DATE, "成文日期")
    return IssuedText(
        mark="".join(plain[:number]),
        number=plain[number],
        title=tuple(normalised(line) for line in paragraphs[number + 1].split()),
        addressee=plain[number + 2],
        body=tuple(map(_paragraph, plain[number + 3 : dated])),
        dated=plain[dated],
        attached_title=plain[dated + 1],
        attached=tuple(map(_paragraph, plain[dated + 2 :])),
    )


def _place(paragraphs: Sequence[str], form: re.Pattern[str], name: str) -> int:
    found = next((place for place, text in enumerate(paragraphs) if form.fullmatch(text)), None)
    if found is None:
        raise UsageError(f"原文中找不到{name}，请检查是否为公文全文。")
    return found


def _paragraph(text: str) -> Paragraph:
    if _LEVEL_1.fullmatch(text):
        return Paragraph(1, text, "")
    second = _LEVEL_2.fullmatch(text)
    return Paragraph(2, *second.groups()) if second else Paragraph(0, "", text)
