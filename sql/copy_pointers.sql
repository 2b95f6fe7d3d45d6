copy duban.pointer (plan, office, week, version, return_id, known_from) from stdin
