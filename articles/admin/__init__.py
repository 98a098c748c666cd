from articles.admin.article import ArticleAdmin
from articles.admin.publication import ArticlePublicationAdmin
from articles.admin.topic import TopicAdmin

__all__ = ["ArticleAdmin", "ArticlePublicationAdmin", "TopicAdmin"]
