"""The same content gives the same bytes: zip packages with sorted entries and fixed dates.

Written here and not by zipfile, because a part that stays the same from paper to paper need be deflated only once. The
bytes are those that zipfile would write at the same levels (tests/properties/test_zips.py). Papers are registered by
the hash of their package: which packings they were given says core.packing.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

EARLIEST = (1980, 1, 1, 0, 0, 0)
MADE_ON_UNIX = 3
READABLE = 0o644 << 16

# APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16. All but the last member of what local and central header share, in this order:
# version needed, flags, method, time, date, crc, size deflated, size, length of name, length of extra.
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s2B5H3I5HI")  # without its last member
_AT = struct.Struct("<I")
_END = struct.Struct("<4s4H2IH")
_VERSION, _DEFLATED, _TIME, _DATE = 20, zipfile.ZIP_DEFLATED, 0, 1 << 5 | 1
_UTF_8 = 0x800
_BLOCK = struct.Struct("<B2H")  # RFC 1951, 3.2.4: that it is the last, its length, the length's complement
_ONE_BLOCK = 0x7FFF  # the longest part of which zlib makes one block for certain
_RAW = -15  # no zlib header around what is deflated


STORED, THOROUGH = 0, 6
"""zlib's levels of compression: not at all, and as zipfile compresses unless told."""
Packing = Mapping[str, int]
"""The level for each part by name; `THOROUGH` for those that are not named."""
NO_HURRY: Packing = {}


class Entry(NamedTuple):
    """One part of a package, ready to be written: all but the place where it stands."""

    name: bytes
    local: bytes
    """Its header, its name after it."""
    deflated: bytes
    central: bytes
    """Its header in the directory up to its place."""


def entry(name: str, content: bytes, packing: Packing = NO_HURRY) -> Entry:
    """A part of a package under its name in it."""
    size = len(content)
    if packing.get(name, THOROUGH) == STORED and size <= _ONE_BLOCK:  # what zlib makes of it, without setting it up
        return _entry(name, _BLOCK.pack(1, size, size ^ 0xFFFF) + content, zlib.crc32(content), size)
    return streamed(name, (content,), packing)


def streamed(name: str, pieces: Iterable[bytes], packing: Packing = NO_HURRY) -> Entry:
    """The same of a part whose content comes in pieces, which need never be there all at once."""
    compressor = zlib.compressobj(packing.get(name, THOROUGH), zlib.DEFLATED, _RAW)
    deflated, crc, size = list[bytes](), 0, 0
    for piece in pieces:
        deflated.append(compressor.compress(piece))
        crc = zlib.crc32(piece, crc)
        size += len(piece)
    return _entry(name, b"".join((*deflated, compressor.flush())), crc, size)


def _entry(name: str, deflated: bytes, crc: int, size: int) -> Entry:
    encoded = name.encode()
    flags = 0 if name.isascii() else _UTF_8
    members = (_VERSION, flags, _DEFLATED, _TIME, _DATE, crc, len(deflated), size, len(encoded), 0)
    central = _CENTRAL.pack(b"PK\1\2", _VERSION, MADE_ON_UNIX, *members, 0, 0, 0, READABLE)
    return Entry(encoded, _LOCAL.pack(b"PK\3\4", *members) + encoded, deflated, central)


def zipped(entries: Iterable[Entry]) -> bytes:
    """A zip package of these parts, sorted by name."""
    written: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for name, local, deflated, central in sorted(entries):
        written += (local, deflated)
        directory += (central, _AT.pack(at), name)
        at += len(local) + len(deflated)
    size, count = sum(map(len, directory)), len(written) // 2
    return b"".join((*written, *directory, _END.pack(b"PK\5\6", 0, 0, count, count, size, at, 0)))


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
