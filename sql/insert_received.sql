insert into duban.received (plan, office, path, size, modified_at, sha256, received_at)
values (:plan, :office, :path, :size, :modified_at, :sha256, :received_at)
on conflict (plan, path, modified_at, sha256) do nothing
returning return_id, office, path, sha256, received_at
