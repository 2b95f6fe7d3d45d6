-- Of the instants that are no cut-offs only the newest is looked at.
delete from duban.snapshot where plan = :plan and not lasting and as_of < :as_of
