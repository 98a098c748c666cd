"""A list of the admin asks the database as often for many rows as for a few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kneecare.core.admin.urls import admin_url
from tests.factories import (
    make_article,
    make_clinician,
    make_exercise,
    make_routine,
    make_topic,
)
from tests.rows import MAKERS, MODELS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("first_content")]


def an_exercise():
    return make_exercise(dose={"reps": 8})


def a_routine():
    return make_routine(make_exercise())


OF_PAGES = {
    **dict.fromkeys(["articles.Article", "articles.ArticleVersion"], make_article),
    "articles.Topic": make_topic,
    "clinic.Clinician": make_clinician,
    **dict.fromkeys(["exercises.Exercise", "exercises.ExerciseVersion"], an_exercise),
    **dict.fromkeys(["exercises.Routine", "exercises.RoutineVersion"], a_routine),
}
# Of these a clinic has a few, however long it works.
A_FEW = {
    *["accounts.SignInSettings", "auth.Group", "clinic.Clinic", "clinic.HelpLevel"],
    *["bookings.AppointmentKind", "bookings.CallSettings", "bookings.WeeklyHours"],
    *["articles.PlainWord", "exercises.Progression", "exercises.Tag"],
    *["search.PromotedPage", "search.SynonymGroup"],
}
QUERY = {"bookings.Booking": "?when=all"}
FEW, MORE = 3, 6


def statements(client, url):
    client.get(url)  # what is asked once a process
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return [each["sql"] for each in asked]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_list_of_the_admin_asks_as_often_for_many_rows(staff_client, model):
    make = (MAKERS | OF_PAGES).get(model._meta.label)
    if make is None:
        assert model._meta.label in A_FEW
        return
    url = admin_url(model, "changelist") + QUERY.get(model._meta.label, "")
    for _ in range(FEW):
        make()
    few = statements(staff_client, url)

    for _ in range(MORE):
        make()
    many = statements(staff_client, url)

    assert len(many) == len(few), many
