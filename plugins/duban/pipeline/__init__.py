"""Use cases over ports: what the bureau does, in the order in which it does it."""
