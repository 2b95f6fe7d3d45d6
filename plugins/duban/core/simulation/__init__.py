"""A made-up season of returns from a plan alone, for the demo and the tests; `season.simulate` makes it."""
