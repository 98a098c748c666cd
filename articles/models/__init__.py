from django.db import models

from articles.models.article import Article, Topic
from articles.models.blocks import (
    BLOCKS,
    BY_TYPE,
    CalloutBlock,
    CallToActionBlock,
    DrawingBlock,
    ExerciseBlock,
    ImageBlock,
    MythBlock,
    QuestionBlock,
    QuoteBlock,
    StepsBlock,
    TextBlock,
    VideoBlock,
)
from articles.models.external_link import ExternalLink
from articles.models.files import ArticleFile
from articles.models.plain_word import PlainWord
from articles.models.reference import Reference
from articles.models.review import PendingReview, SelfScore
from articles.models.version import ArticleEvent, ArticleVersion, Frozen

# What an editor writes into an article row by row, and what each row calls its article.
PARTS: dict[type[models.Model], str] = {
    **dict.fromkeys(BLOCKS, "parent"),
    Reference: "article",
}

__all__ = [
    "BLOCKS",
    "BY_TYPE",
    "PARTS",
    "Article",
    "ArticleEvent",
    "ArticleVersion",
    "CallToActionBlock",
    "CalloutBlock",
    "DrawingBlock",
    "ExerciseBlock",
    "ExternalLink",
    "Frozen",
    "ImageBlock",
    "MythBlock",
    "PendingReview",
    "PlainWord",
    "ArticleFile",
    "QuestionBlock",
    "QuoteBlock",
    "Reference",
    "SelfScore",
    "StepsBlock",
    "TextBlock",
    "Topic",
    "VideoBlock",
]
