"""A year of the product with something going wrong all the time, and the proof that it ends as a year without.

`weeks` says what is run, `faults` what goes wrong, `children` are the processes it goes wrong in, `year` runs both
years and compares: `python -m fakes.storm FOLDER WEEKS SEED SHARE`.
"""
