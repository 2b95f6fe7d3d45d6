insert into duban.paper_item (plan, obligation, rung, paper_id)
select :plan, obligation, :rung, :paper_id from unnest(cast(:items as text[])) as concerned (obligation)
