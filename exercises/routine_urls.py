from django.urls import path

from exercises.views import routines as views

app_name = "routines"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/play/", views.play, name="play"),
    path("<slug:slug>/handout.pdf", views.handout, name="handout"),
    path("<slug:slug>/preview/", views.preview, name="preview"),
    path(
        "<slug:slug>/preview/handout.pdf",
        views.handout_preview,
        name="handout_preview",
    ),
]
