"""What the body of an article is made of."""

from articles.models.blocks.links import CallToActionBlock, ExerciseBlock
from articles.models.blocks.media import DrawingBlock, ImageBlock
from articles.models.blocks.text import (
    CalloutBlock,
    MythBlock,
    QuestionBlock,
    QuoteBlock,
    StepsBlock,
    TextBlock,
)
from articles.models.blocks.video import VideoBlock

BLOCKS = [
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
# The class that makes a block again from its snapshot, by the block's type.
BY_TYPE = {name: block for block in BLOCKS for name in block.types}

__all__ = [
    "BLOCKS",
    "BY_TYPE",
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
]
