from articles.models.article import Article, ArticlePublication, Topic
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
from articles.models.files import PublicationFile
from articles.models.references import Reference

__all__ = [
    "BLOCKS",
    "BY_TYPE",
    "Article",
    "ArticlePublication",
    "CallToActionBlock",
    "CalloutBlock",
    "DrawingBlock",
    "ExerciseBlock",
    "ImageBlock",
    "MythBlock",
    "PublicationFile",
    "QuestionBlock",
    "QuoteBlock",
    "Reference",
    "StepsBlock",
    "TextBlock",
    "Topic",
    "VideoBlock",
]
