from django.urls import path

from exercises.views import exercises

app_name = "exercises"
urlpatterns = [
    path("", exercises.index, name="index"),
    path("<slug:slug>/", exercises.detail, name="detail"),
    path("<slug:slug>/preview/", exercises.preview, name="preview"),
]
