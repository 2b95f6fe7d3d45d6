select content from duban.paper_content where plan = :plan and paper_id = :paper_id
