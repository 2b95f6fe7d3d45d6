insert into duban.paper_content (plan, paper_id, content) values (:plan, :paper_id, :content)
