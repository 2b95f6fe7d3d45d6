update duban.pointer set known_until = :known_from
where plan = :plan and office = :office and week = :week and known_until = 'infinity'
