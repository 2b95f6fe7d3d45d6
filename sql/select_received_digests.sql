select return_id, path, sha256 from duban.received where plan = :plan order by return_id
