"""Why something was not done. Each is an answer to a person, not a fault, and nothing has changed."""


class PublishedMeanwhile(Exception):
    """Somebody else published the same page at the same moment."""


class NotRestored(Exception):
    """A version that cannot be brought back as things stand; its text says why."""
