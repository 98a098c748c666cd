from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.static import serve

from articles import views as article_views
from articles.feeds import ArticleFeed
from kneecare import views
from kneecare.clinic import views as clinic_views
from kneecare.core import views as core_views
from kneecare.sitemaps import SITEMAPS

urlpatterns = [
    path("", views.home, name="home"),
    path("articles/", include("articles.urls")),
    path("topics/<slug:slug>/", article_views.topic, name="topic"),
    path("where-does-it-hurt/", article_views.finder, name="finder"),
    path("when-to-get-help/", clinic_views.help_signs, name="help"),
    path("exercises/", include("exercises.urls")),
    path("routines/", include("exercises.routine_urls")),
    path("", include("bookings.urls")),
    path("about/", clinic_views.about, name="about"),
    path("privacy/", views.privacy, name="privacy"),
    path("feeds/articles/", ArticleFeed(), name="feed"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("healthz", core_views.alive, name="healthz"),
    path("readyz", core_views.ready, name="readyz"),
    path("admin/", admin.site.urls),
]
if settings.MEDIA_URL.startswith("/"):
    # Pictures are few, small and re-drawn by us, so that the site may serve them itself.
    urlpatterns += [
        path(
            "media/<path:path>",
            serve,
            {"document_root": settings.MEDIA_ROOT},
            name="media",
        )
    ]
