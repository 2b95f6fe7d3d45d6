-- Each judged return: what its verdict says of its rows, and the rows that are there (faults.md, I6).
select return_id, rows_read, rows_accepted, rows_rejected, rows_ignored,
       count(return_row.verdict) as found_read,
       count(*) filter (where return_row.verdict = 'accepted') as found_accepted,
       count(*) filter (where return_row.verdict = 'rejected') as found_rejected,
       count(*) filter (where return_row.verdict = 'ignored') as found_ignored
from duban.verdict
left join duban.return_row using (plan, return_id)
where plan = :plan
group by plan, return_id, rows_read, rows_accepted, rows_rejected, rows_ignored
order by return_id
