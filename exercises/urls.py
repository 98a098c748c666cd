from django.urls import path

from exercises.views import exercises, handouts, routines

exercise_urls = [
    path("", exercises.index, name="index"),
    path("<slug:slug>/", exercises.detail, name="detail"),
    path("<slug:slug>/preview/", exercises.preview, name="preview"),
]
routine_urls = [
    path("", routines.index, name="index"),
    path("<slug:slug>/", routines.detail, name="detail"),
    path("<slug:slug>/play/", routines.play, name="play"),
    path("<slug:slug>/handout.pdf", routines.handout, name="handout"),
    path("<slug:slug>/preview/", routines.preview, name="preview"),
    path(
        "<slug:slug>/preview/handout.pdf",
        routines.handout_preview,
        name="handout_preview",
    ),
]
handout_urls = [
    path("<str:code>/", handouts.detail, name="detail"),
    path("<str:code>/play/", handouts.play, name="play"),
    path("<str:code>/handout.pdf", handouts.handout_pdf, name="pdf"),
    path("<str:code>", handouts.without_slash, name="without_slash"),
    path("<path:rest>", handouts.lost, name="lost"),
]
