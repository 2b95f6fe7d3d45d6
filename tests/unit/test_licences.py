"""Every package that the locks name may be used and passed on as we do."""

import pytest

from licences import is_allowed, licences, locked


def test_every_locked_package_has_a_licence_of_the_list() -> None:
    """Those of the image, and those that only tests need; a package that says nothing is refused too."""
    found = list(licences("requirements.lock"))

    assert len(found) > 200
    assert [(name, licence) for name, _, licence in found if not is_allowed(licence)] == []


def test_the_image_has_nothing_that_is_only_for_tests() -> None:
    """What is not there needs no patch."""
    image = locked("docker/requirements.lock")

    assert image < locked("requirements.lock")
    assert image & {"pytest", "moto", "hypothesis", "uv", "mypy"} == set()


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("Apache-2.0 AND MIT", True),
        ("EPL-2.0 OR GPL-2.0-or-later", True),
        ("BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0", True),
        ("GPL-3.0-only", False),
        ("MIT AND AGPL-3.0-only", False),
        ("", False),
    ],
)
def test_a_choice_is_enough_and_every_part_counts(licence: str, *, allowed: bool) -> None:
    """OR leaves a choice, AND does not."""
    assert is_allowed(licence) is allowed
