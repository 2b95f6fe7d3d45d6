update duban.paper set state = :state, number = coalesce(number, :number)
where plan = :plan and paper_id = :paper_id
