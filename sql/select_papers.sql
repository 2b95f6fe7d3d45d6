-- delivered_at: when the last recipient had it; null again when one of its deliveries turns out to have failed.
select paper.*, signature.signed_by, signature.signed_at, signature.dated, signature.path as signed_path,
       signature.sha256 as signed_sha256,
       (select max(audit.at)
        from duban.audit
        where audit.plan = paper.plan and audit.paper_id = paper.paper_id and audit.after = 'delivered'
          and not exists (select
                          from duban.delivery
                          where delivery.plan = paper.plan and delivery.paper_id = paper.paper_id
                            and delivery.state <> 'sent')) as delivered_at
from duban.paper
left join duban.signature using (plan, paper_id)
where paper.plan = :plan and (cast(:paper_id as bigint) is null or paper_id = :paper_id)
order by paper.as_of, paper_id
