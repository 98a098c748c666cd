from django.urls import path

from bookings import views

urlpatterns = [
    path("book/", views.book, name="book"),
    path("bookings/<str:token>/", views.booking, name="booking"),
    path("contact/", views.contact, name="contact"),
    path("programs/<slug:slug>/", views.program, name="program"),
]
