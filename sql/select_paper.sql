select * from duban.paper
where plan = :plan and kind = :kind and as_of = :as_of and items = cast(:items as text[])
  and office is not distinct from :office and state <> 'rejected'
