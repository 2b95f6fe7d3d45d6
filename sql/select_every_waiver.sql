-- Every waiver decided by an instant, also those that were replaced or have run out: a past day is judged by what held then.
select rule, compound, until, reason, decided_by, decided_at from duban.waiver
where plan = :plan and decided_at <= :as_of
order by decided_at, rule, compound
