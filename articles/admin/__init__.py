from articles.admin.article import ArticleAdmin
from articles.admin.external_link import ExternalLinkAdmin
from articles.admin.publication import ArticlePublicationAdmin
from articles.admin.topic import TopicAdmin
from articles.admin.word import PlainWordAdmin

__all__ = [
    "ArticleAdmin",
    "ArticlePublicationAdmin",
    "ExternalLinkAdmin",
    "PlainWordAdmin",
    "TopicAdmin",
]
