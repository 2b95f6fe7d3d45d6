"""What sheets may be called in Excel."""

from collections.abc import Collection

from duban.core.cleaning import fold_label

LONGEST = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))
_NUMBERED = "{name}（{number}）"


def safe_title(name: str) -> str:
    """`name` as a sheet may be called."""
    return name.translate(_FORBIDDEN).strip("'")[:LONGEST] or "Sheet"


def free_title(name: str, taken: Collection[str]) -> str:
    """`name` as a sheet may be called that is none of `taken`, however that is written."""
    folded = {fold_label(title).casefold() for title in taken}
    title, number = safe_title(name), 1
    while fold_label(title).casefold() in folded:
        number += 1
        suffix = _NUMBERED.format(name="", number=number)
        title = safe_title(name)[: LONGEST - len(suffix)] + suffix
    return title
