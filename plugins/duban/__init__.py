"""duban 督办: weekly returns in, official papers out, every deadline watched."""
