-- A decision of a person about one delivery that is in one of the states `before`.
update duban.delivery
set state = :state, lease = null, changed_at = greatest(changed_at, :at), changed_by = :by, why = :why,
    origin = :origin
where plan = :plan and delivery_id = :delivery_id and state = any (cast(:before as text[]))
returning delivery_id
