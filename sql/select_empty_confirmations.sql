select return_id, reason, decided_by, decided_at from duban.empty_confirmation
where plan = :plan and decided_at <= :as_of
order by decided_at, confirmation_id
