-- `office` is the folder's: whom a return speaks for is known even where its cover is blank.
-- `project_compounds` is null where it is as in the office's return before: it seldom changes, and names every compound.
select return_id, received.office, week, received_at, status, kind, ledger_rows, slip_at, faults,
       nullif(project_compounds,
              lag(project_compounds) over (partition by received.office order by received_at, path, return_id))
           as project_compounds,
       return_id in (select return_id from duban.empty_confirmation where plan = :plan and decided_at <= :as_of)
           as confirmed_empty
from duban.received
join duban.verdict using (plan, return_id)
where plan = :plan and received_at <= :as_of and status <> 'duplicate'
order by received_at, path, return_id
