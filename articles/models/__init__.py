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
from articles.models.links import ExternalLink
from articles.models.references import Reference
from articles.models.review import PendingReview, SelfScore
from articles.models.words import PlainWord

__all__ = [
    "BLOCKS",
    "Article",
    "ArticlePublication",
    "CallToActionBlock",
    "CalloutBlock",
    "DrawingBlock",
    "ExerciseBlock",
    "ExternalLink",
    "ImageBlock",
    "PendingReview",
    "PlainWord",
    "QuoteBlock",
    "Reference",
    "SelfScore",
    "TextBlock",
    "Topic",
]
