"""What the record holds, who may read it, and that nobody changes it."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from bookings.models import Booking
from bookings.privacy.personal_data import as_seen
from kneecare.accounts.events import TOLD_BY_DJANGO, Event, tell
from kneecare.audit import jobs
from kneecare.audit.models import AuditEvent
from kneecare.audit.record import record
from kneecare.clinic.models import Clinic
from tests.admin_forms import filled
from tests.bookings.desk import QUEUE, page_of
from tests.factories import make_booking, make_clinician, make_slot

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clinic")]
Kind = AuditEvent.Kind
RECORD = "/admin/audit/auditevent/"
SIGN_IN = "/admin/login/"
WORDS = "My knee hurts at night."


@pytest.fixture
def desk(client, django_user_model):
    user = django_user_model.objects.create_user("dora", password="a-password-for-tests", is_staff=True)  # fmt: skip
    user.groups.add(Group.objects.get(name="Front desk"))
    client.force_login(user)
    return client


@pytest.fixture
def booking():
    return make_booking(slot=make_slot(), message=WORDS, name="Ann Patient")


def entries(kind):
    return AuditEvent.objects.filter(kind=kind)


def told(kind):
    return [(each.account_name, each.subject, each.details) for each in entries(kind)]


class TestSignIn:
    def test_who_signs_in_and_out_is_written_with_the_address_they_came_from(
        self, client, staff
    ):
        client.post(SIGN_IN, {"username": "admin", "password": "a-password-for-tests"})
        client.post("/admin/logout/")

        [signed_in], [signed_out] = entries(Kind.SIGNED_IN), entries(Kind.SIGNED_OUT)
        assert (signed_in.account_id, signed_in.client_ip) == (staff.pk, "127.0.0.1")
        assert signed_out.account_name == "admin"

    def test_a_wrong_password_is_written_with_the_account_it_was_tried_on(
        self, client, staff
    ):
        client.post(SIGN_IN, {"username": "admin", "password": "wrong"})

        assert told(Kind.SIGN_IN_FAILED) == [("", "admin", "")]

    def test_what_names_no_account_is_not_written_as_it_may_be_a_password(self, client):
        client.post(SIGN_IN, {"username": "hunter2-my-secret", "password": "x"})

        assert told(Kind.SIGN_IN_FAILED) == [("", "", "")]

    def test_who_guesses_on_is_written_down_as_held_back_once_an_hour(self, client, staff):  # fmt: skip
        for _ in range(9):
            client.post(SIGN_IN, {"username": "admin", "password": "wrong"})

        assert told(Kind.SIGN_IN_FAILED).count(("", "", Event.HELD_BACK.label)) == 1
        assert ("", "admin", "") in told(Kind.SIGN_IN_FAILED)

    @pytest.mark.parametrize("event", sorted({*Event} - TOLD_BY_DJANGO))  # fmt: skip
    def test_all_that_happens_to_a_way_to_sign_in_is_written(self, rf, staff, event):
        tell(Event(event), request=rf.get("/"), user=staff)

        [written] = AuditEvent.objects.exclude(kind=Kind.RIGHTS_CHANGED)
        assert (written.subject, written.details) == ("admin", Event(event).label)


class TestRights:
    def test_which_account_signs_in_a_clinicians_name_is_written(self, staff):
        clinician = make_clinician(name="Ana Ruiz", account=staff)
        clinician.save()
        clinician.account = None
        clinician.save()

        who, given, taken = "Ana Ruiz", "admin", "none"
        told_of_her = [each[2] for each in told(Kind.RIGHTS_CHANGED) if each[1] == who]
        assert told_of_her == [f"The account that signs in this name: {name}" for name in (taken, given)]  # fmt: skip

    def test_a_group_that_is_given_and_taken_is_written_with_who_did_it(
        self, staff_client, django_user_model
    ):
        ed = django_user_model.objects.create_user("ed")
        page = f"/admin/auth/user/{ed.pk}/change/"
        editors = Group.objects.get(name="Editors")

        given = {"groups": [editors.pk], "is_staff": "on"}
        staff_client.post(page, filled(staff_client.get(page)) | given)
        form = filled(staff_client.get(page)) | {"groups": []}
        del form["is_staff"]
        staff_client.post(page, form)

        assert told(Kind.RIGHTS_CHANGED)[:4] == [
            ("admin", "ed", "Taken: Editors"),
            ("admin", "ed", "Taken: be staff"),
            ("admin", "ed", "Given: Editors"),
            ("admin", "ed", "Given: be staff"),
        ]

    def test_a_superuser_from_a_command_is_written_though_nobody_asked(
        self, django_user_model
    ):
        django_user_model.objects.create_superuser("boss", password="x")

        [(who, whom, what)] = told(Kind.RIGHTS_CHANGED)
        assert (who, whom) == ("", "boss")
        assert what == "Given: sign in, be staff, everything"

    def test_what_a_group_may_do_is_written_too(self):
        group = Group.objects.get(name="Editors")
        group.permissions.add(Permission.objects.get(codename="view_booking"))
        group.permissions.clear()

        assert [each[1:] for each in told(Kind.RIGHTS_CHANGED)] == [
            ("Editors", "Taken: all: "),
            ("Editors", "Given: Bookings | request | Can view request"),
        ]

    def test_an_account_that_is_deleted_stays_in_the_record(self, django_user_model):
        user = django_user_model.objects.create_user("gone")
        record(Kind.EXPORTED, user=user, subject="Requests")

        user.delete()

        assert told(Kind.EXPORTED) == [("gone", "Requests", "")]
        assert told(Kind.RIGHTS_CHANGED)[0] == ("", "gone", "Deleted: the user")


class TestReading:
    def test_whoever_opens_a_request_is_written_with_its_reference_alone(
        self, desk, booking
    ):
        desk.get(page_of(booking))

        assert told(Kind.OPENED) == [("dora", booking.reference, "")]

    def test_a_day_sheet_opens_each_request_that_has_words(self, desk, booking):
        make_booking(slot=make_slot(starts_at=booking.slot.ends_at), message="")
        day = timezone.localdate(booking.slot.starts_at, Clinic.objects.current().zone)

        desk.get(f"{QUEUE}day/?date={day}")

        assert [each[1] for each in told(Kind.OPENED)] == [booking.reference]

    def test_the_queue_opens_nothing(self, desk, booking):
        desk.get(QUEUE, follow=True)

        assert not entries(Kind.OPENED).exists()

    def test_who_may_not_see_it_did_not_open_it(
        self, client, django_user_model, booking
    ):
        user = django_user_model.objects.create_user("ed", is_staff=True)
        user.groups.add(Group.objects.get(name="Editors"))
        client.force_login(user)

        assert client.get(page_of(booking)).status_code == 403
        assert not entries(Kind.OPENED).exists()

    def test_what_is_exported_and_erased_is_told_by_reference(self, desk, booking):
        person = f"{QUEUE}person/"
        who = {"email": booking.email}
        desk.post(f"{QUEUE}export/?when=all")
        desk.post(person, who | {"export": "1"})
        desk.post(person, who | {"erase": "1", "seen": as_seen(Booking.objects.all())})

        assert told(Kind.EXPORTED) == [
            ("dora", "One person", booking.reference),
            ("dora", "Requests", "CSV file, 1"),
        ]
        assert told(Kind.ERASED) == [("dora", "One person", booking.reference)]

    def test_the_record_outlives_the_patients_data_and_holds_none_of_it(
        self, desk, booking
    ):
        desk.get(page_of(booking))
        desk.post(
            f"{QUEUE}person/",
            {"email": booking.email, "erase": "1", "seen": as_seen([booking])},
        )
        Booking.objects.all().delete()

        rows = str(list(AuditEvent.objects.values()))
        assert booking.reference in rows
        assert not [word for word in [WORDS, "Ann", booking.email] if word in rows]

    def test_what_cannot_be_written_down_is_not_shown(self, desk, booking, monkeypatch):
        def full(*args, **kwargs):
            raise RuntimeError

        monkeypatch.setattr(AuditEvent.objects, "bulk_create", full)
        desk.raise_request_exception = False

        answer = desk.get(page_of(booking))

        assert answer.status_code == 500
        assert WORDS not in answer.text


class TestForGood:
    def test_the_database_lets_no_entry_be_changed(self):
        event = record(Kind.SIGNED_IN, subject="x")

        with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
            AuditEvent.objects.filter(pk=event.pk).update(subject="y")

    def test_nor_deleted_before_its_day_by_whatever_code(self):
        record(Kind.SIGNED_IN)

        with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
            AuditEvent.objects.all().delete()
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("DELETE FROM audit_auditevent")

    def test_it_is_kept_for_six_years_and_then_deleted(self, settings):
        now = timezone.now()
        kept = record(Kind.SIGNED_IN)
        assert kept.keep_until - now > timedelta(days=6 * 365)
        old = AuditEvent.objects.create(
            kind=Kind.SIGNED_IN,
            # The database asks its own clock.
            at=datetime(2000, 1, 1, tzinfo=UTC),
            keep_until=datetime(2006, 1, 2, tzinfo=UTC),
        )

        jobs.delete_old_entries()

        assert not AuditEvent.objects.filter(pk=old.pk).exists()
        assert AuditEvent.objects.filter(pk=kept.pk).exists()

    def test_a_longer_time_can_be_set(self, settings):
        settings.AUDIT_YEARS = 10

        assert record(Kind.SIGNED_IN).keep_until > timezone.now() + timedelta(days=3650)


class TestOwner:
    def test_the_owner_reads_filters_and_takes_it_along(self, staff_client):
        record(Kind.EXPORTED, subject="=1+1")
        record(Kind.ERASED, subject="One person")

        page = staff_client.get(f"{RECORD}?kind=erased")
        taken = staff_client.post(f"{RECORD}export/?kind=exported")

        assert [each.subject for each in page.context["cl"].result_list] == ["One person"]  # fmt: skip
        text = b"".join(taken.streaming_content).decode("utf-8-sig")
        head, *rows = csv.reader(io.StringIO(text))
        assert head == ["when", "kind", "who", "what", "details", "from"]
        assert [row[3] for row in rows] == ["'=1+1", "record of access"]

    @pytest.mark.parametrize("name", ["Editors", "Front desk", "Clinicians"])
    def test_nobody_else_does(self, client, django_user_model, name):
        user = django_user_model.objects.create_user("u", is_staff=True)
        user.groups.add(Group.objects.get(name=name))
        client.force_login(user)

        assert client.get(RECORD).status_code == 403
        assert client.post(f"{RECORD}export/").status_code == 403

    def test_nobody_adds_changes_or_deletes_an_entry_by_hand(self, staff_client):
        event = record(Kind.SIGNED_IN)

        assert staff_client.get(f"{RECORD}add/").status_code == 403
        assert staff_client.post(f"{RECORD}{event.pk}/delete/", {"post": "yes"}).status_code == 403  # fmt: skip
        assert staff_client.post(f"{RECORD}{event.pk}/change/", {"subject": "y"}).status_code == 403  # fmt: skip

    def test_the_list_asks_as_much_of_many_entries_as_of_few(
        self, staff_client, django_assert_max_num_queries
    ):
        for _ in range(120):
            record(Kind.SIGNED_IN)
        staff_client.get(RECORD)

        with django_assert_max_num_queries(10):
            staff_client.get(RECORD)
