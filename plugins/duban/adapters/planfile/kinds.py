"""The kinds of value in a plan file, read from the text that was typed, and the base of every entry."""

import re
from datetime import date, time
from fractions import Fraction
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, model_validator
from pydantic_core import PydanticCustomError

from duban.core.grounds import Ground


def _matching(text: object, pattern: str, fault: str) -> str:
    if not isinstance(text, str) or not re.fullmatch(pattern, text, re.ASCII):
        raise PydanticCustomError(fault, "malformed")
    return text


def _day(text: object) -> date:
    try:
        return date.fromisoformat(_matching(text, r"\d{4}-\d{2}-\d{2}", "day"))
    except ValueError:
        raise PydanticCustomError("day", "no such day") from None


def _hour(text: object) -> time:
    try:
        return time.fromisoformat(_matching(text, r"\d{2}:\d{2}", "hour"))
    except ValueError:
        raise PydanticCustomError("hour", "no such hour") from None


def _share(text: object) -> Fraction:
    """A percentage as an exact share of 1: `30`, `33.5%`, `100/3`."""
    percent = Fraction(_matching(text, r"\d+(\.\d+|/[1-9]\d*)?%?", "share").removesuffix("%"))
    if not 0 < percent <= 100:
        raise PydanticCustomError("share", "out of range")
    return percent / 100


def _text(text: object) -> object:
    if isinstance(text, str) and not text.strip():
        raise PydanticCustomError("blank", "blank")
    return text.strip() if isinstance(text, str) else text


Day = Annotated[date, PlainValidator(_day)]
Hour = Annotated[time, PlainValidator(_hour)]
Share = Annotated[Fraction, PlainValidator(_share)]
Text = Annotated[str, BeforeValidator(_text)]
Code = Annotated[str, PlainValidator(lambda text: _matching(text, r"[A-Z][A-Z0-9]{0,7}", "code"))]
Name = Annotated[str, PlainValidator(lambda text: _matching(text, r"[a-z0-9]+(-[a-z0-9]+)*", "name"))]
Count = Annotated[int, Field(ge=0, le=366)]
CopyNumber = Annotated[str, PlainValidator(lambda text: _matching(text, r"\d{6}", "copy_number"))]
Secrecy = Annotated[str, PlainValidator(lambda text: _matching(text, r"(?:绝密|机密|秘密)(?:★\d+年)?", "secrecy"))]
SignedCount = Annotated[int, Field(ge=-366, le=366)]


class Entry(BaseModel):
    """A closed entry: a key that it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Grounded(Entry):
    """An entry with the source's literal phrase (`clause`) or our reason (`decision`), exactly one of them."""

    clause: Text | None = None
    decision: Text | None = None

    @model_validator(mode="after")
    def _one_ground(self) -> "Grounded":
        if (self.clause is None) == (self.decision is None):
            raise PydanticCustomError("ground", "exactly one of clause and decision")
        return self

    @property
    def ground(self) -> Ground:
        return Ground(self.clause, self.decision)


class Fact(Grounded):
    """A name or phrase with its ground."""

    text: Text
