"""The two ways in which Word's page dialog can give the standard's page (gb9704.md §1.1, §1.2)."""

from collections.abc import Mapping
from dataclasses import dataclass

from duban.adapters.gb9704 import texts
from duban.adapters.gb9704.document import Section
from duban.adapters.gb9704.xml import millimetres
from duban.core.errors import UsageError

PAPER = (210.0, 297.0)
TYPE_WIDTH = 156.0
TYPE_TOP, TYPE_BOTTOM, TYPE_LEFT, TYPE_RIGHT = 37.0, 262.0, 28.0, 184.0
"""Edges of the type area on the printed page, in millimetres from its top left corner (5.2.1)."""

GB_TOLERANCE = 1.0
PAPER_TOLERANCE = 0.5
OWN_TOLERANCE = 0.1
TYPE_TOLERANCE = 0.5


@dataclass(frozen=True, slots=True)
class Profile:
    """Margins and height of the type area in millimetres, the least and greatest pitch of 22 lines in points."""

    key: str
    margins: Mapping[str, float]
    type_height: float
    pitches: tuple[float, float]


A = Profile("A", {"top": 37.0, "bottom": 35.0, "left": 28.0, "right": 26.0}, 225.0, (27.9, 28.99))
"""The margins that people look for in Word's dialog. 29 pt gives 21 lines in 225 mm, less than 28 leaves a 23rd."""

B = Profile("B", {"top": 34.58, "bottom": 32.58, "left": 28.0, "right": 26.0}, 229.84, (28.5, 29.61))
"""GB/T 33476.2-2016: 天头 measured to the glyph, not to the line."""

PROFILES = {profile.key: profile for profile in (A, B)}


def chosen(key: str | None, section: Section) -> Profile:
    """The profile named, or the one whose upper margin is nearest to the section's."""
    if key is None:
        top = millimetres(abs(section.margins["top"]))
        return min(PROFILES.values(), key=lambda profile: abs(profile.margins["top"] - top))
    if key not in PROFILES:
        raise UsageError(texts.UNKNOWN_PROFILE.format(profile=key, known="、".join(PROFILES)))
    return PROFILES[key]
