from django.contrib import admin
from django.urls import include, path
from django.views.decorators.http import require_safe

from articles import views as article_views
from articles.feeds import ArticleFeed
from exercises import urls as exercises
from exercises.views import exercises as exercise_views
from kneecare.clinic import views as clinic_views
from kneecare.core.health import views as health
from kneecare.core.http.database_faults import server_error
from kneecare.core.telemetry.views import metrics
from kneecare.media.views import media, video_file
from kneecare.site import pwa, views
from kneecare.site.errors import page_not_found
from kneecare.site.staff_errors import bad_request, permission_denied
from kneecare.stored.decorators import may_be_stored

handler400 = bad_request
handler403 = permission_denied
handler404 = page_not_found
handler500 = server_error
urlpatterns = [
    path("", views.home, name="home"),
    path("articles/", include("articles.urls")),
    path("preview/<str:token>/", article_views.shared_preview, name="shared_preview"),
    path("topics/<slug:slug>/", article_views.topic, name="topic"),
    path("where-does-it-hurt/", article_views.finder, name="finder"),
    path("when-to-get-help/", clinic_views.help_signs, name="help"),
    path("exercises/", include((exercises.exercise_urls, "exercises"))),
    path(
        "figures/<slug:name>/<slug:kind>.<slug:drawn_by>.svg",
        exercise_views.figure,
        name="figure",
    ),
    path("figures/<slug:name>.<slug:drawn_by>.svg", views.drawing, name="drawing"),
    path("routines/", include((exercises.routine_urls, "routines"))),
    path("handouts/", include((exercises.handout_urls, "handouts"))),
    path("my-progress/", exercise_views.progress, name="progress"),
    path("", include("bookings.urls")),
    path("about/", clinic_views.about, name="about"),
    path("privacy/", views.privacy, name="privacy"),
    path("search/", views.search, name="search"),
    path("feeds/articles/", require_safe(may_be_stored(ArticleFeed())), name="feed"),
    path("sitemap.xml", views.sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", views.sitemap_section, name="sitemap_section"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("manifest.webmanifest", pwa.manifest, name="manifest"),
    path("service-worker.js", pwa.service_worker, name="service_worker"),
    path("offline/", pwa.offline, name="offline"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("media/videos/<str:name>", video_file, name="video_file"),
    path("media/<path:path>", media, name="media"),
    # allauth leads to the sign-in by this name.
    path("admin/login/", admin.site.login, name="account_login"),
    path("admin/account/", include("kneecare.accounts.urls")),
    path("admin/", admin.site.urls),
]
