-- Some of the papers drafted by an instant, the latest first; their state is today's, as in select_papers.
select paper.*, signature.signed_by, signature.signed_at, signature.dated, signature.path as signed_path,
       signature.sha256 as signed_sha256,
       (select max(audit.at)
        from duban.audit
        where audit.plan = paper.plan and audit.paper_id = paper.paper_id and audit.after = 'delivered'
          and not exists (select
                          from duban.delivery
                          where delivery.plan = paper.plan and delivery.paper_id = paper.paper_id
                            and delivery.state <> 'sent')) as delivered_at
from (
    select * from duban.paper
    where plan = :plan and as_of <= :as_of and state = any (cast(:states as text[]))
    order by as_of desc, paper_id desc
    limit :most offset :skipped
) as paper
left join lateral (
    select * from duban.signature
    where signature.plan = paper.plan and signature.paper_id = paper.paper_id
    offset 0
) as signature on true
order by paper.as_of desc, paper.paper_id desc
