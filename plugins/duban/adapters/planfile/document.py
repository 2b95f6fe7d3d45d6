"""A YAML file as plain data that remembers its lines.

Every scalar stays the text that was typed: only the schema says what is a number, a date or an hour, so that YAML's own
guesses (`17:00` as 1020, `0.3` as a binary float, `NO` as false) cannot reach a plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from duban.adapters.planfile.faults import Fault, plan_error

Data = str | list["Data"] | dict[str, "Data"] | None
Place = tuple[str | int, ...]

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NULL = "tag:yaml.org,2002:null"


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says and where: `lines` counts from 1, by the keys and indexes that lead to an entry."""

    path: Path
    data: Data
    lines: dict[Place, int]

    def line(self, place: Place) -> int:
        """The line of an entry, or of the nearest entry around it that the file has."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_document(path: Path) -> Document:
    """The file at `path`; raises PlanError when it is missing, no UTF-8, no YAML or says a key twice."""
    try:
        root = yaml.compose(path.read_text("utf-8-sig"), Loader=LOADER)
    except FileNotFoundError:
        raise plan_error(path, [Fault("no_file")]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise plan_error(path, [Fault("unreadable", context={"found": str(error)})]) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        fault = Fault("syntax", line=mark.line + 1 if mark else 1, context={"found": getattr(error, "problem", None)})
        raise plan_error(path, [fault]) from error
    lines: dict[Place, int] = {}
    faults: list[Fault] = []
    data = _Walk(lines, faults).value(root, (), ()) if root is not None else None
    if faults:
        raise plan_error(path, faults)
    return Document(path, data, lines)


@dataclass(frozen=True, slots=True)
class _Walk:
    lines: dict[Place, int]
    faults: list[Fault]

    def value(self, node: yaml.Node, place: Place, around: Sequence[yaml.Node]) -> Data:
        self.lines.setdefault(place, node.start_mark.line + 1)
        if any(node is outer for outer in around):
            self.faults.append(Fault("recursive", place, line=node.start_mark.line + 1))
            return None
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, place, (*around, node))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*place, n), (*around, node)) for n, item in enumerate(node.value)]
        return None if node.tag == NULL else str(node.value)

    def mapping(self, node: yaml.MappingNode, place: Place, around: Sequence[yaml.Node]) -> dict[str, Data]:
        data: dict[str, Data] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            inner = (*place, key)
            if not isinstance(key_node, yaml.ScalarNode):
                self.faults.append(Fault("odd_key", place, line=line))
                continue
            if key in data:
                self.faults.append(Fault("twice", inner, line=line, context={"first": self.lines[inner]}))
            self.lines.setdefault(inner, line)
            data[key] = self.value(value_node, inner, around)
        return data
