copy duban.finding (plan, return_id, position, code, class, sheet, cell, compound, column_key, row, found, expected, reason)
from stdin
