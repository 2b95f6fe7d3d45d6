"""What goes through the pipes between the reader and its child: frames of a length and so many bytes.

The child holds a stranger's file in its hands, so its answer is unpickled with nothing but our own types allowed.
"""

import io
import pickle
import struct
from enum import StrEnum
from typing import Any, BinaryIO

from duban.adapters.workbook import limits
from duban.core.sheets import Area, RawBook, RawSheet

_LENGTH = struct.Struct(">Q")
_ALLOWED = {
    ("duban.core.sheets", "RawBook"): RawBook,
    ("duban.core.sheets", "RawSheet"): RawSheet,
    ("duban.core.sheets", "Area"): Area,
}
_STANDARD = {("builtins", "frozenset"), ("datetime", "date"), ("datetime", "datetime"), ("datetime", "time")} | {
    ("datetime", "timedelta"),
}


class Answer(StrEnum):
    """The kinds of answer, with what comes along."""

    READY = "ready"  # nothing; sent once, before the first file
    BOOK = "book"  # a RawBook
    REFUSED = "refused"  # code, found and prose of an UnreadableReturnError
    FAILED = "failed"  # a traceback: ours to mend


class _OwnTypesOnly(pickle.Unpickler):  # noqa: S301 - find_class lets in nothing but data
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _STANDARD:
            return super().find_class(module, name)
        try:
            return _ALLOWED[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in an answer") from None


def write_frame(stream: BinaryIO, content: bytes) -> None:
    """Send one frame."""
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def read_frame(stream: BinaryIO, longest: int = limits.LARGEST_ANSWER) -> bytes:
    """Receive one frame; raises EOFError at the end of the stream and for a frame that breaks off or is too long."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > longest:
        raise EOFError
    return _exactly(stream, length)


def dump_answer(kind: Answer, *content: object) -> bytes:
    """An answer as bytes. Nothing in it refers to itself, and to remember every text costs more than it saves."""
    answer = io.BytesIO()
    pickler = pickle.Pickler(answer, protocol=pickle.HIGHEST_PROTOCOL)
    pickler.fast = True
    pickler.dump((kind.value, *content))
    return answer.getvalue()


def load_answer(content: bytes) -> tuple[Any, ...]:
    """An answer from bytes: its kind as text, and what came along; raises UnpicklingError for any foreign type."""
    answer: tuple[Any, ...] = _OwnTypesOnly(io.BytesIO(content)).load()
    return answer


def _exactly(stream: BinaryIO, length: int) -> bytes:
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return content
