"""The colours of the four classes: soft, and apart in lightness as well as in hue for those who do not see red."""

from dataclasses import dataclass

from duban.core.findings import FindingClass

INK, DARK, LINE, PALE, LINK, BLANK = "262626", "1F4E78", "BFBFBF", "F7F7F7", "0563C1", "FFFFFF"


@dataclass(frozen=True, slots=True)
class Colour:
    """RGB in hex: `fill` of cells, `ink` of what is written on it where it must stand out."""

    fill: str
    ink: str


COLOURS = {
    FindingClass.A: Colour("F5B7B1", "7B1F1A"),
    FindingClass.B: Colour("FFDF9E", "7A4B00"),
    FindingClass.C: Colour("CCE3F7", "1B4F7A"),
    FindingClass.D: Colour("E4E4E4", "404040"),
}
