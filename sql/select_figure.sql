select key, printed, definition, returns from duban.figure where plan = :plan and paper_id = :paper_id and key = :key
