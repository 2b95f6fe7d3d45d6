insert into duban.delivery (plan, paper_id, recipient, channel, address, message_id, state, changed_at, changed_by,
                            origin)
values (:plan, :paper_id, :recipient, :channel, :address, :message_id, 'pending', :at, :by, :origin)
