insert into duban.waiver (plan, rule, compound, until, reason, decided_by, decided_at)
values (:plan, :rule, :compound, :until, :reason, :decided_by, :decided_at)
on conflict do nothing
