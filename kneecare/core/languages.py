"""How a language of the site is named to machines."""


def tag(code):
    """``en-us`` as HTML and feeds write it: ``en-US``."""
    language, _, region = code.partition("-")
    return f"{language}-{region.upper()}" if region else language


def locale(code):
    """``en-us`` as Open Graph writes it: ``en_US``."""
    return tag(code).replace("-", "_")
