-- How many files of these offices were taken in on a day: judged on it, or not judged yet.
select received.office, count(*) as files
from duban.received
left join duban.verdict using (plan, return_id)
where plan = :plan and received.office = any (cast(:offices as text[]))
  and (judged_as_of is null or (judged_as_of >= :day and judged_as_of < :next_day))
group by received.office
