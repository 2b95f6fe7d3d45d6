insert into duban.paper_template (plan, paper_id, stage, sha256) values (:plan, :paper_id, :stage, :sha256)
