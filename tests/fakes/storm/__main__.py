"""`python -m fakes.storm FOLDER WEEKS SEED SHARE`: tells its report as one JSON document."""

import sys

from fakes.storm.year import main

main(*sys.argv[1:])
