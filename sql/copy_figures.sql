copy duban.figure (plan, paper_id, key, printed, definition, returns) from stdin
