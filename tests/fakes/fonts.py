"""The free fonts that papers are printed with in tests, so that they look the same on every machine (`make fonts`)."""

import os
import shutil
from pathlib import Path

import pytest

FONTS = Path(os.environ.get("DUBAN_FONTS", Path(__file__).parents[2] / "var" / "fonts"))
"""A folder of Fandol, out of which every official name is printed."""

LACKING = [name for name in ("soffice", "pdftotext", "pdftoppm", "pdffonts") if shutil.which(name) is None]
if not (FONTS / "FandolFang-Regular.otf").exists():
    LACKING.append("Fandol (make fonts)")

printing = pytest.mark.skipif(bool(LACKING), reason=f"not installed: {', '.join(LACKING)}")
"""For tests that look at printed pages."""
