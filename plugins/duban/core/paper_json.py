"""What a draft says, as JSON and back: nothing is lost, so that signing composes the same paper again.

A figure in a field stays a figure, and a phrase keeps its parts: the finished paper is held to both.
"""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from duban.core.errors import InternalError
from duban.core.figures import FigureText, Phrase, phrase
from duban.core.papers import Figure, PaperContent, PaperKind

FIGURE, PHRASE, MAPPING = "figure", "phrase", "mapping"


def encode(content: PaperContent) -> str:
    """`content` as one JSON object in ASCII; raises InternalError for a value that no paper prints."""
    values = {field.name: getattr(content, field.name) for field in fields(content)}
    document = {
        **values,
        "as_of": content.as_of.isoformat(),
        "fields": {name: _encoded(value) for name, value in content.fields.items()},
        "figures": [[f.key, f.text, f.definition, list(f.returns)] for f in content.figures],
    }
    return json.dumps(document)


def decode(document: str) -> PaperContent:
    """The content that `encode` wrote."""
    values: dict[str, Any] = json.loads(document)
    typed: dict[str, Any] = {
        **{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()},
        "kind": PaperKind(values["kind"]),
        "as_of": datetime.fromisoformat(values["as_of"]),
        "fields": {name: _decoded(value) for name, value in values["fields"].items()},
        "figures": tuple(Figure(key, text, rule, tuple(ids)) for key, text, rule, ids in values["figures"]),
    }
    return PaperContent(**typed)


def _encoded(value: object) -> object:
    """Plain texts, numbers and truths as they are; all else in an object that names what it is."""
    if isinstance(value, FigureText):
        return {FIGURE: [value.key, str(value)]}
    if isinstance(value, Phrase):
        return {PHRASE: [_encoded(part) for part in value.parts]}
    if isinstance(value, Mapping):
        return {MAPPING: {str(name): _encoded(inner) for name, inner in value.items()}}
    if isinstance(value, list | tuple):
        return [_encoded(inner) for inner in value]
    if value is None or isinstance(value, str | int):
        return value
    raise InternalError(f"a paper cannot keep {value!r}")


def _decoded(value: Any) -> object:
    if isinstance(value, list):
        return [_decoded(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    [(what, inner)] = value.items()
    if what == FIGURE:
        return _figure(*inner)
    if what == PHRASE:
        return phrase(*(part if isinstance(part, str) else _figure(*part[FIGURE]) for part in inner))
    return {name: _decoded(one) for name, one in inner.items()}


def _figure(key: str, text: str) -> FigureText:
    return FigureText.of(text, key)
