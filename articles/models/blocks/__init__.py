"""What the body of an article is made of. A new kind of block is named in ``BLOCKS``, and nowhere else."""

from typing import Any

from content_editor.contents import contents_for_item
from django.db import models

from articles.models.blocks.links import CallToActionBlock, ExerciseBlock
from articles.models.blocks.media import DrawingBlock, ImageBlock, VideoBlock
from articles.models.blocks.text import (
    Block,
    BlockContext,
    CalloutBlock,
    MythBlock,
    QuestionBlock,
    QuoteBlock,
    StepsBlock,
    TextBlock,
)
from kneecare.core.text.richtext import RichTextField

BLOCKS: list[Any] = [
    TextBlock,
    CalloutBlock,
    ImageBlock,
    DrawingBlock,
    VideoBlock,
    ExerciseBlock,
    StepsBlock,
    MythBlock,
    QuestionBlock,
    QuoteBlock,
    CallToActionBlock,
]
# The class of a block by each type that it is shown as.
BY_TYPE = {name: block for block in BLOCKS for name in block.types}


def blocks_of(article):
    """The blocks of the draft, in their order."""
    return contents_for_item(article, BLOCKS).main


def is_rich(field):
    return isinstance(field, RichTextField)


def is_plain(field):
    """Whether an editor types words for readers into it, without formatting."""
    is_text = isinstance(field, models.CharField | models.TextField)
    is_address = isinstance(field, models.URLField | models.SlugField)
    is_said = is_text and not is_address and not field.choices
    return is_said and not is_rich(field) and field.name != "region"


__all__ = [
    "BLOCKS",
    "BY_TYPE",
    "Block",
    "BlockContext",
    "CallToActionBlock",
    "CalloutBlock",
    "DrawingBlock",
    "ExerciseBlock",
    "ImageBlock",
    "MythBlock",
    "QuestionBlock",
    "QuoteBlock",
    "StepsBlock",
    "TextBlock",
    "VideoBlock",
    "blocks_of",
    "is_plain",
    "is_rich",
]
