select coalesce(max(version), 0) + 1 from duban.rollup where plan = :plan and office = :office and week = :week
