update duban.delivery
set state = 'sending', lease = :lease, attempts = attempts + 1, changed_at = :at, changed_by = :by, why = '',
    origin = :origin
where plan = :plan and delivery_id = :delivery_id and state = 'pending'
returning delivery_id
