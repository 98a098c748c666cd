"""Who signed in, who may do what, and who read or took what patients gave: written once, for the owner to read."""
