"""Ink on a page: where something red or black is, in millimetres from the top left corner."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]

MM_PER_INCH = 25.4
DARK, BRIGHT = 120, 150
SOLID = 0.9
"""Part of a rule's length that is ink in every row of dots."""

LONG = 60.0
"""Millimetres from which a solid stroke is a rule."""

_HEADER = re.compile(rb"P6\s+(\d+)\s+(\d+)\s+255\s")


@dataclass(frozen=True, slots=True)
class Stroke:
    """A horizontal rule as printed."""

    top: float
    bottom: float
    left: float
    right: float

    @property
    def length(self) -> float:
        return self.right - self.left


class Ink:
    """The dots of one page."""

    def __init__(self, dots: NDArray[np.uint8], dots_per_inch: int) -> None:
        self._per_mm = dots_per_inch / MM_PER_INCH
        red, green, blue = (dots[:, :, at].astype("int16") for at in range(3))
        self.red: Mask = (red > BRIGHT) & (green < DARK) & (blue < DARK)
        self.black: Mask = (red < DARK) & (green < DARK) & (blue < DARK)

    def rows(
        self, mask: Mask, left: float = 0, right: float = 1000, top: float = 0, bottom: float = 1000
    ) -> list[float]:
        """The heights at which there is ink within a box."""
        window = mask[self._at(top) : self._at(bottom), self._at(left) : self._at(right)]
        return [(self._at(top) + int(row)) / self._per_mm for row in np.flatnonzero(window.any(axis=1))]

    def strokes(self, mask: Mask) -> list[Stroke]:
        """The rules among the ink, from top to bottom."""
        found: list[Stroke] = []
        for row, left, right in self._solid_rows(mask):
            top = row / self._per_mm
            bottom = (row + 1) / self._per_mm
            if found and top - found[-1].bottom < 1.5 / self._per_mm:
                last = found[-1]
                found[-1] = Stroke(last.top, bottom, min(last.left, left), max(last.right, right))
            else:
                found.append(Stroke(top, bottom, left, right))
        return found

    def _solid_rows(self, mask: Mask) -> Iterator[tuple[int, float, float]]:
        counts = mask.sum(axis=1)
        for row in np.flatnonzero(counts > LONG * self._per_mm):
            columns = np.flatnonzero(mask[row])
            first, last = int(columns[0]), int(columns[-1])
            if counts[row] >= SOLID * (last - first + 1):
                yield int(row), first / self._per_mm, (last + 1) / self._per_mm

    def _at(self, millimetres: float) -> int:
        return max(0, round(millimetres * self._per_mm))


def read_ink(picture: bytes, dots_per_inch: int) -> Ink:
    """A binary PPM as Ink."""
    header = _HEADER.match(picture)
    if header is None:
        raise ValueError("not a binary PPM")
    width, height = int(header[1]), int(header[2])
    dots = np.frombuffer(picture, dtype=np.uint8, offset=header.end()).reshape(height, width, 3)
    return Ink(dots, dots_per_inch)
