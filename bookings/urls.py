from django.urls import path

from bookings.views import (
    book,
    calendar_feed,
    mail_events,
    manage,
    text_events,
    waiting,
)

urlpatterns = [
    path("book/", book.book, name="book"),
    path("bookings/<str:token>/", manage.booking, name="booking"),
    path("bookings/<str:token>/move/", manage.move, name="move"),
    path("bookings/<str:token>/earlier/", waiting.earlier, name="earlier"),
    path("bookings/<str:token>/invite.ics", manage.invite, name="invite"),
    path("calls/<str:key>/", calendar_feed.calendar, name="calendar"),
    path("contact/", book.contact, name="contact"),
    path("mail-events/", mail_events.mail_events, name="mail_events"),
    path("text-events/", text_events.text_events, name="text_events"),
    path("programs/<slug:slug>/", book.program, name="program"),
]
