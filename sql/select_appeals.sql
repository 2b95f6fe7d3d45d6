select obligation, step, until, reason, said_by, said_at from duban.appeal
where plan = :plan and said_at <= :as_of
order by said_at, appeal_id
