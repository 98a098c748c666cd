from django.urls import path

from exercises.views import handouts as views

app_name = "handouts"
urlpatterns = [
    path("<str:code>/", views.detail, name="detail"),
    path("<str:code>/play/", views.play, name="play"),
    path("<str:code>/handout.pdf", views.handout_pdf, name="pdf"),
    path("<str:code>", views.without_slash, name="without_slash"),
    path("<path:rest>", views.lost, name="lost"),
]
