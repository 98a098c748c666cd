from articles.admin.article import ArticleAdmin
from articles.admin.external_link import ExternalLinkAdmin
from articles.admin.version import ArticleVersionAdmin
from articles.admin.topic import TopicAdmin
from articles.admin.word import PlainWordAdmin

__all__ = [
    "ArticleAdmin",
    "ArticleVersionAdmin",
    "ExternalLinkAdmin",
    "PlainWordAdmin",
    "TopicAdmin",
]
