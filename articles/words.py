"""Where the words of a frozen block stand, and what they are without their markup."""

from kneecare.core.html import plain_lines

RICH = ["html", "fact", "answer", "transcript"]
PLAIN = ["title", "myth", "question", "steps", "text", "attribution", "alt", "caption"]


def words(blocks):
    """Every word that readers are shown of ``blocks``: what a search looks through."""
    parts = []
    for block in blocks:
        parts += [str(block[name]) for name in PLAIN if block.get(name)]
        parts += [plain_lines(block[name]) for name in RICH if block.get(name)]
    return "\n".join(parts)
