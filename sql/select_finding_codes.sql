-- How often each code was found in what some offices sent between two instants, hints after all others; looked up as in
-- select_week_returns.
select finding.code, count(*) as findings
from unnest(cast(:offices as text[])) as asked (office)
cross join lateral (
    select return_id from duban.received
    where received.plan = :plan and received.office = asked.office and received_at between :since and :as_of
    offset 0
) as received
cross join lateral (
    select code, class from duban.finding where finding.plan = :plan and finding.return_id = received.return_id
    offset 0
) as finding
group by finding.code, finding.class
order by finding.class = 'D', count(*) desc, finding.code
