from django.urls import path

from bookings import own_page, subscription, views

urlpatterns = [
    path("book/", views.book, name="book"),
    path("bookings/<str:token>/", own_page.booking, name="booking"),
    path("bookings/<str:token>/move/", own_page.move, name="move"),
    path("bookings/<str:token>/invite.ics", own_page.invite, name="invite"),
    path("calls/<str:key>/", subscription.calendar, name="calendar"),
    path("contact/", views.contact, name="contact"),
    path("programs/<slug:slug>/", views.program, name="program"),
]
