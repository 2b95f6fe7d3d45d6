"""What the catalogue itself says of each case (faults.md §3): N, R, F, W, H, or a word of its own."""

_IN_ORDER = """
    F F W/F F N N/F F N/F N F F F F F F/N F/N N N N N
    F F F F/N N F F F F F N N N W F W F F/N F R/F
    N N ignore ignore N N N N N N F F/N N R F/N R F N F F
    N N N N N/F N F F N W ignore ignore N H/N F ignore/R N R N N
    R R W N/R N N/R R N N N/R N N N N N/W H/R R/N N/R R R
    R R N N N/H N N R duplicate new W/H last F/H R R H H W H R/H
    R F/R R F H late N W queue N/W
"""

SAID = dict(enumerate(_IN_ORDER.split(), start=1))
