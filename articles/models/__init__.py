from articles.models.article import Article, ArticlePublication, Topic
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
from articles.models.references import Reference

__all__ = [
    "BLOCKS",
    "Article",
    "ArticlePublication",
    "CallToActionBlock",
    "CalloutBlock",
    "DrawingBlock",
    "ExerciseBlock",
    "ImageBlock",
    "QuoteBlock",
    "Reference",
    "TextBlock",
    "Topic",
]
