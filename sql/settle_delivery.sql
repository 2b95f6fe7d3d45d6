-- Only who holds the lease knows; that it was given up meanwhile as uncertain does not make him wrong.
update duban.delivery
set state = cast(:state as text), changed_at = :at, changed_by = :by, why = :why, origin = :origin,
    lease = case when cast(:state as text) = 'uncertain' then lease end
where plan = :plan and delivery_id = :delivery_id and lease = :lease and state in ('sending', 'uncertain')
returning delivery_id
