"""Official papers in Word: the page of GB/T 9704-2012, base documents, and filling them in."""

from duban.adapters.word.build import build_templates
from duban.adapters.word.compose import DocxComposer
from duban.adapters.word.sheet import PROFILES

__all__ = ["PROFILES", "DocxComposer", "build_templates"]
