-- What changes when anything becomes known: asked before a snapshot is worked out for one look, to tell how long it holds.
select (select seq from duban.audit_head where plan = :plan) as acts,
       (select max(return_id) from duban.verdict where plan = :plan) as verdicts,
       (select max(waiver_id) from duban.waiver where plan = :plan) as waivers,
       (select max(amendment_id) from duban.amendment where plan = :plan) as amendments,
       (select max(appeal_id) from duban.appeal where plan = :plan) as appeals,
       (select max(check_id) from duban.site_check where plan = :plan) as site_checks,
       (select max(confirmation_id) from duban.empty_confirmation where plan = :plan) as empty_confirmations,
       (select max(receipt_id) from duban.paper_receipt where plan = :plan) as receipts
