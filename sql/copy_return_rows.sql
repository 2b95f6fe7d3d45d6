copy duban.return_row (plan, return_id, position, table_key, row, verdict, compound, cells, reason) from stdin
