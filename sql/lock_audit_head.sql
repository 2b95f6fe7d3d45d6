-- The end of the chain, held until the transaction ends; a plan's first entry has nothing before it.
insert into duban.audit_head as head (plan, seq, digest) values (:plan, 0, :nothing)
on conflict (plan) do update set seq = head.seq
returning seq, digest, clock_timestamp() as now
