"""Whatever stands in a .docx, the checker reports; it never stumbles."""

from hypothesis import given, settings
from hypothesis import strategies as st

from duban.adapters.gb9704 import lint
from fakes.gb9704_documents import DOCUMENT, STYLES, changed, packed, parts

# A paper is checked in twenty milliseconds: fewer examples than where a rule costs microseconds.
EXAMPLES = max(25, settings().max_examples // 4)
VALUES = st.sampled_from([
    "",
    "-1",
    "0",
    "99999999999",
    "1e9",
    "nan",
    "abc",
    "０",
    "12pt",
    "-3.5mm",
    "true",
    "FF0000",
    "auto",
])
PLACES = st.sampled_from([
    'w:val="32"',
    'w:line="579"',
    'w:w="8844"',
    'w:top="2098"',
    'w:firstLineChars="200"',
    'w:linePitch="579"',
    'w:sz="12"',
])


@given(place=PLACES, value=VALUES, part=st.sampled_from([DOCUMENT, STYLES]))
@settings(max_examples=EXAMPLES)
def test_no_value_makes_the_checker_stumble(place: str, value: str, part: str) -> None:
    """Whatever stands in an attribute, there is a report."""
    contents = parts()
    name = place.split("=", maxsplit=1)[0]
    contents[part] = contents[part].replace(place, f'{name}="{value}"')
    assert len(lint(packed(contents)).not_checked) > 0


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
@settings(max_examples=EXAMPLES)
def test_no_text_makes_the_checker_stumble(text: str) -> None:
    """In the body, the title, the number and the 版记."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for place in (
        "东管办〔2018〕92号",
        "关于做好住宅小区管理提升工作的通知",
        "2018年7月19日",
        "附件1",
        "抄送：",
        "2.报送要求",
    ):
        report = lint(changed(parts(), DOCUMENT, place, escaped))
        assert report.as_json()["form"]
