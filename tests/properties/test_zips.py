"""Our own zip packages: byte for byte those of the standard library."""

import io
import zipfile
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from duban.core.zips import EARLIEST, MADE_ON_UNIX, READABLE, entry, normalised, packed, streamed

NAMES = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20)
REPEATING = st.builds(lambda text, times: text.encode() * times, st.text(max_size=40), st.integers(0, 4_000))
PARTS = st.dictionaries(NAMES, st.one_of(st.binary(max_size=2_000), REPEATING), max_size=5)


def by_zipfile(parts: Mapping[str, bytes], level: int | None = None) -> bytes:
    """The plain way to the same package."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as written:
        for name in sorted(parts):
            one = zipfile.ZipInfo(name, EARLIEST)
            one.compress_type = zipfile.ZIP_DEFLATED
            one.create_system = MADE_ON_UNIX
            one.external_attr = READABLE
            written.writestr(one, parts[name], compresslevel=level)
    return target.getvalue()


@given(PARTS)
def test_a_package_is_the_one_that_zipfile_writes(parts: Mapping[str, bytes]) -> None:
    """Names in Chinese, no parts at all, empty parts, parts larger than the window of the compressor."""
    assert packed(parts) == by_zipfile(parts)


@given(PARTS, st.integers(0, 9))
def test_a_package_at_another_level_is_zipfiles_at_that_level(parts: Mapping[str, bytes], level: int) -> None:
    """Level 0 included, which is a form of deflating too."""
    assert packed(parts, dict.fromkeys(parts, level)) == by_zipfile(parts, level)


@given(st.lists(REPEATING, max_size=6), st.integers(1, 9), st.integers(1, 40_000))
def test_a_part_that_comes_in_pieces_is_packed_as_the_whole_is(texts: list[bytes], level: int, length: int) -> None:
    """Wherever it is cut; of level 0 that is not so, and it is for small parts."""
    whole, packing = b"".join(texts), {"part": level}
    pieces = (whole[start : start + length] for start in range(0, len(whole), length))

    assert streamed("part", pieces, packing) == entry("part", whole, packing)


@given(PARTS)
def test_normalising_what_is_normalised_changes_nothing(parts: Mapping[str, bytes]) -> None:
    """And `replaced` has the last word."""
    package = packed(parts)

    assert normalised(package) == package
    assert normalised(package, dict.fromkeys(parts, b"")) == packed(dict.fromkeys(parts, b""))
