"""Who may open what: every address against every role. An address that is missing here fails."""

from dataclasses import dataclass, field

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.template.response import SimpleTemplateResponse
from django.test import Client

from tests.rows import MODELS as REGISTERED
from tests.rows import row_of
from tests.site.addresses import (
    MODELS_BY_LABEL,
    OF_A_ROW,
    UNNAMED,
    names,
    of_django,
    path_of,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.usefixtures("first_content", "nobody_guessed"),
    pytest.mark.same_on_any_database("who may open what is asked of Django alone"),
]
# Besides the groups: who may look at everything and change nothing, and staff of no group.
GROUPS = ["Editors", "Front desk", "Clinicians"]
IN_TABLES = ["visitor", *GROUPS, "admin", "looks on", "no group"]
# What the first account may do, the group of owners may: it has no column of its own.
ROLES = [*IN_TABLES, "Owners"]

EVERYBODY = [200] * 7
NOBODY = [404] * 7
LOOK = [302, 200, 403, 200, 200, 200, 403]
EDIT = [302, 200, 403, 200, 200, 403, 403]
STAFF = [302, *[200] * 6]
ONLY_SENT = [302, *[405] * 6]
LOOK_AT_BOOKINGS = [302, 403, 200, 200, 200, 200, 403]
EDIT_BOOKINGS = [302, 403, 200, 200, 200, 403, 403]
CHANGE_BOOKINGS = [302, 403, 302, 302, 302, 403, 403]
SAVED_UNSEEN = [302, 403, 409, 409, 409, 403, 403]
EMPTY_FORM = [302, 403, 422, 422, 422, 403, 403]
SIGN_OFF = [302, 200, 200, 200, 200, 200, 403]
ASK_TO_SIGN = [302, 302, 403, 302, 302, 302, 403]  # a message, for who may not
CHANGE_SETTINGS = [302, 403, 403, 403, 302, 403, 403]
CHANGE_HANDOUTS = [302, 403, 403, 302, 302, 403, 403]
HANDOUTS_ONLY_SENT = [302, 403, 403, 405, 405, 403, 403]
RESTORE = [302, 302, 403, 302, 302, 403, 403]
RESTORE_IS_SENT = [302, 405, 403, 405, 405, 403, 403]

# The name of an address of the public site, and its status for each of ROLES.
PUBLIC = {
    **dict.fromkeys(
        [
            *["home", "articles:index", "articles:detail", "articles:picture"],
            *["topic", "finder", "help", "exercises:index", "exercises:detail"],
            *["figure", "drawing"],
            *["routines:index", "routines:detail", "routines:play"],
            *["routines:handout", "progress", "book", "contact", "program"],
            *[
                "about",
                "privacy",
                "feed",
                "search",
                "sitemap",
                "sitemap_section",
                "robots",
            ],
            *["security_txt", "manifest", "service_worker", "offline"],
            *["healthz", "metrics"],  # asked from the machine itself
        ],
        EVERYBODY,
    ),
    # Whoever has the key may come in.
    **dict.fromkeys(
        [
            *["handouts:detail", "handouts:play", "handouts:pdf", "calendar"],
            *["shared_preview", "booking", "move", "earlier", "invite"],
        ],
        EVERYBODY,
    ),
    # No worker runs beside these tests, as it says.
    "readyz": [503] * 7,
    # No mail provider is set.
    "mail_events": [404] * 7,
    # Nor a provider of texts.
    "text_events": [404] * 7,
    "handouts:without_slash": [302] * 7,
    "handouts:lost": NOBODY,
    "video_file": NOBODY,
    "media": NOBODY,
    "articles:preview": LOOK,
    "exercises:preview": LOOK,
    "routines:preview": LOOK,
    "routines:handout_preview": LOOK,
}
# A page of the admin: the status of GET for each of ROLES, and of POST where the page takes one.
ADMIN = {
    "admin:index": (STAFF, None),
    "admin:clock": (ONLY_SENT, CHANGE_SETTINGS),
    "admin:patterns": (STAFF, None),
    "admin:guide": (STAFF, None),
    "admin:rights": ([302, 403, 403, 403, 200, 403, 403], None),
    "admin:login": ([200, *[302] * 6], None),
    "admin:logout": ([405] * 7, [302] * 7),
    "admin:password_change": (STAFF, STAFF),
    "admin:password_change_done": (STAFF, None),
    "admin:jsi18n": (STAFF, None),
    "admin:autocomplete": ([302, *[403] * 6], None),
    "admin:app_list": ([302, 404, 200, 200, 200, 200, 404], None),
    # Of an article.
    "admin:view_on_site": ([302, 302, 403, 302, 302, 302, 403], None),
    "admin:bookings_booking_day": (LOOK_AT_BOOKINGS, None),
    "admin:bookings_booking_week": (LOOK_AT_BOOKINGS, None),
    # A calendar of one's own, for who may see the calls.
    "admin:bookings_booking_calendar": (
        LOOK_AT_BOOKINGS,
        [302, 403, 302, 302, 302, 302, 403],
    ),
    "admin:bookings_booking_person": (EDIT_BOOKINGS, EMPTY_FORM),
    "admin:bookings_booking_export": (
        [302, 403, 405, 405, 405, 405, 403],
        [302, 403, 200, 200, 200, 403, 403],
    ),
    "admin:audit_auditevent_export": (
        ONLY_SENT,
        [302, 403, 403, 403, 200, 403, 403],
    ),
    "admin:bookings_closure_holidays": (EDIT_BOOKINGS, EMPTY_FORM),
    "admin:bookings_weeklyhours_week": (EDIT_BOOKINGS, SAVED_UNSEEN),
    "admin:articles_article_reading": (LOOK, LOOK),
    "admin:articles_article_self_score": (EDIT, EDIT),
    "admin:articles_article_links": (EDIT, EDIT),
    **{
        f"admin:{kind}_{name}": statuses
        for kind in ["articles_article", "exercises_exercise", "exercises_routine"]
        for name, statuses in {
            "compare": (LOOK, LOOK),
            "look": (LOOK, LOOK),
            "restore": (RESTORE_IS_SENT, RESTORE),
            "schedule": (EDIT, EDIT),
            "review": (LOOK, ASK_TO_SIGN),
        }.items()
    },
    **{
        f"admin:exercises_handout_{name}": (HANDOUTS_ONLY_SENT, CHANGE_HANDOUTS)
        for name in ["withdraw", "extend", "bring_back"]
    },
    # A message, for who may look and not ask.
    "admin:exercises_handout_review": (
        [302, 403, 403, 200, 200, 200, 403],
        [302, 403, 403, 302, 302, 302, 403],
    ),
    # A drawing of nothing is none: what was sent cannot be read.
    "admin:exercises_exercise_drawing": (
        ONLY_SENT,
        [302, 400, 403, 400, 400, 403, 403],
    ),
    "admin:clinic_clinic_review_help_list": (
        SIGN_OFF,
        [302 if each == 200 else each for each in SIGN_OFF],
    ),
    "admin:bookings_booking_decide": (ONLY_SENT, CHANGE_BOOKINGS),
    "admin:bookings_booking_move": (EDIT_BOOKINGS, EMPTY_FORM),
    "admin:bookings_booking_decline": (EDIT_BOOKINGS, ONLY_SENT),
    "admin:bookings_booking_cancel": (EDIT_BOOKINGS, ONLY_SENT),
    "admin:bookings_booking_new": (EDIT_BOOKINGS, EMPTY_FORM),
    "admin:bookings_booking_contact": (EDIT_BOOKINGS, EMPTY_FORM),
    "admin:bookings_booking_reply": (EDIT_BOOKINGS, EMPTY_FORM),
    "admin:bookings_booking_undo": (ONLY_SENT, CHANGE_BOOKINGS),
    "admin:bookings_booking_waiting": (ONLY_SENT, CHANGE_BOOKINGS),
    "admin:bookings_booking_undo_all": (ONLY_SENT, CHANGE_BOOKINGS),
    "admin:bookings_booking_note": (EDIT_BOOKINGS, EMPTY_FORM),
    "admin:bookings_outboxmail_again": (ONLY_SENT, CHANGE_BOOKINGS),
}
# A page of one's own account: the status of GET for each of ROLES, and of POST where the page takes one. Those of a
# second step are of no use to who has none.
ACCOUNT = {
    "account_login": ([200, *[302] * 6], None),
    "account_sessions": (STAFF, None),
    "account_end_session": (ONLY_SENT, [302, *[404] * 6]),
    "account_notices": (ONLY_SENT, [302] * 7),
    "account_session": (EVERYBODY, EVERYBODY),
    "account_kept": ([302] * 7, None),
    "account_back": (STAFF, None),
    "account_signed_out": (EVERYBODY, None),
    "account_reset_password": (EVERYBODY, EVERYBODY),
    "account_link_sent": (EVERYBODY, None),
    "account_reset_from_link": ([302] * 7, None),
    "account_invited": ([302] * 7, None),
    "account_reauthenticate": ([302, *[403] * 6], [302, *[403] * 6]),
    "mfa_reauthenticate": ([302, *[403] * 6], [302, *[403] * 6]),
    "mfa_reauthenticate_webauthn": ([302, *[403] * 6], [302, *[403] * 6]),
    "mfa_index": (STAFF, None),
    "mfa_authenticate": ([302] * 7, [302] * 7),
    "mfa_activate_totp": (STAFF, STAFF),
    "mfa_deactivate_totp": ([302, *[404] * 6], [302, *[404] * 6]),
    "mfa_view_recovery_codes": ([302, *[404] * 6], None),
    "mfa_generate_recovery_codes": (STAFF, STAFF),
    "mfa_list_webauthn": ([302] * 7, None),
    "mfa_add_webauthn": (STAFF, STAFF),
    "mfa_remove_webauthn": ([302, *[404] * 6], [302, *[404] * 6]),
    "mfa_login_webauthn": ([302] * 7, [200, *[302] * 6]),
}


@dataclass(frozen=True)
class May:
    """Which of ROLES do what with the rows of a model in the admin; the first account does all that anybody may."""

    look: list[str]
    change: list[str]
    add: list[str] | None = None  # as ``change``
    delete: list[str] | None = None
    actions: dict[str, list[str]] = field(default_factory=dict)

    def who(self, does):
        if does == "look":
            return {*self.look, "looks on"}
        roles = getattr(self, does)
        return {*(self.change if roles is None else roles)}


FIRST = ["admin", "Owners"]
CONTENT, CLINICIANS = ["Editors", "Clinicians", *FIRST], ["Clinicians", *FIRST]
DESK, ALL = ["Front desk", "Clinicians", *FIRST], [*GROUPS, *FIRST]
PUBLISH = {"publish_now": CONTENT, "take_down": CONTENT}
WRITTEN_BY_THE_SITE = {"change": [], "add": [], "delete": []}
ONE_ROW = {"add": [], "delete": []}
FORMS = ["add", "change", "delete"]
DECISIONS = ["confirm", "complete", "no_show", "decline", "cancel"]
MODELS = {
    "accounts.SignInSettings": May(FIRST, FIRST, **ONE_ROW),
    "auth.User": May(
        FIRST, FIRST, actions={"send_link": FIRST, "remove_second_step": FIRST}
    ),
    "auth.Group": May(FIRST, FIRST),
    "audit.AuditEvent": May(FIRST, **WRITTEN_BY_THE_SITE),
    # To draw a picture, or to ask a site, once more changes no word: who looks may do so.
    "media.Picture": May(
        CONTENT,
        **WRITTEN_BY_THE_SITE,
        actions={"draw_again": [*CONTENT, "looks on"]},
    ),
    "articles.ExternalLink": May(
        CONTENT,
        **WRITTEN_BY_THE_SITE,
        actions={"ask_again": [*CONTENT, "looks on"]},
    ),
    "clinic.Clinic": May(ALL, CONTENT, **ONE_ROW),
    "clinic.Clinician": May(
        ALL, CONTENT, add=FIRST, delete=FIRST, actions={"archive": FIRST}
    ),
    "clinic.HelpLevel": May(ALL, CLINICIANS, **ONE_ROW),
    "clinic.Program": May(ALL, CONTENT, actions=PUBLISH),
    "publishing.ReviewReminder": May(ALL, **WRITTEN_BY_THE_SITE),
    "exercises.Tag": May(CONTENT, CONTENT),
    "exercises.Exercise": May(CONTENT, CONTENT, actions=PUBLISH),
    "exercises.ExerciseVersion": May(CONTENT, **WRITTEN_BY_THE_SITE),
    "exercises.Handout": May(
        CLINICIANS, CLINICIANS, actions={"withdraw_selected": CLINICIANS}
    ),
    "exercises.Progression": May(CONTENT, CONTENT),
    "exercises.Routine": May(CONTENT, CONTENT, actions=PUBLISH),
    "exercises.RoutineVersion": May(CONTENT, **WRITTEN_BY_THE_SITE),
    "articles.Topic": May(CONTENT, CONTENT),
    "articles.Article": May(CONTENT, CONTENT, actions=PUBLISH),
    "articles.ArticleVersion": May(CONTENT, **WRITTEN_BY_THE_SITE),
    "articles.PlainWord": May(CONTENT, CONTENT),
    "bookings.AppointmentKind": May(DESK, DESK, **ONE_ROW),
    "bookings.Booking": May(
        DESK, **WRITTEN_BY_THE_SITE, actions=dict.fromkeys(DECISIONS, DESK)
    ),
    "bookings.CallSettings": May(DESK, FIRST, **ONE_ROW),
    "bookings.Closure": May(DESK, DESK),
    "bookings.ExternalCalendar": May(DESK, DESK, actions={"check_now": DESK}),
    "bookings.ExtraHours": May(DESK, DESK),
    "bookings.OutboxMail": May(
        DESK, **WRITTEN_BY_THE_SITE, actions={"send_again": DESK}
    ),
    "bookings.ReplyTemplate": May(DESK, DESK),
    "bookings.Slot": May(
        DESK, **WRITTEN_BY_THE_SITE, actions={"block": DESK, "open": DESK}
    ),
    "bookings.WeeklyHours": May(DESK, DESK),
    "search.PromotedPage": May(CONTENT, CONTENT),
    "search.SynonymGroup": May(CONTENT, CONTENT),
}
every_model = pytest.mark.parametrize(
    "model", REGISTERED, ids=lambda model: model._meta.label
)


@pytest.fixture(scope="module")
def users(first_content, django_db_blocker):
    """A member of staff of each of ROLES, and None for the visitor: for all tests here, which each undo what they do."""
    with django_db_blocker.unblock(), transaction.atomic():
        users = make_users(get_user_model().objects)
        with django_db_blocker.block():
            yield {"visitor": None} | users
        transaction.set_rollback(True)


def make_users(accounts):
    users = {role: accounts.create_user(role, is_staff=True) for role in ROLES[1:]}
    users["admin"] = accounts.create_superuser("first")
    may_look = Permission.objects.filter(codename__startswith="view_")
    users["looks on"].user_permissions.set(may_look)
    for name in [*GROUPS, "Owners"]:
        users[name].groups.set(Group.objects.filter(name=name))
    return users


@pytest.fixture(scope="module")
def cookies(users, django_db_blocker):
    """Those of each of ROLES, who have signed in."""

    def sign_in(user):
        client = Client()
        if user:
            client.force_login(user)
        return client.cookies.output(header="", sep=";")

    with django_db_blocker.unblock():
        return {role: sign_in(user) for role, user in users.items()}


@pytest.fixture
def statuses(cookies, monkeypatch):
    """The status for each of ROLES of what ``ask(client, path)`` asks; what came of it is undone before the next."""
    # Who may come in is decided by then, and to draw a page seven times takes long.
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")

    def statuses(name, ask):
        path, found = path_of(name), {}
        for role in ROLES:
            client = Client()
            client.cookies.load(cookies[role])
            with transaction.atomic():
                found[role] = ask(client, path).status_code
                transaction.set_rollback(True)
        return found

    return statuses


def get(client, path):
    return client.get(path)


def get_the_page(client, path):
    """Of a model with one row, the list leads to the form of it."""
    response = client.get(path)
    one_row = response.status_code == 302 and "/login/" not in response.url
    return client.get(response.url) if one_row else response


def post(client, path):
    return client.post(path, {"post": "yes"} if path.endswith("/delete/") else {})


def by_role(statuses):
    found = dict(zip(IN_TABLES, statuses, strict=True))
    return found | {"Owners": found["admin"]}


def test_every_address_stands_in_the_table():
    known = {*PUBLIC, *ADMIN, *ACCOUNT, *of_django()}

    assert {*names()} - known == UNNAMED.keys()
    assert known - {*names()} == set()


def test_every_page_about_a_row_is_made_with_one():
    assert OF_A_ROW.keys() <= ADMIN.keys()


def test_every_model_in_the_admin_stands_in_the_table():
    assert MODELS_BY_LABEL.keys() == MODELS.keys()


@pytest.mark.parametrize("name", PUBLIC)
def test_an_address_opens_for_whom_it_should(statuses, name):
    assert statuses(name, get) == by_role(PUBLIC[name])


@pytest.mark.parametrize("name", ADMIN)
def test_a_page_of_the_admin_opens_for_whom_it_should(statuses, name):
    opens, _ = ADMIN[name]

    assert statuses(name, get) == by_role(opens)


@pytest.mark.parametrize("name", [name for name, (_, takes) in ADMIN.items() if takes])
def test_a_form_of_the_admin_is_taken_from_whom_it_should(statuses, name):
    _, takes = ADMIN[name]
    # Who is not signed in is asked to, on a page that keeps what they sent.
    is_asked = {"visitor": 403} if name != "admin:logout" else {}

    assert statuses(name, post) == by_role(takes) | is_asked


@pytest.mark.parametrize("name", ACCOUNT)
def test_a_page_of_an_account_opens_for_whom_it_should(statuses, name):
    opens, _ = ACCOUNT[name]

    assert statuses(name, get) == by_role(opens)


@pytest.mark.parametrize(
    "name", [name for name, (_, takes) in ACCOUNT.items() if takes]
)
def test_a_form_of_an_account_is_taken_from_whom_it_should(statuses, name):
    _, takes = ACCOUNT[name]

    assert statuses(name, post) == by_role(takes)


@pytest.mark.parametrize("name", sorted(of_django()))
def test_a_page_that_django_makes_opens_for_whom_it_should(statuses, name):
    model, page = of_django()[name]
    # Who may look at a row is shown its form, without a field to fill in.
    is_looked_at = page not in FORMS or page == "change"
    may = MODELS[model._meta.label].who("look" if is_looked_at else page)

    opens = [200 if role in may else 403 for role in IN_TABLES[1:]]

    assert statuses(name, get_the_page) == by_role([302, *opens])


@pytest.mark.parametrize(
    "name", [name for name, (_, page) in of_django().items() if page in FORMS]
)
def test_a_form_that_django_makes_is_taken_from_whom_it_should(statuses, name):
    model, page = of_django()[name]
    may = MODELS[model._meta.label].who(page)

    found = statuses(name, post)

    assert found.pop("visitor") == 403
    assert {role for role, status in found.items() if status != 403} == may
    assert set(found.values()) <= {200, 302, 403}


@every_model
def test_an_action_on_many_rows_is_offered_to_whom_it_should(users, rf, model):
    found = {}
    for role in ROLES[1:]:
        request = rf.get("/")
        request.user = users[role]
        if admin.site._registry[model].has_view_permission(request):
            for action in admin.site._registry[model].get_actions(request):
                found.setdefault(action, set()).add(role)

    may = MODELS[model._meta.label]
    deletes = {"delete_selected": may.who("delete")} if may.who("delete") else {}
    assert found == {name: set(who) for name, who in may.actions.items()} | deletes


@every_model
def test_there_is_a_row_of_every_model(model):
    assert row_of(model) is not None
