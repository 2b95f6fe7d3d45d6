insert into duban.paper_receipt (plan, paper_id, received_by, received_at, reply, sha256, origin)
values (:plan, :paper_id, :by, :at, :reply, :sha256, :origin)
on conflict do nothing
