-- `office` is the folder's: whom a return speaks for is known even where its cover is blank.
select return_id, received.office, week, received_at, status, kind, ledger_rows, project_compounds, slip_at, faults
from duban.received
join duban.verdict using (plan, return_id)
where plan = :plan and received_at <= :as_of and status <> 'duplicate'
order by received_at, path, return_id
