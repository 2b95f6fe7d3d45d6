"""The same content gives the same bytes: a zip package rewritten with sorted entries and fixed dates."""

import io
import zipfile
from collections.abc import Mapping

EARLIEST = (1980, 1, 1, 0, 0, 0)
MADE_ON_UNIX = 3
READABLE = 0o644 << 16


def normalised(package: bytes, replaced: Mapping[str, bytes] | None = None) -> bytes:
    """`package` with its entries sorted by name and every trace of clock and machine removed.

    `replaced` holds other contents for some of its entries.
    """
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        return packed({name: source.read(name) for name in source.namelist()} | dict(replaced or {}))


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip package of these parts by name, the same parts always in the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as written:
        for name in sorted(parts):
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = MADE_ON_UNIX
            entry.external_attr = READABLE
            written.writestr(entry, parts[name])
    return target.getvalue()
