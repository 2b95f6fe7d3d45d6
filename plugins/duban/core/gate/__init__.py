"""The light gate: what is wrong with a return, cell by cell, in the standard library; `executor` runs the rules."""
