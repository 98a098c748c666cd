"""Where the words of a frozen block stand, and what they are without their markup."""

import re
from html import unescape

from django.utils.html import strip_tags

RICH = ["html", "fact", "answer", "transcript"]
PLAIN = ["title", "myth", "question", "steps", "text", "attribution", "alt", "caption"]
ENDS = re.compile(r"</(?:p|li|h2|h3)>|<br>")


def plain(html):
    """The words of an editor's text, a line for each paragraph."""
    return unescape(strip_tags(ENDS.sub("\n", html))).strip()


def words(blocks):
    """Every word that readers are shown of ``blocks``: what a search looks through."""
    parts = []
    for block in blocks:
        parts += [str(block[name]) for name in PLAIN if block.get(name)]
        parts += [plain(block[name]) for name in RICH if block.get(name)]
    return "\n".join(parts)
