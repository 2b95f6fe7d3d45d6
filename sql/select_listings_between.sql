select as_of from duban.listing
where plan = :plan and office = :office and as_of > :after and as_of <= :until
order by as_of
