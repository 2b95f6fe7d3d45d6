insert into duban.empty_confirmation (plan, return_id, reason, decided_by, decided_at)
values (:plan, :return_id, :reason, :decided_by, :decided_at)
on conflict do nothing
