"""Rendering: templates, language, links that keep the instant, and the drawing of the pace chart."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from duban.core.access import Viewer
from duban.core.findings import class_of
from duban.core.formatting import percent
from duban.core.life_texts import SYSTEM as SIGNED_BY_SYSTEM
from duban.core.masking import mask
from duban.core.messages import CLASSES, WORDINGS, message
from duban.core.preview import Paragraph
from duban.core.signing import SYSTEM
from duban.core.weeks import ZONE, ReportingWeek
from duban.core.wording import DASH
from duban.pipeline.board import Board
from duban.web import texts
from duban.web.drawing import pace_chart

FOLDER = Path(__file__).parent / "templates"
MOUNT = "/duban"
SLIDER = (FOLDER / "slider.js").read_text("utf-8")
SLIDER_HASH = "sha256-" + b64encode(sha256(SLIDER.encode()).digest()).decode()
"""The one script of the pages, as the content security policy knows it: no other runs."""


class Language(StrEnum):
    """The languages of the pages."""

    ZH = "zh"
    EN = "en"


@dataclass(frozen=True)
class Page:
    """What every page shows: the reader, the instant, the language; `asked`: the instant was asked for."""

    viewer: Viewer
    board: Board
    latest: datetime
    as_of: datetime
    lang: Language
    asked: bool
    path: str
    districts: Mapping[str, str] = field(default_factory=dict)
    """The key of each plan → its district, where there are several."""

    @cached_property
    def cutoffs(self) -> tuple[ReportingWeek, ...]:
        """Every cut-off so far, for the slider."""
        return self.board.cutoffs(self.latest)

    def link(self, place: str, as_of: str = "", **more: str) -> str:
        """A link inside the board that keeps the language, the plan, and the instant unless another is given."""
        kept = {"as_of": as_of or self.as_of.astimezone(ZONE).isoformat()} if self.asked or as_of else {}
        if self.lang is not Language.ZH:
            kept["lang"] = self.lang.value
        if self.viewer.plan:
            kept["plan"] = self.viewer.plan
        query = urlencode(kept | more)
        return f"{MOUNT}/{place}" + (f"?{query}" if query else "")

    @property
    def other_language(self) -> str:
        """The same page in the other language."""
        other = Language.EN if self.lang is Language.ZH else Language.ZH
        return self.link(self.path.removeprefix(MOUNT).lstrip("/"), lang=other.value)


def render(name: str, page: Page, **view: object) -> HTMLResponse:
    """A page of the board."""
    words = texts.of(page.lang.value)
    html = _environment().get_template(f"{name}.html").render(page=page, t=words, name=name, **view)
    return HTMLResponse(html)


def refusal(status: int, lang: Language, login: str, reason: str = "") -> str:
    """The page of one who may not read, or asked for what there is not."""
    words = texts.of(lang.value)
    told = reason or words.refusals.get(status, words.refusals[0])
    return _environment().get_template("refusal.html").render(t=words, lang=lang, told=told, login=login)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= _filters()
    environment.globals |= {
        "pace_chart": pace_chart,
        "message": message,
        "finding_titles": WORDINGS,
        "finding_class": lambda code: CLASSES[class_of(code)],
        "slider": Markup(SLIDER),  # noqa: S704 - our own file
    }
    environment.tests["paragraph"] = lambda block: isinstance(block, Paragraph)
    return environment


def _filters() -> Mapping[str, Any]:
    return {
        "instant": lambda at: at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M") if at else DASH,
        "date": lambda at: at.astimezone(ZONE).strftime("%Y-%m-%d"),
        "masked": mask,
        "signer": lambda name: SIGNED_BY_SYSTEM if name == SYSTEM else name,
        "day": lambda at: at.astimezone(ZONE).strftime("%m-%d"),
        "rate": lambda rate: DASH if rate is None else f"{percent(rate)}%",
        "file": lambda path: path.rsplit("/", 1)[-1],
    }
