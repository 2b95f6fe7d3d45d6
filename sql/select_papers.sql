select * from duban.paper where plan = :plan order by as_of, paper_id
