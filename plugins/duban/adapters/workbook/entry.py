"""What Excel lets a clerk type into a column, and what it says: the form's domains as data validation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from duban.adapters.workbook import blank_texts as texts
from duban.core.returns import FIRST_YEAR, Column, Kind, Presence, Table
from duban.core.sheets import column_letter

LONGEST_LIST = 255
LONGEST_MESSAGE = 255
EARLIEST = date(FIRST_YEAR, 1, 1)
"""No date of a return is older than the oldest compound; this catches 1900 and 0018."""

Validation = dict[str, Any]


IDENTIFIER = "compound_id"


@dataclass(frozen=True, slots=True)
class Filing:
    """Whose blank it is, and for which week: code and name of the office, the week's cut-off date."""

    code: str
    name: str
    cutoff: date


@dataclass(frozen=True, slots=True)
class Span:
    """The cells of one column under a header: rows and column from 0, both ends included."""

    first: int
    last: int
    column: int

    @property
    def top(self) -> str:
        return f"{column_letter(self.column)}{self.first + 1}"

    @property
    def range(self) -> str:
        letter = column_letter(self.column)
        return f"${letter}${self.first + 1}:${letter}${self.last + 1}"


def validation(column: Column, filing: Filing, lists: Mapping[str, str]) -> Validation | None:
    """The validation of a column, None where anything goes. `lists` has the ranges of choices too long to name."""
    rule = _rule(column, filing.cutoff, lists)
    if rule is None:
        return None
    domain = texts.domain(column)
    rule |= {"ignore_blank": True, "error_title": texts.ERROR_TITLE, "input_title": texts.PROMPT_TITLE}
    rule["error_message"] = _short(texts.ERROR.format(header=column.header, domain=domain))
    if column.kind is not Kind.CHOICE:
        rule["input_message"] = _short(texts.prompt(domain, example(column, filing)))
    return rule


def example(column: Column, filing: Filing) -> str:
    """An example that could stand in this office's return of this week."""
    if column.key == IDENTIFIER:
        return f"{filing.code}-001"
    return filing.cutoff.isoformat() if column.kind is Kind.DATE else column.example


def identifier_validation(span: Span, code: str) -> Validation:
    """A 小区编号 of the office, once in its table (R05, R06)."""
    formula = (
        f'=AND(LEFT({span.top},{len(code) + 1})="{code}-",LEN({span.top})={len(code) + 4},'
        f"ISNUMBER(--RIGHT({span.top},3)),COUNTIF({span.range},{span.top})=1)"
    )
    return _custom(formula, texts.IDENTIFIER_ERROR.format(code=code))


def known_identifier_validation(span: Span, sheet: str, known: Span) -> Validation:
    """A 小区编号 that stands in `sheet`, once in its own table (R06, R07)."""
    formula = f"=AND(COUNTIF('{sheet}'!{known.range},{span.top})>0,COUNTIF({span.range},{span.top})=1)"
    return _custom(formula, texts.KNOWN_IDENTIFIER_ERROR.format(sheet=sheet))


def missing_formula(table: Table, column: Column, span: Span) -> str | None:
    """When a required cell is blank in a row that has anything in it; None for columns that may be blank."""
    if column.presence is not Presence.REQUIRED:
        return None
    read = [index for index, other in enumerate(table.columns) if other.kind is not Kind.IGNORED]
    row = span.first + 1
    return f"=AND(COUNTA(${column_letter(read[0])}{row}:${column_letter(read[-1])}{row})>0,LEN({span.top})=0)"


def empty_formula(cell: Span) -> str:
    """When a cell is blank."""
    return f"=LEN({cell.top})=0"


def unmet_formula(cell: Span, met_by: Sequence[str]) -> str:
    """When a cell holds none of these choices."""
    return "=AND(" + ",".join(f'{cell.top}<>"{choice}"' for choice in met_by) + ")"


def too_long(column: Column) -> bool:
    """Whether a column's choices have to stand in a list of their own."""
    return len(",".join(column.choices)) > LONGEST_LIST or any("," in choice for choice in column.choices)


def _rule(column: Column, cutoff: date, lists: Mapping[str, str]) -> Validation | None:
    match column.kind:
        case Kind.CHOICE:
            return {"validate": "list", "source": lists.get(column.key) or list(column.choices)}
        case Kind.DATE:
            return {"validate": "date", **_between(EARLIEST, cutoff if column.until_cutoff else None)}
        case Kind.INTEGER:
            return {"validate": "integer", **_between(column.low or 0, column.high)}
        case Kind.DECIMAL:
            return {"validate": "decimal", **_between(column.low or 0, column.high)}
        case Kind.TEXT if column.longest:
            return {"validate": "length", "criteria": "<=", "value": column.longest}
        case _:
            return None


def _between(low: int | date, high: int | date | None) -> Validation:
    if high is None:
        return {"criteria": ">=", "value": low}
    return {"criteria": "between", "minimum": low, "maximum": high}


def _custom(formula: str, message: str) -> Validation:
    return {
        "validate": "custom",
        "value": formula,
        "error_title": texts.ERROR_TITLE,
        "error_message": _short(message),
        "input_title": texts.PROMPT_TITLE,
        "input_message": _short(message),
    }


def _short(message: str) -> str:
    return message if len(message) <= LONGEST_MESSAGE else message[: LONGEST_MESSAGE - 1] + "…"
