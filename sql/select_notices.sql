-- The delivered letters of one kind that stood at an instant, with the first reply that had come by then.
select paper.paper_id, paper.office, delivered.at as delivered_at,
       (select min(received_at)
        from duban.paper_receipt as receipt
        where receipt.plan = paper.plan and receipt.paper_id = paper.paper_id and receipt.received_at <= :as_of
          and (receipt.reply is not null or receipt.sha256 is not null)) as replied_at
from duban.paper
join duban.audit as delivered using (plan, paper_id)
where paper.plan = :plan
  and paper.kind = :kind
  and paper.office is not null
  and delivered.after = 'delivered'
  and delivered.at <= :as_of
  and not exists (select
                  from duban.audit as revoked
                  where revoked.plan = paper.plan and revoked.paper_id = paper.paper_id
                    and revoked.after = 'revoked' and revoked.at <= :as_of)
order by delivered.at, paper.paper_id
