select seq, digest from duban.audit_head where plan = :plan
