insert into duban.ask (plan, return_id, table_key, compound, reason, asked_by, asked_at)
values (:plan, :return_id, :table_key, :compound, :reason, :asked_by, :asked_at)
on conflict do nothing
