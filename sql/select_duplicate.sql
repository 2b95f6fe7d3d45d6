-- A file put into the wrong folder was returned because of the folder: the same bytes in the right one are no duplicate.
select exists (
    select from duban.received
    join duban.verdict using (plan, return_id)
    where plan = :plan and sha256 = :sha256 and return_id <> :return_id
      and (status in ('accepted', 'partial') or (received.office = :office and status <> 'duplicate'))
)
