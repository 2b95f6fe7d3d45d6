"""The same content gives the same bytes: zip packages with sorted entries and fixed dates.

Written here and not by zipfile, because a part that stays the same from paper to paper need be deflated only once. The
bytes are those that zipfile would write (tests/properties/test_zips.py), at its level of compression: papers are
registered by the hash of their package, so another level would make every paper that is composed again another one.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of a package, ready to be written: its headers' common members, its name, its deflated content."""

    members: tuple[int, ...]
    name: bytes
    deflated: bytes


def entry(name: str, content: bytes) -> Entry:
    """A part of a package under its name in it."""
    deflated = zlib.compress(content, wbits=_RAW)
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


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip package of these parts by name, the same parts always in the same bytes."""
    return zipped(entry(name, content) for name, content in parts.items())


def normalised(package: bytes, replaced: Mapping[str, bytes] | None = None) -> bytes:
    """`package` with its entries sorted by name and every trace of clock and machine removed.

    `replaced` holds other contents for some of its entries.
    """
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        return packed({name: source.read(name) for name in source.namelist()} | dict(replaced or {}))
