-- A draft that was rejected or withdrawn has not been had: its items may have their rung in another paper.
delete from duban.paper_item where plan = :plan and paper_id = :paper_id
