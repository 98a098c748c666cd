def lines(text):
    """The non-empty lines of ``text``, trimmed: how a short list is kept in one box that anybody can edit."""
    return [line.strip() for line in text.splitlines() if line.strip()]
