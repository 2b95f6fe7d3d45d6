-- Those of some returns whose bytes were judged before: in the same folder, or accepted in another. A file put into the
-- wrong folder was returned because of the folder: the same bytes in the right one are no duplicate.
select asked.return_id
from unnest(cast(:return_ids as bigint[]), cast(:offices as text[]), cast(:digests as text[]))
    as asked (return_id, office, sha256)
where exists (
    select from duban.received
    join duban.verdict using (plan, return_id)
    where plan = :plan and received.sha256 = asked.sha256 and return_id <> asked.return_id
      and (status in ('accepted', 'partial') or (received.office = asked.office and status <> 'duplicate'))
)
