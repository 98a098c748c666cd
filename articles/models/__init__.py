from articles.models.article import Article, Topic
from articles.models.blocks import (
    BLOCKS,
    CalloutBlock,
    CallToActionBlock,
    DrawingBlock,
    ExerciseBlock,
    ImageBlock,
    QuoteBlock,
    TextBlock,
)
from articles.models.publication import (
    ArticleEvent,
    ArticlePublication,
    Frozen,
    name_of,
)

__all__ = [
    "BLOCKS",
    "Article",
    "ArticleEvent",
    "ArticlePublication",
    "CallToActionBlock",
    "CalloutBlock",
    "DrawingBlock",
    "ExerciseBlock",
    "Frozen",
    "ImageBlock",
    "QuoteBlock",
    "TextBlock",
    "Topic",
    "name_of",
]
