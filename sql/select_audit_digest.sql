select digest from duban.audit where plan = :plan and seq = :seq
