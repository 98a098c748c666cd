from articles.admin.article import ArticleAdmin
from articles.admin.external_link import ExternalLinkAdmin
from articles.admin.plain_word import PlainWordAdmin
from articles.admin.topic import TopicAdmin
from articles.admin.version import ArticleVersionAdmin

__all__ = [
    "ArticleAdmin",
    "ArticleVersionAdmin",
    "ExternalLinkAdmin",
    "PlainWordAdmin",
    "TopicAdmin",
]
