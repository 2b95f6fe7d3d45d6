-- Its sender is gone. A folder can be looked into again; what became of a mail nobody can tell.
update duban.delivery
set state = case channel when 'folder' then 'pending' else 'uncertain' end,
    lease = case channel when 'folder' then null else lease end,
    changed_at = greatest(changed_at, :at), changed_by = :by, why = :why, origin = :origin
where plan = :plan and state = 'sending' and lease = :lease
returning delivery_id
