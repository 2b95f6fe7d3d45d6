delete from duban.snapshot where plan = :plan and as_of = :as_of
