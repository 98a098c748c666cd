"""The regular endings of an English word: enough to find "utilized" and "injuries" from a word list."""

VOWELS = "aeiou"


def forms(phrase):
    """``phrase``, a list of words, as tuples: as it is, and with its first or its last word inflected."""
    if not phrase:
        return set()
    first = {(form, *phrase[1:]) for form in inflections(phrase[0])}
    last = {(*phrase[:-1], form) for form in inflections(phrase[-1])}
    return first | last


def inflections(word):
    """``word`` and what it becomes with -s, -ed and -ing. A form that nobody uses does no harm: it is never found."""
    if word.endswith("e"):
        return {word, f"{word}s", f"{word}d", f"{word[:-1]}ing"}
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        stem = word[:-1]
        return {word, f"{stem}ies", f"{stem}ied", f"{word}ing"}
    stem = word + word[-1] if _doubles(word) else word
    plural = f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"
    return {
        word,
        plural,
        f"{word}ed",
        f"{word}ing",
        f"{stem}ed",
        f"{stem}ing",
    }


def _doubles(word):
    """Whether its last letter may double: "permit", "permitted"."""
    return (
        len(word) > 2
        and word[-1] not in VOWELS + "wxy"
        and word[-2] in VOWELS
        and word[-3] not in VOWELS
    )
