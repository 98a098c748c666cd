class StorageAway(OSError):
    """What keeps pictures does not answer. Not that it lacks one: that is a ``FileNotFoundError``."""
