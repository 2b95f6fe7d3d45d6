"""Packing parts as a .docx."""

import io
import zipfile
from collections.abc import Mapping


def packed(contents: Mapping[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def changed(contents: Mapping[str, str], part: str, old: str, new: str, count: int = -1) -> bytes:
    """A copy in which `old` of one part is `new`; it must be there."""
    assert old in contents[part], f"{part} has no {old}"
    return packed({**contents, part: contents[part].replace(old, new, count)})
