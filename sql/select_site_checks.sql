select compound, matter, result, visited_on, checked_by, note, recorded_at from duban.site_check
where plan = :plan and recorded_at <= :as_of
order by recorded_at, check_id
