insert into duban.pointer (plan, office, week, version, return_id, known_from)
values (:plan, :office, :week, :version, :return_id, :known_from)
