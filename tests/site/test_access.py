"""Who may open what: every address against every role. An address that is missing here fails."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.urls import URLPattern, get_resolver, reverse

from articles.models import Article
from exercises.models import Exercise, Routine
from tests.factories import make_booking, make_exercise, make_handout, make_mail

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("first_content", "nobody_guessed"),
    pytest.mark.same_on_any_database("who may open what is asked of Django alone"),
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
    "admin:clock": [302, 405, 405, 405, 405],
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


# Besides the groups: who may look at everything and change nothing, and staff of no group.
OTHERS = ["looks on", "no group"]


def an_article():
    return Article.objects.get(slug="knee-pain-why-it-matters")


def an_exercise():
    return Exercise.objects.get(slug="glute-bridge")


def a_routine():
    return Routine.objects.get(slug="knee-strength-starter")


def a_handout():
    return make_handout(make_exercise())


def a_mail():
    return make_mail(state="parked", last_error="OddError")


# Who may open a page, and whose form it takes: the statuses for each of ROLES and OTHERS.
LOOK = [302, 200, 403, 200, 200, 200, 403]
EDIT = [302, 200, 403, 200, 200, 403, 403]
RESTORE = [302, 302, 403, 302, 302, 403, 403]
ONLY_SENT = [302, 405, 405, 405, 405, 405, 405]
RESTORE_IS_SENT = [302, 405, 403, 405, 405, 403, 403]
LOOK_AT_BOOKINGS = [302, 403, 200, 200, 200, 200, 403]
EDIT_BOOKINGS = [302, 403, 200, 200, 200, 403, 403]
CHANGE_BOOKINGS = [302, 403, 302, 302, 302, 403, 403]
EMPTY_FORM = [302, 403, 422, 422, 422, 403, 403]
LOOK_AT_HANDOUTS = [302, 403, 403, 200, 200, 200, 403]
EDIT_HANDOUTS = [302, 403, 403, 200, 200, 403, 403]
CHANGE_HANDOUTS = [302, 403, 403, 302, 302, 403, 403]
HANDOUTS_ONLY_SENT = [302, 403, 403, 405, 405, 403, 403]
VERSION, SCORE, DECISION = "version", "pemat", "confirm"
COMPARED = "?old=now&new=now"
# The pages about one row, besides what Django makes of each: the row, more of the address, who opens it with
# GET, and who with POST. A page of its own that is missing here fails.
OF_A_ROW = {
    "articles_article_reading": (an_article, "", LOOK, LOOK),
    "articles_article_self_score": (an_article, SCORE, EDIT, EDIT),
    "articles_article_history": (an_article, "", LOOK, LOOK),
    "articles_article_compare": (an_article, COMPARED, LOOK, LOOK),
    "articles_article_look": (an_article, VERSION, LOOK, LOOK),
    "articles_article_restore": (an_article, VERSION, RESTORE_IS_SENT, RESTORE),
    "articles_article_schedule": (an_article, "", EDIT, EDIT),
    "articles_article_links": (an_article, "", EDIT, EDIT),
    "exercises_exercise_history": (an_exercise, "", LOOK, LOOK),
    "exercises_exercise_compare": (an_exercise, COMPARED, LOOK, LOOK),
    "exercises_exercise_look": (an_exercise, VERSION, LOOK, LOOK),
    "exercises_exercise_restore": (an_exercise, VERSION, RESTORE_IS_SENT, RESTORE),
    "exercises_exercise_schedule": (an_exercise, "", EDIT, EDIT),
    "exercises_routine_history": (a_routine, "", LOOK, LOOK),
    "exercises_routine_compare": (a_routine, COMPARED, LOOK, LOOK),
    "exercises_routine_look": (a_routine, VERSION, LOOK, LOOK),
    "exercises_routine_restore": (a_routine, VERSION, RESTORE_IS_SENT, RESTORE),
    "exercises_handout_change": (a_handout, "", LOOK_AT_HANDOUTS, EDIT_HANDOUTS),
    "exercises_routine_schedule": (a_routine, "", EDIT, EDIT),
    "exercises_handout_history": (a_handout, "", LOOK_AT_HANDOUTS, LOOK_AT_HANDOUTS),
    "exercises_handout_withdraw": (a_handout, "", HANDOUTS_ONLY_SENT, CHANGE_HANDOUTS),
    "exercises_handout_extend": (a_handout, "", HANDOUTS_ONLY_SENT, CHANGE_HANDOUTS),
    "exercises_handout_bring_back": (
        a_handout,
        "",
        HANDOUTS_ONLY_SENT,
        CHANGE_HANDOUTS,
    ),
    "bookings_booking_change": (make_booking, "", LOOK_AT_BOOKINGS, [302, *[403] * 6]),
    "bookings_booking_decide": (make_booking, DECISION, ONLY_SENT, CHANGE_BOOKINGS),
    "bookings_booking_move": (make_booking, "", EDIT_BOOKINGS, EMPTY_FORM),
    "bookings_booking_decline": (make_booking, "", EDIT_BOOKINGS, ONLY_SENT),
    "bookings_booking_note": (make_booking, "", EDIT_BOOKINGS, EMPTY_FORM),
    "bookings_outboxmail_again": (a_mail, "", ONLY_SENT, CHANGE_BOOKINGS),
}
# Django makes these for each model; MODELS says who opens them.
OF_DJANGO = ["changelist", "add", "history", "delete", "change"]


@pytest.fixture(params=ROLES)
def role(request, client, django_user_model):
    sign_in(client, django_user_model, request.param)
    return request.param


@pytest.fixture(params=[*ROLES, *OTHERS])
def any_role(request, client, django_user_model):
    sign_in(client, django_user_model, request.param)
    return request.param


def sign_in(client, users, role):
    if role == "admin":
        client.force_login(users.objects.create_superuser("admin"))
    elif role != "visitor":
        user = users.objects.create_user("staff", is_staff=True)
        user.groups.set(Group.objects.filter(name=role))
        if role == "looks on":
            may_look = Permission.objects.filter(codename__startswith="view_")
            user.user_permissions.set(may_look)
        client.force_login(user)


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


def of_django():
    """The addresses that Django makes for each model of the admin."""
    made = {
        f"admin:{model._meta.app_label}_{model._meta.model_name}_{each}"
        for model in admin.site._registry
        for each in OF_DJANGO
    }
    return made | {"admin:auth_user_password_change"}


def test_every_address_stands_in_the_table():
    known = {*ADDRESSES, *ADMIN, *of_django(), *[f"admin:{name}" for name in OF_A_ROW]}
    # Unnamed patterns of the admin lead to its own catch-all, app lists and redirects.
    unnamed = {
        "admin:app_list",
        "admin:view_on_site",
        r"admin:(?P<url>.*)$",
        "admin:<path:object_id>/",
    }

    assert {*names(get_resolver())} - known - unnamed == set()


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


def address_of(name):
    make_row, more, *_ = OF_A_ROW[name]
    row = make_row()
    version = getattr(row, "live_version_id", None)
    arguments = {
        "": [],
        COMPARED: [],
        VERSION: [version],
        SCORE: [SCORE],
        DECISION: [DECISION],
    }
    query = more if more.startswith("?") else ""
    return reverse(f"admin:{name}", args=[row.pk, *arguments[more]]) + query


@pytest.mark.parametrize("name", OF_A_ROW)
def test_a_page_about_a_row_opens_for_whom_it_should(client, any_role, name):
    _, _, opens, _ = OF_A_ROW[name]

    status = client.get(address_of(name)).status_code

    assert status == opens[[*ROLES, *OTHERS].index(any_role)]


@pytest.mark.parametrize("name", OF_A_ROW)
def test_a_form_about_a_row_is_taken_from_whom_it_should(client, any_role, name):
    _, _, _, takes = OF_A_ROW[name]

    status = client.post(address_of(name)).status_code

    assert status == takes[[*ROLES, *OTHERS].index(any_role)]


def test_a_handout_opens_for_whoever_has_its_address(client, role):
    address = make_handout(make_exercise()).get_absolute_url()

    assert client.get(address).status_code == 200


@pytest.mark.parametrize("label", MODELS)
def test_a_list_in_the_admin_opens_for_whom_it_should(client, role, label):
    url = reverse(f"admin:{label.lower().replace('.', '_')}_changelist")

    status = client.get(url, follow=role != "visitor").status_code

    allowed = role == "admin" or role in MODELS[label]
    assert status == (302 if role == "visitor" else 200 if allowed else 403)
