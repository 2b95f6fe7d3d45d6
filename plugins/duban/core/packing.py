"""How papers are packed, and in which other ways they were: decisions/packing.md.

A paper is registered by the hash of its package, and a hash tells of the compressor's level as well. So a paper that
is made again is the registered one if it has the registered hash in any packing that papers were ever given.
"""

from hashlib import sha256

from duban.core.zips import NO_HURRY, STORED, Packing, packed, unpacked

PAPERS: Packing = {"word/document.xml": 1, "docProps/core.xml": STORED}
"""The packing in use. What differs from paper to paper is packed in haste, the properties, a few lines, not at all;
the other parts are deflated once a process."""

EARLIER: tuple[Packing, ...] = (NO_HURRY,)
"""Those of before, as long as a paper of their time may be made again: for ever. A new one goes above."""


def as_registered(package: bytes, digest: str) -> bytes | None:
    """A paper made again, in the packing in which it has the SHA-256 `digest`; None where it has it in none.

    Only what is packed as papers are now is packed anew, so that no byte of it goes unlooked at.
    """
    if sha256(package).hexdigest() == digest:
        return package
    parts = unpacked(package)
    if packed(parts, PAPERS) != package:
        return None
    others = (packed(parts, packing) for packing in EARLIER)
    return next((other for other in others if sha256(other).hexdigest() == digest), None)
