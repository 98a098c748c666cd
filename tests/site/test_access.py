"""Who may open what: every address against every role. An address that is missing here fails."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import URLPattern, get_resolver, reverse

from tests.factories import make_booking, make_exercise, make_handout

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("first_content", "nobody_guessed"),
]
ROLES = ["visitor", "Editors", "Front desk", "Clinicians", "admin"]
EVERYBODY = [200, 200, 200, 200, 200]

# Name of the address: its arguments, then the status for each of ROLES.
ADDRESSES = {
    "home": ((), EVERYBODY),
    "articles:index": ((), EVERYBODY),
    "articles:detail": (("knee-pain-why-it-matters",), EVERYBODY),
    "articles:picture": (("knee-pain-why-it-matters",), EVERYBODY),
    "articles:preview": (("knee-pain-why-it-matters",), [302, 200, 403, 200, 200]),
    "shared_preview": (("forged-token",), [404, 404, 404, 404, 404]),
    "topic": (("knee-pain",), EVERYBODY),
    "finder": ((), EVERYBODY),
    "help": ((), EVERYBODY),
    "exercises:index": ((), EVERYBODY),
    "exercises:detail": (("glute-bridge",), EVERYBODY),
    "exercises:preview": (("glute-bridge",), [302, 200, 403, 200, 200]),
    "routines:index": ((), EVERYBODY),
    "routines:detail": (("knee-strength-starter",), EVERYBODY),
    "routines:play": (("knee-strength-starter",), EVERYBODY),
    "routines:handout": (("knee-strength-starter",), EVERYBODY),
    "routines:handout_preview": (("knee-strength-starter",), [302, 200, 403, 200, 200]),
    "routines:preview": (("knee-strength-starter",), [302, 200, 403, 200, 200]),
    "handouts:detail": (("a" * 26,), [404, 404, 404, 404, 404]),
    "handouts:play": (("a" * 26,), [404, 404, 404, 404, 404]),
    "handouts:without_slash": (("a" * 26,), [302, 302, 302, 302, 302]),
    "handouts:lost": (("a/b/c/",), [404, 404, 404, 404, 404]),
    "handouts:pdf": (("a" * 26,), [404, 404, 404, 404, 404]),
    "progress": ((), EVERYBODY),
    "book": ((), EVERYBODY),
    "contact": ((), EVERYBODY),
    "program": (("revive-u",), EVERYBODY),
    "booking": (("forged-token",), [404, 404, 404, 404, 404]),
    "calendar": (("forged-key",), [404, 404, 404, 404, 404]),
    "move": (("forged-token",), [404, 404, 404, 404, 404]),
    "invite": (("forged-token",), [404, 404, 404, 404, 404]),
    "about": ((), EVERYBODY),
    "privacy": ((), EVERYBODY),
    "feed": ((), EVERYBODY),
    "search": ((), EVERYBODY),
    "sitemap": ((), EVERYBODY),
    "robots": ((), EVERYBODY),
    "security_txt": ((), EVERYBODY),
    "manifest": ((), EVERYBODY),
    "service_worker": ((), EVERYBODY),
    "offline": ((), EVERYBODY),
    "healthz": ((), EVERYBODY),
    "readyz": ((), EVERYBODY),
    "video_file": (("no-such-video.mp4",), [404, 404, 404, 404, 404]),
    "media": (("no-such-picture.webp",), [404, 404, 404, 404, 404]),
}
ADMIN = {
    "admin:index": [302, 200, 200, 200, 200],
    "admin:patterns": [302, 200, 200, 200, 200],
    "admin:guide": [302, 200, 200, 200, 200],
    "admin:login": [200, 302, 302, 302, 302],
    "admin:logout": [302, 405, 405, 405, 405],
    "admin:password_change": [302, 200, 200, 200, 200],
    "admin:password_change_done": [302, 200, 200, 200, 200],
    "admin:jsi18n": [302, 200, 200, 200, 200],
    "admin:autocomplete": [302, 403, 403, 403, 403],
    "admin:bookings_booking_day": [302, 403, 200, 200, 200],
    "admin:bookings_booking_calendar": [302, 403, 200, 200, 200],
    "admin:bookings_booking_person": [302, 403, 200, 200, 200],
    "admin:bookings_booking_export": [302, 403, 405, 405, 405],
    "admin:bookings_closure_holidays": [302, 403, 200, 200, 200],
}
# Which roles see the list of a model in the admin; the first account sees all.
CONTENT, DESK, ALL = ["Editors", "Clinicians"], ["Front desk", "Clinicians"], ROLES[1:4]
MODELS = {
    "auth.User": [],
    "auth.Group": [],
    "media.Picture": CONTENT,
    "clinic.Clinic": ALL,
    "clinic.Clinician": ALL,
    "clinic.HelpLevel": ALL,
    "clinic.Program": ALL,
    "publishing.ReviewReminder": ALL,
    "exercises.Tag": CONTENT,
    "exercises.Exercise": CONTENT,
    "exercises.ExerciseVersion": CONTENT,
    "exercises.Handout": ["Clinicians"],
    "exercises.Progression": CONTENT,
    "exercises.Routine": CONTENT,
    "exercises.RoutineVersion": CONTENT,
    "articles.Topic": CONTENT,
    "articles.Article": CONTENT,
    "articles.ArticleVersion": CONTENT,
    "articles.ExternalLink": CONTENT,
    "articles.PlainWord": CONTENT,
    "bookings.Booking": DESK,
    "bookings.CallSettings": DESK,
    "bookings.Closure": DESK,
    "bookings.ExtraHours": DESK,
    "bookings.OutboxMail": DESK,
    "bookings.Slot": DESK,
    "bookings.WeeklyHours": DESK,
    "search.SynonymGroup": CONTENT,
}


# The pages about one request, as ADDRESSES.
OF_A_REQUEST = {
    "admin:bookings_booking_change": [302, 403, 200, 200, 200],
    "admin:bookings_booking_move": [302, 403, 200, 200, 200],
    "admin:bookings_booking_decline": [302, 403, 200, 200, 200],
    "admin:bookings_booking_note": [302, 403, 200, 200, 200],
}


# Those about one handout.
OF_A_HANDOUT = {
    "admin:exercises_handout_change": [302, 403, 403, 200, 200],
    "admin:exercises_handout_history": [302, 403, 403, 200, 200],
    "admin:exercises_handout_withdraw": [302, 403, 403, 405, 405],
    "admin:exercises_handout_extend": [302, 403, 403, 405, 405],
    "admin:exercises_handout_bring_back": [302, 403, 403, 405, 405],
}


@pytest.fixture(params=ROLES)
def role(request, client, django_user_model):
    if request.param == "admin":
        client.force_login(django_user_model.objects.create_superuser("admin"))
    elif request.param != "visitor":
        user = django_user_model.objects.create_user("staff", is_staff=True)
        user.groups.add(Group.objects.get(name=request.param))
        client.force_login(user)
    return request.param


def names(resolver, namespace=""):
    """The full name of every address below ``resolver``."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield namespace + (pattern.name or str(pattern.pattern))
        else:
            inner = (
                f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            )
            yield from names(pattern, inner)


def belongs_to_a_model(name):
    """Whether the admin made the address for a model, which MODELS covers."""
    models = [
        f"admin:{model._meta.app_label}_{model._meta.model_name}_"
        for model in admin.site._registry
    ]
    return (
        any(name.startswith(model) for model in models)
        or name == "admin:auth_user_password_change"
    )


def test_every_address_stands_in_the_table():
    known = {*ADDRESSES, *ADMIN}
    # Unnamed patterns of the admin lead to its own catch-all, app lists and redirects.
    unnamed = {
        "admin:app_list",
        "admin:view_on_site",
        r"admin:(?P<url>.*)$",
        "admin:<path:object_id>/",
    }
    found = {name for name in names(get_resolver()) if not belongs_to_a_model(name)}

    assert found - known - unnamed == set()


def test_every_model_in_the_admin_stands_in_the_table():
    assert {model._meta.label for model in admin.site._registry} == set(MODELS)


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_opens_for_whom_it_should(client, role, name):
    arguments, statuses = ADDRESSES[name]

    assert (
        client.get(reverse(name, args=arguments)).status_code
        == statuses[ROLES.index(role)]
    )


@pytest.mark.parametrize("name", ADMIN)
def test_the_admin_opens_for_whom_it_should(client, role, name):
    assert client.get(reverse(name)).status_code == ADMIN[name][ROLES.index(role)]


@pytest.mark.parametrize("name", OF_A_REQUEST)
def test_a_page_about_a_request_opens_for_whom_it_should(client, role, name):
    address = reverse(name, args=[make_booking().pk])

    status = client.get(address).status_code

    assert status == OF_A_REQUEST[name][ROLES.index(role)]


@pytest.mark.parametrize("name", OF_A_HANDOUT)
def test_a_page_about_a_handout_opens_for_whom_it_should(client, role, name):
    address = reverse(name, args=[make_handout(make_exercise()).pk])

    status = client.get(address).status_code

    assert status == OF_A_HANDOUT[name][ROLES.index(role)]


def test_a_handout_opens_for_whoever_has_its_address(client, role):
    address = make_handout(make_exercise()).get_absolute_url()

    assert client.get(address).status_code == 200


@pytest.mark.parametrize("label", MODELS)
def test_a_list_in_the_admin_opens_for_whom_it_should(client, role, label):
    url = reverse(f"admin:{label.lower().replace('.', '_')}_changelist")

    status = client.get(url, follow=role != "visitor").status_code

    allowed = role == "admin" or role in MODELS[label]
    assert status == (302 if role == "visitor" else 200 if allowed else 403)
