update duban.audit_head set seq = :seq, digest = :digest where plan = :plan
