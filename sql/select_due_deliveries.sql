-- What waits to be sent at an instant: of papers signed by then that stand.
select delivery.*
from duban.delivery
join duban.paper using (plan, paper_id)
join duban.signature using (plan, paper_id)
where plan = :plan
  and delivery.state = 'pending'
  and delivery.channel = any (cast(:channels as text[]))
  and paper.state in ('signed', 'delivered', 'acknowledged')
  and signature.signed_at <= :as_of
  and delivery.changed_at <= :as_of
order by delivery_id
