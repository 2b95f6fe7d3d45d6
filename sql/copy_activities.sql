copy duban.activity (plan, return_id, row, kind, held_on, subject) from stdin
