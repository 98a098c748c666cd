"""What the pages of an article in the admin share, besides its form."""

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from articles.admin.clock import on_clinic_clock
from articles.models import Article


class ArticlePages(ModelAdmin):
    """An admin whose articles have pages of their own: ``pages`` maps the end of each address to its method."""

    pages: dict[str, str] = {}

    def get_urls(self):
        ours = [
            path(
                f"<int:pk>/{ending}",
                self.admin_site.admin_view(on_clinic_clock(getattr(self, name))),
                name=f"articles_article_{name}",
            )
            for ending, name in self.pages.items()
        ]
        return ours + super().get_urls()

    def get_article(self, request, pk, *, to_change=False):
        """The article, for somebody who may see it, or change it."""
        articles = Article.objects.select_related("live", "planned", "saved_by")
        article = get_object_or_404(articles, pk=pk)
        may = self.has_change_permission if to_change else self.has_view_permission
        if not may(request, article):
            raise PermissionDenied
        return article

    def page(self, request, article, name, **context):
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": article,
            "may_change": self.has_change_permission(request, article),
        }
        template = f"admin/articles/article/{name}.html"
        return TemplateResponse(request, template, context)


def address(name, *args):
    return reverse(f"admin:articles_article_{name}", args=args)
