"""The domain, in the standard library alone: no clock, no input, no output; `as_of` is always an argument."""
