"""A stylesheet as Safari 15.4 to 16.1 reads it: what they lack falls away as the rules of CSS have it fall away."""

import re

# At-rules and selectors that are not known: what stands in them is dropped.
UNKNOWN_RULES = re.compile(r"@supports|scripting:|:has\(|::details-content")
UNKNOWN_VALUES = re.compile(r"\d[sdl]v[hwib]\b|text-wrap|/ \"\"|content-visibility")
TOKEN = re.compile(r"\"[^\"]*\"|[^{};\"]+|[{};]")


def old_css(css):
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return _rules(iter(TOKEN.findall(css))).replace("color-mix(", "no-such-function(")


def _rules(tokens):
    """What stands in the stylesheet or in an at-rule, up to its end."""
    kept, prelude = [], ""
    for token in tokens:
        if token == "}":
            break
        if token == "{":
            kept.append(_rule(prelude.strip(), tokens))
            prelude = ""
        elif token == ";":
            kept.append(f"{prelude.strip()};\n")
            prelude = ""
        else:
            prelude += token
    return "".join(kept)


def _rule(prelude, tokens):
    # The frames of an animation are declarations, too, one level deeper.
    inside = _rules(tokens) if prelude.startswith("@") else _declarations(tokens)
    is_known = not UNKNOWN_RULES.search(prelude)
    return f"{prelude} {{\n{inside}}}\n" if is_known else ""


def _declarations(tokens):
    """Those of a rule. One with a block in it is a nested rule, and ends, with all before it, at the next semicolon."""
    kept, text, is_nested = [], "", False
    for token in tokens:
        if token == "}":
            break
        if token == "{":
            _skip(tokens)
            is_nested = True
        elif token == ";":
            kept.append("" if is_nested else text)
            text, is_nested = "", False
        else:
            text += token
    kept.append("" if is_nested else text)
    known = [each for each in kept if each.strip() and not UNKNOWN_VALUES.search(each)]
    return "".join(f"{each.strip()};\n" for each in known)


def _skip(tokens):
    deep = 1
    while deep:
        deep += {"{": 1, "}": -1}.get(next(tokens), 0)
