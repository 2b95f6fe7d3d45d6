insert into duban.snapshot (plan, as_of, mark, lasting, lease) values (:plan, :as_of, :mark, :lasting, :lease)
