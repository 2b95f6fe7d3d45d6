"""How papers are packed, and what is still the paper that was registered once."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from zlib import DEFLATED, compressobj

import pytest

from duban.adapters.word import DocxComposer
from duban.core.packing import EARLIER, PAPERS, as_registered
from duban.core.papers import PaperKind
from duban.core.zips import Packing, normalised, packed, unpacked
from fakes.every_paper import contents

BODY = "word/document.xml"
COMPOSER = DocxComposer(Path(__file__).parents[2] / "templates")
LETTER = COMPOSER.compose(contents()[PaperKind.URGE])


def digest(package: bytes) -> str:
    return sha256(package).hexdigest()


@pytest.mark.parametrize("kind", sorted(contents()))
def test_every_paper_is_packed_as_papers_are(kind: PaperKind) -> None:
    """Charts or not: otherwise `as_registered` would not know it for one of ours."""
    paper = COMPOSER.compose(contents()[kind])

    assert normalised(paper, packing=PAPERS) == paper


@pytest.mark.parametrize("packing", [PAPERS, *EARLIER], ids=["now", "level 6 throughout"])
def test_a_paper_made_again_is_the_registered_one_in_whichever_packing_it_was_registered(packing: Packing) -> None:
    """And comes in the bytes of that time."""
    registered = normalised(LETTER, packing=packing)

    assert as_registered(LETTER, digest(registered)) == registered


@pytest.mark.parametrize("packing", [PAPERS, *EARLIER], ids=["now", "level 6 throughout"])
@pytest.mark.parametrize("part", sorted(unpacked(LETTER)))
def test_a_changed_byte_makes_another_paper(packing: Packing, part: str) -> None:
    """In any part, whichever way the registered one was packed."""
    parts = unpacked(LETTER)
    content = bytearray(parts[part])
    content[len(content) // 2] ^= 1
    registered = normalised(LETTER, packing=packing)

    assert as_registered(packed(parts | {part: bytes(content)}, PAPERS), digest(registered)) is None


@pytest.mark.parametrize(
    "changed",
    [lambda paper: paper + b" ", normalised, lambda paper: normalised(paper, {BODY: unpacked(paper)[BODY] + b" "})],
    ids=["a byte behind the package", "not packed as papers are", "a byte more"],
)
def test_only_what_is_packed_as_papers_are_can_be_one_of_before(changed: Callable[[bytes], bytes]) -> None:
    """What a reader of zips would overlook is seen."""
    other = changed(LETTER)
    earlier = normalised(LETTER)

    assert (as_registered(other, digest(earlier)) is None) is (other != earlier)


def test_the_first_packing_is_what_zlib_makes_unless_told() -> None:
    """Level 6 throughout: papers were registered so, and no later change may lose it."""
    assert [EARLIER[-1].get(name) for name in unpacked(LETTER)] == [None] * len(unpacked(LETTER))
    deflater = compressobj(6, DEFLATED, -15, 8)
    deflated = deflater.compress(unpacked(LETTER)[BODY]) + deflater.flush()
    assert deflated in packed(unpacked(LETTER), EARLIER[-1])
