from django.urls import path

from articles import views

app_name = "articles"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/picture.png", views.picture, name="picture"),
    path("<slug:slug>/preview/", views.preview, name="preview"),
]
