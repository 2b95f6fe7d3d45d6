-- Of the decisions known at an instant the latest on each rule and compound, where it still holds on `day`.
select rule, compound, until, reason, decided_by, decided_at
from (
    select distinct on (rule, compound) * from duban.waiver
    where plan = :plan and decided_at <= :as_of
    order by rule, compound, decided_at desc
) as latest
where until >= :day
order by compound, rule
