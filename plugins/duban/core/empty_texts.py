"""Every text about zero reports of offices without a compound: each refusal says where, what was found, what to do."""

from duban.core.returns import NOTHING_TO_IMPROVE, REASONS

NO_MAKER = "请用 --by 写明由谁确认。"
NO_SUCH = "没有编号为 {return_id} 的报表，请用 duban returns 查看编号。"
NOT_YET = "{return_id} 号报表{received_at}才收到，晚于登记的时间；请核对 --at。"
NOT_TAKEN = "{return_id} 号报表没有采用，不能据以确认；请改用该办事处已采用的零报告的编号。"
NOT_ZERO = "{return_id} 号报表封面的报送类型为“{kind}”，不是零报告；请改用零报告的编号。"
NOT_SAID = (
    f"{{return_id}} 号报表的《{REASONS.sheet}》中没有“{NOTHING_TO_IMPROVE}”；"
    f"请该办事处报零报告，并在《{REASONS.sheet}》中写明这句话。"
)
CONFIRMED = "{return_id} 号报表已由{by}于{decided_at}确认，无需再次登记。"
HAS_LEDGER = (
    f"该办事处已报送过工作台账（{{return_id}} 号报表），与“{NOTHING_TO_IMPROVE}”不符；"
    "小区有增减的，请用 duban baseline --add、--remove 调整基数。"
)
ALREADY_MET = "该办事处的 {return_id} 号零报告已经确认，无需再次登记。"
HAS_COMPOUNDS = (
    f"该办事处报送过 {{count}} 个小区（如 {{compound}}），与“{NOTHING_TO_IMPROVE}”不符；请先与该办事处核实并由其补正。"
)
EXPECTED_COMPOUNDS = (
    f"方案写明该办事处应有 {{count}} 个小区，与“{NOTHING_TO_IMPROVE}”不符；"
    "请先核实，属实的请改方案文件中的 expected_compounds。"
)
RECORDED = f"已登记：{{office}} {NOTHING_TO_IMPROVE}（{{return_id}} 号报表），调查摸底视为完成，基数为 0。"
WAITING_TITLE = f"待确认的零报告（{NOTHING_TO_IMPROVE}）"
HOW_TO_CONFIRM = "核实后登记：duban baseline --confirm-empty 编号 --by 姓名"
