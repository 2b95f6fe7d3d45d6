"""A spoilt plan file is refused in Chinese or loads: nothing else ever comes out of the loader."""

import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from duban.adapters.planfile import load_plan
from duban.core.errors import PlanError

PLANS = Path(__file__).resolve().parents[2] / "plans"
LINES = (PLANS / "jingkai-2018.yaml").read_text("utf-8").splitlines()
SPOILT = st.one_of(
    st.just(""),
    st.text(max_size=12),
    st.sampled_from(["null", "[]", "{}", "- x", "-1", "1e9", "2018-07-30", "*office_share", "!!python/none", "<<: *x"]),
)


def outcome(path: Path) -> str:
    try:
        return f"请启用 {load_plan(path).key}"
    except PlanError as error:
        return str(error)


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, len(LINES) - 1), spoilt=SPOILT, keep_key=st.booleans())
@example(at=9, spoilt="{}", keep_key=True)
def test_a_line_spoilt_anywhere_gives_a_plan_or_a_plan_error(at: int, spoilt: str, keep_key: bool) -> None:
    """Whatever stands in one line, alone or after its key."""
    key, colon, _ = LINES[at].partition(":")
    line = f"{key}: {spoilt}" if keep_key and colon else spoilt
    text = "\n".join([*LINES[:at], line, *LINES[at + 1 :]])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.yaml"
        path.write_text(text.encode("utf-8", "replace").decode("utf-8"), "utf-8")
        (path.parent / "calendar.yaml").write_bytes((PLANS / "calendar.yaml").read_bytes())
        assert "请" in outcome(path)
