"""Where the words of a block stand, and what they are without their markup."""

from articles.models.blocks import BLOCKS, is_plain, is_rich
from kneecare.core.text.html import plain_lines

FIELDS = [field for block in BLOCKS for field in block._meta.concrete_fields]
RICH = sorted({field.name for field in FIELDS if is_rich(field)})
# What a button says is no part of the text.
PLAIN = sorted({field.name for field in FIELDS if is_plain(field)} - {"label"})


def words(blocks):
    """Every word that readers are shown of ``blocks``: what a search looks through."""
    parts = []
    for block in blocks:
        parts += [str(block[name]) for name in PLAIN if block.get(name)]
        parts += [plain_lines(block[name]) for name in RICH if block.get(name)]
    return "\n".join(parts)
