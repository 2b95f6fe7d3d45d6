select exists (select from duban.received where plan = :plan and office = :office)
