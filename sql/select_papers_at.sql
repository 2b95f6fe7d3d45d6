-- The papers that were drafted by an instant, each as it stood then: its state, its number and signature once it was
-- signed, and when the last recipient had it, unless one of its deliveries was known by then to have failed.
select paper.paper_id, paper.kind, paper.title, paper.to_units, paper.cc_units, paper.as_of, paper.path, paper.sha256,
       paper.office, paper.week, paper.rung, paper.items, act.after as state,
       case when signature.signed_at is not null then paper.number end as number,
       signature.signed_by, signature.signed_at, signature.dated, signature.path as signed_path,
       signature.sha256 as signed_sha256,
       (select max(audit.at)
        from duban.audit
        where audit.plan = paper.plan and audit.paper_id = paper.paper_id and audit.after = 'delivered'
          and audit.at <= :as_of
          and not exists (select
                          from duban.delivery
                          cross join lateral (select change.state
                                              from duban.delivery_change as change
                                              where change.plan = delivery.plan
                                                and change.delivery_id = delivery.delivery_id
                                                and change.changed_at <= :as_of
                                              order by change.seq desc
                                              limit 1) as last
                          where delivery.plan = paper.plan and delivery.paper_id = paper.paper_id
                            and last.state <> 'sent')) as delivered_at
from duban.paper
join lateral (select audit.after
              from duban.audit
              where audit.plan = paper.plan and audit.paper_id = paper.paper_id and audit.at <= :as_of
              order by audit.seq desc
              limit 1) as act on true
left join duban.signature on signature.plan = paper.plan and signature.paper_id = paper.paper_id
                         and signature.signed_at <= :as_of
where paper.plan = :plan
order by paper.as_of, paper.paper_id
