"""Kill -9 at every point of the chain at which something is written, and the proof that a retry makes it good.

`effects` finds the points, `chain` says what is run, `prints` what is compared, `worker` is the process that does it.
"""
