-- The rows that writers lock; an office stands here from the first time anybody looked for it.
insert into duban.office (plan, code)
select :plan, code from unnest(cast(:offices as text[])) as asked (code)
on conflict do nothing
