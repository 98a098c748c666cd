"""Headings go down one level at a time, over all blocks: the page's title is level 1, editors have 2 and 3."""

from articles.publish_checks.finding import error


def check_headings(copy):
    before = 1
    for text in copy.texts:
        for level, words in text.outline.headings:
            if not words:
                yield error("A heading is empty.", text.block, text.field)
            elif level > before + 1:
                said = f"The heading “{words}” skips a level: use heading {before + 1} before heading {level}."
                yield error(said, text.block, text.field)
            before = level
