"""From a document to a validated entry; pydantic's complaints become faults with lines and Chinese words."""

import re
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from duban.adapters.planfile.document import Document, Place
from duban.adapters.planfile.faults import MESSAGES, Fault, plan_error
from duban.adapters.planfile.kinds import Entry

EntryT = TypeVar("EntryT", bound=Entry)

FAULT_OF = {
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "dict_type": "mapping",
    "tuple_type": "list",
    "list_type": "list",
    "string_type": "text",
    "int_type": "int_parsing",
    "bool_type": "bool_parsing",
    "enum": "choice",
    "literal_error": "choice",
}
LONGEST = 40


def validated(model: type[EntryT], document: Document) -> EntryT:
    """The document as an entry of `model`; raises PlanError with every fault."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        faults = [_fault(model, document, details) for details in error.errors(include_url=False)]
        raise plan_error(document.path, faults) from error


def _fault(model: type[Entry], document: Document, details: ErrorDetails) -> Fault:
    place: Place = details["loc"]
    code = FAULT_OF.get(details["type"], details["type"])
    if details["input"] is None and code not in {"missing", "extra_forbidden"}:
        code = "blank"
    context = dict(details.get("ctx", {})) | {"found": _found(details["input"])}
    context["expected"] = "、".join(re.findall(r"'([^']*)'", str(context.get("expected", ""))))
    if code == "extra_forbidden":
        context["allowed"] = "、".join(_model_at(model, place[:-1]).model_fields)
    return Fault(code if code in MESSAGES else "other", place, context, document.line(place))


def _found(value: object) -> str:
    if isinstance(value, dict):
        return "、".join(value)[:LONGEST]
    return str(value)[:LONGEST]


def _model_at(model: type[Entry], place: Place) -> type[Entry]:
    """The class of the entry at `place`."""
    for part in place:
        if isinstance(part, str):
            model = _entry_in(model.model_fields[part].annotation) or model
    return model


def _entry_in(annotation: Any) -> type[Entry] | None:
    """The class of entry within `Phase`, `Phase | None`, `tuple[Phase, ...]`."""
    if isinstance(annotation, type) and issubclass(annotation, Entry):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _entry_in(arg))), None)
