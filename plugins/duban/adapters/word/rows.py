"""Loops that print one row like the other, filled in many rows at a time; Jinja's own way is the reference beside it.

Where a loop prints whole rows or paragraphs and in them nothing but plain values of its row (`{{ row.x }}`,
`{{ row[0] }}`, `{{ loop.index }}`), its text is one form again and again: the markup is encoded once, the values are
laid between, a column at a time. Every other loop stays as it is, and rows that are not what such a loop is meant for
(`OtherRowsError`) are left to Jinja, which knows what to make of them or what is wrong with them.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from duban.adapters.word.marks import Printed
from duban.adapters.word.ready import canonical
from duban.core.figures import FigureText, Phrase

FILTER = "rows_filled"
AT_ONCE = 256
TEXTS = frozenset((str, FigureText, Phrase))
"""Types whose text is what they hold."""
OF_DICTS = frozenset(dir(dict))
"""Names that in a tag mean a mapping's own methods."""
COUNTER = None
"""The key of a loop's counter."""
Key = str | int | None
_EACH = "_rows"
_BETWEEN = "<"  # lies between values that are looked at together: one that holds it is written otherwise anyway
_BEGIN = ("<w:tr>", "<w:tr ", "<w:p>", "<w:p ")
_END = ("</w:tr>", "</w:p>")


class OtherRowsError(Exception):
    """Rows that only Jinja can print."""


class Rows(str):
    """Some rows as a chunk among the texts of a document: an empty one that holds the bytes."""

    __slots__ = ("written",)
    written: bytes

    def __str__(self) -> str:
        """Itself: Jinja prints whatever `str` makes of a value."""
        return self


class Quickened(NodeTransformer):
    """A parsed document with `{% for rows in found|rows_filled(…) %}{{ rows }}{% endfor %}` for each plain loop."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802  # Jinja's name
        form = _form(node)
        if form is None:
            return self.generic_visit(node)
        arguments: list[nodes.Expr] = [nodes.Const(part) for part in form]
        rows = nodes.Filter(node.iter, FILTER, arguments, [], None, None)
        printed = nodes.Output([nodes.Name(_EACH, "load")])
        return nodes.For(nodes.Name(_EACH, "store"), rows, [printed], [], None, False).set_lineno(node.lineno)  # noqa: FBT003  # as Jinja wants them


def _form(node: nodes.For) -> tuple[tuple[bytes, ...], tuple[Key, ...]] | None:
    """The stretches of a plain loop's markup and the keys of the values between them; None for another loop."""
    if node.else_ or node.test or node.recursive or not isinstance(node.target, nodes.Name):
        return None
    stretches, keys = [""], list[Key]()
    for part in node.iter_child_nodes(only=("body",)):
        for one in part.nodes if isinstance(part, nodes.Output) else (part,):
            if isinstance(one, nodes.TemplateData):
                stretches[-1] += one.data
                continue
            key = _key(one, node.target.name)
            if not key:
                return None
            keys += key
            stretches.append("")
    whole = stretches[0].startswith(_BEGIN) and stretches[-1].endswith(_END)
    return (tuple(canonical(one.encode()) for one in stretches), tuple(keys)) if whole and keys else None


def _key(value: nodes.Node, row: str) -> tuple[Key, ...]:
    """The key of a plain value of `row`; none for any other expression."""
    if not isinstance(value, nodes.Getattr | nodes.Getitem) or not isinstance(value.node, nodes.Name):
        return ()
    if isinstance(value, nodes.Getattr):
        if (value.node.name, value.attr) == ("loop", "index"):
            return (COUNTER,)
        return (value.attr,) if value.node.name == row and value.attr not in OF_DICTS else ()
    index = value.arg.value if isinstance(value.arg, nodes.Const) else None
    return (index,) if value.node.name == row and type(index) is int and index >= 0 else ()


def rows_filled(found: object, stretches: Sequence[bytes], keys: Sequence[Key]) -> Iterator[Rows]:
    """The rows of `found` between these stretches; raises OtherRowsError."""
    if not isinstance(found, list | tuple):
        raise OtherRowsError
    for start in range(0, len(found), AT_ONCE):
        chunk = Rows()
        chunk.written = _written(found[start : start + AT_ONCE], start, stretches, keys)
        yield chunk


def _written(rows: Sequence[object], start: int, stretches: Sequence[bytes], keys: Sequence[Key]) -> bytes:
    kinds = set(map(type, rows))
    columns = [_encoded(_counted(rows, start) if key is COUNTER else _column(rows, kinds, key)) for key in keys]
    parts = [part for stretch in stretches for part in (stretch, b"")][:-1]
    width = len(parts)
    parts *= len(rows)
    for place, column in enumerate(columns):
        parts[2 * place + 1 :: width] = column
    written = b"".join(parts)
    return canonical(written) if any(b"" in column for column in columns) else written


def _counted(rows: Sequence[object], start: int) -> list[object]:
    return list(map(str, range(start + 1, start + len(rows) + 1)))


def _column(rows: Sequence[object], kinds: AbstractSet[type], key: str | int) -> list[object]:
    """The values under one key of rows of these kinds: of dictionaries by name, of lists by place."""
    if not kinds <= ({dict} if isinstance(key, str) else {list, tuple}):
        raise OtherRowsError
    try:
        return [row[key] for row in rows]  # type: ignore[index]  # their types were just looked at
    except LookupError as error:
        raise OtherRowsError from error


def _encoded(values: Sequence[object]) -> list[bytes]:
    """Each value as `Printed` writes it: looked at all together, and singly only where one needs more than encoding."""
    types = set(map(type, values))
    if types <= TEXTS:
        text = _BETWEEN.join(values)  # type: ignore[arg-type]  # their types were just looked at
        alone = text.count(_BETWEEN) == len(values) - 1
        if alone and "&" not in text and ">" not in text and text.isprintable():
            return text.encode().split(_BETWEEN.encode())
    elif not types <= TEXTS | {int}:
        raise OtherRowsError
    return [Printed.of(value).encode() for value in values]
