select office, compound, change, reason, decided_by, decided_at from duban.amendment
where plan = :plan and decided_at <= :as_of
order by decided_at, amendment_id
