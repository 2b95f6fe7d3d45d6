"""The plan's `deliveries`: by which channel and where each recipient gets his papers."""

from pathlib import Path

import pytest

from duban.adapters.planfile import load_plan
from duban.core.addressees import Addressee, Channel
from duban.core.delivery import addressees_of
from duban.core.errors import PlanError

PLANS = Path(__file__).resolve().parents[1] / "plans"
SECTION = """
deliveries:
  decision: 测试
  recipients:
    - {{name: 新区督查室, channel: mail, address: {address}}}
    - {{name: 各街道, members: [东岸街道, 西岸街道]{more}}}
"""


def with_deliveries(folder: Path, address: str = "dc@example.com", more: str = "") -> Path:
    """The made-up plan with a section of its own."""
    text = (PLANS / "linhai-2021.yaml").read_text("utf-8").replace("../../plans", str(PLANS.parents[1] / "plans"))
    (folder / "local-holidays.yaml").write_text((PLANS / "local-holidays.yaml").read_text("utf-8"), "utf-8")
    plan = folder / "plan.yaml"
    plan.write_text(text + SECTION.format(address=address, more=more), "utf-8")
    return plan


def test_each_recipient_is_reached_as_the_plan_says_and_all_others_by_folder(tmp_path: Path) -> None:
    """A mailbox, a group, an office by its code, anybody else by name."""
    plan = load_plan(with_deliveries(tmp_path))

    assert addressees_of(plan, "新区督查室") == (Addressee("新区督查室", Channel.MAIL, "dc@example.com"),)
    assert [one.address for one in addressees_of(plan, "各街道")] == ["DA", "XA"]
    assert addressees_of(plan, "南山街道") == (Addressee("南山街道", Channel.FOLDER, "NS"),)
    assert addressees_of(plan, "专班组长") == (Addressee("专班组长", Channel.FOLDER, "专班组长"),)


def test_a_plan_without_the_section_delivers_by_folder() -> None:
    """The second plan says nothing of it."""
    plan = load_plan(PLANS / "linhai-2021.yaml")
    assert addressees_of(plan, "新区督查室") == (Addressee("新区督查室", Channel.FOLDER, "新区督查室"),)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"address": "不是邮箱"}, "须写邮箱地址"),
        ({"more": ", address: DA"}, "已列出 members"),
        ({"more": ", channel: fax"}, "fax"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, fault: dict[str, str], said: str) -> None:
    """File, line, key, what to do."""
    with pytest.raises(PlanError, match=said) as told:
        load_plan(with_deliveries(tmp_path, **fault))
    assert "deliveries.recipients[" in str(told.value)
