"""The numbers of papers: registers, printed form, and numbers that an issuer's own registry gave (domain.md §7)."""

import re
from dataclasses import dataclass

from duban.core import signing_texts as texts
from duban.core.errors import UsageError
from duban.core.issuers import Issuer, Numbering, PaperRule

_PLACE = "\x00"  # stands in a form for what is to be matched; no form holds it
_SERIAL = re.compile(r"[1-9]\d*")
WIDEST = 9999
"""A number with as many digits as any will have: what a paper is tried with before its own number is taken."""


@dataclass(frozen=True, slots=True)
class Series:
    """A register of numbers: an issuer's series in a year. It counts from 1 (GB/T 9704 7.2.5)."""

    issuer: str
    series: str
    year: int


def series_of(rule: PaperRule, issuer: Issuer, year: int) -> Series | None:
    """The register that a paper is numbered in; None for a paper without number."""
    return Series(issuer.key, rule.series, year) if rule.number_form else None


def printed(rule: PaperRule, issuer: Issuer, year: int, number: int) -> str:
    """The number as the paper prints it: 郑经小区办〔2018〕12号, 第3期; no 第 before it, no noughts (7.2.5)."""
    return rule.number_form.format(prefix=issuer.prefix, year=year, number=number)


def entered_number(rule: PaperRule, issuer: Issuer, year: int, entered: str | None) -> int | None:
    """The serial number that the signer entered, whole (郑经督〔2018〕12号) or bare (12); None where duban counts.

    Raises UsageError when one is wanted and missing, given and not wanted, ill-formed, or of another year than that
    of the signature.
    """
    name = rule.name
    if not rule.number_form:
        _refuse(entered, texts.NO_NUMBER.format(name=name))
        return None
    if issuer.numbering is Numbering.OWN:
        _refuse(entered, texts.OWN_NUMBERS.format(issuer=issuer.name))
        return None
    example = printed(rule, issuer, year, 12)
    if entered is None or not entered.strip():
        raise UsageError(texts.NUMBER_WANTED.format(issuer=issuer.name, name=name, example=example))
    return _serial(rule, issuer, year, entered.strip())


def _refuse(entered: str | None, message: str) -> None:
    if entered is not None:
        raise UsageError(message)


def _serial(rule: PaperRule, issuer: Issuer, year: int, entered: str) -> int:
    if _SERIAL.fullmatch(entered):
        return int(entered)
    found = _form(rule, issuer).fullmatch(entered)
    if found is None:
        example = printed(rule, issuer, year, 12)
        raise UsageError(texts.BAD_NUMBER.format(number=entered, example=example))
    written = int(found.groupdict().get("year") or year)
    if written != year:
        raise UsageError(texts.WRONG_YEAR.format(number=entered, found=written, year=year))
    return int(found["number"])


def _form(rule: PaperRule, issuer: Issuer) -> re.Pattern[str]:
    """The form as a pattern. A form may name the year or not; the number it names once."""
    marked = rule.number_form.format(
        prefix=issuer.prefix, year=f"{_PLACE}year{_PLACE}", number=f"{_PLACE}number{_PLACE}"
    )
    pattern = re.escape(marked)
    for name, digits in (("year", r"\d{4}"), ("number", _SERIAL.pattern)):
        pattern = pattern.replace(re.escape(f"{_PLACE}{name}{_PLACE}"), f"(?P<{name}>{digits})", 1)
    return re.compile(pattern, re.ASCII)
