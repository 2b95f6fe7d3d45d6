insert into duban.appeal (plan, obligation, step, until, reason, said_by, said_at)
values (:plan, :obligation, :step, :until, :reason, :said_by, :said_at)
on conflict do nothing
