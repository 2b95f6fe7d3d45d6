"""The same content gives the same bytes: zip packages with sorted entries and fixed dates.

Written here and not by zipfile, because a part that stays the same from paper to paper need be deflated only once. The
bytes are those that zipfile would write (tests/properties/test_zips.py), unless a `Packing` wants less effort for some
parts. Papers are registered by the hash of their package: which packings they were given says core.packing.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

EARLIEST = (1980, 1, 1, 0, 0, 0)
MADE_ON_UNIX = 3
READABLE = 0o644 << 16

# APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16. All but the last member of what local and central header share, in this order:
# version needed, flags, method, time, date, crc, size deflated, size, length of name, length of extra.
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s2B5H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION, _DEFLATED, _TIME, _DATE = 20, zipfile.ZIP_DEFLATED, 0, 1 << 5 | 1
_UTF_8 = 0x800
_RAW = -15  # no zlib header around what is deflated


class Effort(NamedTuple):
    """What zlib is told: how hard to look for repetitions (0: not at all), and how much memory to do it in."""

    level: int
    memory: int


THOROUGH = Effort(6, 8)
"""As zipfile compresses unless told."""

Packing = Mapping[str, Effort]
"""The effort for each part by name; `THOROUGH` for those that are not named."""
NO_HURRY: Packing = {}


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of a package, ready to be written: its headers' common members, its name, its deflated content."""

    members: tuple[int, ...]
    name: bytes
    deflated: bytes


def entry(name: str, content: bytes, packing: Packing = NO_HURRY) -> Entry:
    """A part of a package under its name in it."""
    level, memory = packing.get(name, THOROUGH)
    compressor = zlib.compressobj(level, zlib.DEFLATED, _RAW, memory)
    deflated = compressor.compress(content) + compressor.flush()
    encoded = name.encode()
    flags = 0 if name.isascii() else _UTF_8
    sizes = (zlib.crc32(content), len(deflated), len(content))
    return Entry((_VERSION, flags, _DEFLATED, _TIME, _DATE, *sizes, len(encoded), 0), encoded, deflated)


def zipped(entries: Iterable[Entry]) -> bytes:
    """A zip package of these parts, sorted by name."""
    written: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for one in sorted(entries, key=_name):
        local = _LOCAL.pack(b"PK\3\4", *one.members)
        written += (local, one.name, one.deflated)
        directory += (_CENTRAL.pack(b"PK\1\2", _VERSION, MADE_ON_UNIX, *one.members, 0, 0, 0, READABLE, at), one.name)
        at += len(local) + len(one.name) + len(one.deflated)
    size, count = sum(map(len, directory)), len(directory) // 2
    return b"".join((*written, *directory, _END.pack(b"PK\5\6", 0, 0, count, count, size, at, 0)))


def _name(one: Entry) -> bytes:
    return one.name


def packed(parts: Mapping[str, bytes], packing: Packing = NO_HURRY) -> bytes:
    """A zip package of these parts by name, the same parts always in the same bytes."""
    return zipped(entry(name, content, packing) for name, content in parts.items())


def unpacked(package: bytes) -> dict[str, bytes]:
    """The parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        return {name: source.read(name) for name in source.namelist()}


def normalised(package: bytes, replaced: Mapping[str, bytes] | None = None, packing: Packing = NO_HURRY) -> bytes:
    """`package` with its entries sorted by name and every trace of clock and machine removed.

    `replaced` holds other contents for some of its entries.
    """
    return packed(unpacked(package) | dict(replaced or {}), packing)
