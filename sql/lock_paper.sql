select state, sha256 from duban.paper where plan = :plan and paper_id = :paper_id for update
