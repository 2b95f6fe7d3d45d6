-- A decision about all deliveries of a paper that are in one of the states `before`.
update duban.delivery
set state = :state, released = released or cast(:released as boolean), changed_at = greatest(changed_at, :at), changed_by = :by,
    why = :why, origin = :origin
where plan = :plan and paper_id = :paper_id and state = any (cast(:before as text[]))
returning delivery_id
