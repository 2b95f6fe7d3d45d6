-- What was signed after an entry of the chain, with the number that it has where duban gave it one itself.
select audit.seq, audit.digest, signature.path, signature.sha256, signature.number as printed, number.issuer,
       number.series, number.year, number.number
from duban.audit
join duban.signature using (plan, paper_id)
left join duban.number on number.plan = audit.plan and number.paper_id = audit.paper_id and not number.entered
where audit.plan = :plan and audit.after = 'signed' and audit.seq > :seq
order by audit.seq
