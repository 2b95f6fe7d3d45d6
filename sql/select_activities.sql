select return_id, activity.kind, held_on from duban.activity
join duban.received using (plan, return_id)
where plan = :plan and received_at <= :as_of
order by return_id, row
