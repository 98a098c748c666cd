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
from articles.models.plain_word import PlainWord
from articles.models.reference import Reference
from articles.models.review import PendingReview, SelfScore
from articles.models.version import ArticleEvent, ArticleFile, ArticleVersion

__all__ = [
    "BLOCKS",
    "BY_TYPE",
    "Article",
    "ArticleEvent",
    "ArticleFile",
    "ArticleVersion",
    "CallToActionBlock",
    "CalloutBlock",
    "DrawingBlock",
    "ExerciseBlock",
    "ExternalLink",
    "ImageBlock",
    "MythBlock",
    "PendingReview",
    "PlainWord",
    "QuestionBlock",
    "QuoteBlock",
    "Reference",
    "SelfScore",
    "StepsBlock",
    "TextBlock",
    "Topic",
    "VideoBlock",
]
