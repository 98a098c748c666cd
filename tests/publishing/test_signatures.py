"""Who signs, as whom, and for how long it holds: each role, each thing that is signed, each way to try."""

from datetime import date
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from articles.models import Article, ArticleVersion, PendingReview, TextBlock
from exercises.handouts.versions import store_version
from exercises.models import (
    Dose,
    Exercise,
    ExerciseVersion,
    Handout,
    HandoutItem,
    Progression,
    Routine,
    RoutineItem,
)
from exercises.models.dose_constraints import NO_SIGNATURE
from kneecare.clinic.models import Clinic, Clinician, HelpLevel
from kneecare.core.admin.urls import admin_url
from kneecare.publishing.exceptions import Immutable, Refused
from kneecare.publishing.models import Act, Signature
from kneecare.publishing.publish import publish, save_revision
from kneecare.publishing.publish_checks import NotReady, insist
from kneecare.publishing.restore import restore
from kneecare.publishing.reviews.signatures import sign, signer_of
from tests.admin_forms import filled
from tests.factories import (
    give_dose,
    make_account,
    make_article,
    make_clinic,
    make_clinician,
    make_draft,
    make_exercise,
    make_handout,
    make_help_list,
    make_routine,
    make_tag,
    sign_dose,
    sign_limits,
    sign_review,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_guessed")]
ROLES = ["Owners", "Editors", "Front desk", "Clinicians", "superuser", "no group"]
DAY = date(2026, 1, 5)


@pytest.fixture(autouse=True)
def clinic():
    return make_clinic()


@pytest.fixture
def ana():
    ana = make_clinician(name="Ana Ruiz", credentials="DPT")
    make_account(ana)
    return ana


@pytest.fixture
def account(ana):
    return make_account(ana)


@pytest.fixture
def somebody(django_user_model):
    """An account of each role, which stands for no clinician."""

    def somebody(role):
        user = django_user_model.objects.create_user(role, is_staff=True)
        user.is_superuser = role == "superuser"
        user.save()
        user.groups.set(Group.objects.filter(name=role))
        return user

    return somebody


def dose_of(exercise):
    return Dose.objects.get(exercise=exercise)


def set_by(ana, **fields):
    """A dose that says that Ana set it, and that nobody signed."""
    exercise = make_exercise(dose={"sets": 2})
    claim = {"source": "", "set_by": ana, "set_on": DAY, **fields}
    Dose.objects.filter(exercise=exercise).update(**claim)
    return exercise


def limits_of(ana):
    routine = make_routine(make_exercise())
    limits = {"green_to": 2, "amber_to": 4, "pain_set_by": ana, "pain_set_on": DAY}
    Routine.objects.filter(pk=routine.pk).update(**limits)
    return Routine.objects.get(pk=routine.pk)


def a_page(make):
    return lambda ana: version_of(make()).to_sign()


def version_of(page):
    return page.version_model().shown(page)


def help_list(ana):
    make_help_list()
    return Clinic.objects.current().help_to_sign()


def handout_of(ana):
    handout = make_handout(make_exercise(), clinician=ana)
    return handout.live_version.to_sign()


# What is signed, made for Ana to sign.
ACTS = {
    "article": a_page(make_draft),
    "exercise": a_page(make_exercise),
    "routine": a_page(lambda: make_routine(make_exercise())),
    "handout": handout_of,
    "dose": lambda ana: dose_of(set_by(ana)).to_sign(),
    "pain": lambda ana: limits_of(ana).pain_to_sign(),
    "help": help_list,
}
every_act = pytest.mark.parametrize("act", ACTS)
every_role = pytest.mark.parametrize("role", ROLES)


class TestWhoSigns:
    @every_act
    @every_role
    def test_nobody_signs_who_is_no_clinician(self, ana, somebody, role, act):
        with pytest.raises(Refused, match="Only a clinician"):
            sign(ACTS[act](ana), by=somebody(role))

        assert not Signature.objects.exists()

    @every_act
    def test_a_clinician_signs_as_themselves_and_it_is_kept_who_when_and_what(
        self, ana, account, act
    ):
        signable = ACTS[act](ana)

        sign(signable, by=account)

        [given] = Signature.objects.all()
        assert (given.clinician, given.account) == (ana, account)
        assert (given.clinician_name, given.digest) == (str(ana), signable.digest)
        assert given.signed_on == Clinic.objects.current().today
        assert given.subject == signable.subject

    @every_role
    def test_a_clinicians_page_is_not_enough_without_the_right(self, somebody, role):
        user = somebody(role)
        clinician = make_clinician(account=user)

        may_sign = role in ("Clinicians", "superuser")
        assert signer_of(user) == (clinician if may_sign else None)

    @pytest.mark.parametrize("end", ["archived", "account ended", "right taken"])
    def test_who_has_left_signs_no_more_and_what_they_signed_stays(
        self, ana, account, django_user_model, end
    ):
        exercise = make_exercise(reviewer=ana)
        if end == "archived":
            ana.archive(on=DAY)
        elif end == "account ended":
            django_user_model.objects.update(is_active=False)
        else:
            account.groups.clear()
        account = django_user_model.objects.get(pk=account.pk)

        assert signer_of(account) is None
        assert exercise.signature.clinician == ana

    def test_the_starter_library_never_has_an_account(self, account):
        with pytest.raises(IntegrityError, match="nobody_signs_for"):
            Clinician.objects.create(
                name="Library",
                slug="starter-library",
                account=make_account(make_clinician()),
            )

    def test_what_was_changed_after_it_was_opened_is_not_signed(self, account):
        exercise = make_exercise()
        seen = version_of(exercise).digest
        type(exercise).objects.update(steps="Something else.")

        with pytest.raises(Refused, match="changed after"):
            sign(version_of(exercise).to_sign(), by=account, seen=seen)

        assert not Signature.objects.exists()


def post_form(client, row, **typed):
    url = admin_url(row)
    answer = client.get(url)
    return client.post(url, filled(answer) | typed, follow=True)


class TestByForm:
    """What a browser sends, and what somebody makes it send."""

    @every_role
    @pytest.mark.parametrize("kind", ["article", "exercise", "routine"])
    def test_the_page_on_which_one_signs_is_a_clinicians(
        self, client, ana, somebody, kind, role
    ):
        make = {"article": make_draft, "exercise": make_exercise}
        page = make.get(kind, lambda: make_routine(make_exercise()))()
        client.force_login(somebody(role))

        seen = version_of(page).digest
        answer = client.post(admin_url(page, "review"), {"seen": seen}, follow=True)

        assert not Signature.objects.exists()
        if role not in ("Front desk", "no group"):
            assert "Only a clinician signs" in answer.text

    def test_a_clinician_signs_there_what_they_have_seen(self, client, ana, account):
        exercise = make_exercise()
        client.force_login(account)
        shown = client.get(admin_url(exercise, "review"))

        client.post(shown.request["PATH_INFO"], {"seen": shown.context["digest"]})

        exercise.refresh_from_db()
        assert exercise.live_version.number == 2
        assert "Checked by Ana Ruiz, DPT" in client.get(exercise.get_absolute_url()).text  # fmt: skip

    def test_what_the_check_list_finds_in_words_that_are_live_does_not_hold_it_up(
        self, client, ana, account
    ):
        article = make_article()
        HelpLevel.objects.all().delete()
        with pytest.raises(NotReady):
            insist(article)
        client.force_login(account)
        shown = client.get(admin_url(article, "review"))

        client.post(shown.request["PATH_INFO"], {"seen": shown.context["digest"]})

        assert "Checked by Ana Ruiz, DPT" in client.get(article.get_absolute_url()).text  # fmt: skip

    def test_nothing_is_published_by_it_that_was_not_live(self, client, account):
        exercise = make_exercise()
        type(exercise).objects.update(steps="Only saved.")
        client.force_login(account)
        seen = version_of(exercise).digest

        client.post(admin_url(exercise, "review"), {"seen": seen})

        exercise.refresh_from_db()
        assert exercise.live_version.number == 1
        assert exercise.signature

    @pytest.mark.parametrize("role", ["Owners", "Editors", "superuser"])
    def test_a_forged_form_that_names_a_clinician_gets_a_message_and_nothing_else(
        self, client, ana, somebody, role
    ):
        exercise = make_exercise(dose={"sets": 2})
        client.force_login(somebody(role))

        answer = post_form(
            client,
            exercise,
            **{
                "reviewer": ana.pk,
                "reviewed_on": "2026-01-05",
                "stated_dose-0-set_by": ana.pk,
                "stated_dose-0-set_on": "2026-01-05",
                "stated_dose-0-is_set_by_me": "on",
                "stated_dose-0-note": "Slowly.",
            },
        )

        assert "Only a clinician signs" in answer.text
        dose = dose_of(exercise)
        assert (dose.note, dose.set_by, dose.provenance) == ("Slowly.", None, "A book.")
        assert not Signature.objects.exists()

    @pytest.mark.parametrize("role", ["Owners", "Editors", "superuser"])
    def test_nor_does_it_set_how_much_may_hurt(self, client, ana, somebody, role):
        routine = make_routine(make_exercise())
        client.force_login(somebody(role))
        limits = {"green_to": 2, "amber_to": 4, "pain_set_by": ana.pk}

        answer = post_form(
            client, routine, **limits, pain_set_on="2026-01-05", is_pain_set_by_me="on"
        )

        assert "Say whose limits the pain guide has" in answer.text
        assert Routine.objects.get().green_to is None

    def test_a_clinician_sets_a_dose_and_limits_with_a_tick(self, client, ana, account):
        exercise = make_exercise(dose={"sets": 2})
        routine = make_routine(exercise)
        client.force_login(account)

        post_form(
            client,
            exercise,
            **{"stated_dose-0-sets": "3", "stated_dose-0-is_set_by_me": "on"},
        )
        post_form(client, routine, green_to=2, amber_to=4, is_pain_set_by_me="on")

        assert dose_of(exercise).provenance.startswith("Set by Ana Ruiz, DPT on ")
        assert Routine.objects.get().pain_provenance.startswith("Set by Ana Ruiz, DPT")

    def test_who_changes_a_dose_that_a_clinician_set_is_told_that_it_is_theirs_no_more(
        self, client, ana, account, somebody
    ):
        exercise = make_exercise(dose={"sets": 2})
        client.force_login(account)
        sets = {"stated_dose-0-sets": "3"}
        told = post_form(
            client, exercise, **sets, **{"stated_dose-0-is_set_by_me": "on"}
        )
        assert "is another now" not in told.text
        client.force_login(somebody("Editors"))
        assert (
            "is another now" not in post_form(client, exercise, summary="Others.").text
        )

        told = post_form(client, exercise, **{"stated_dose-0-sets": "4"})

        assert "Ana Ruiz, DPT set this dose, and it, or what it is" in told.text

    def test_a_clinicians_name_is_no_source(self, client, ana, somebody):
        exercise = make_exercise(dose={"sets": 2})
        client.force_login(somebody("Editors"))

        source = {"stated_dose-0-source": "ana ruiz, DPT (set on November 28)"}
        told = post_form(client, exercise, **source)

        assert NO_SIGNATURE in unescape(told.text)
        assert "ana" not in dose_of(exercise).source

    @pytest.mark.parametrize("role", ["Owners", "superuser"])
    def test_nobody_else_checks_a_handout(self, client, ana, somebody, role):
        handout = make_handout(make_exercise(), clinician=ana)
        client.force_login(somebody(role))

        answer = post_form(client, handout, is_checked="on", **{"items-0-reps": "7"})

        assert "Only a clinician signs" in answer.text
        live = Handout.objects.get().live_version
        assert not live.is_reviewed
        assert "pending" in live.snapshot().items[0].dose.provenance

    def test_nor_does_another_clinician(self, client, ana):
        handout = make_handout(make_exercise(), clinician=ana)
        client.force_login(make_account(make_clinician()))

        answer = post_form(client, handout, is_checked="on")

        assert "Ana Ruiz, DPT signs with their own account" in answer.text
        assert not Signature.objects.exists()

    @every_role
    def test_the_help_list_is_a_clinicians_to_sign_off(self, client, somebody, role):
        make_help_list()
        client.force_login(somebody(role))
        url = reverse("admin:clinic_clinic_review_help_list", args=[1])

        client.post(url, {"seen": Clinic.objects.current().help_to_sign().digest})

        assert Clinic.objects.current().help_reviewer == ""

    def test_who_somebody_is_says_the_owner_alone(self, client, ana, somebody):
        editor = somebody("Editors")
        client.force_login(editor)

        post_form(client, ana, account=editor.pk, name="Nick Hunter", role="Boss")

        ana.refresh_from_db()
        assert (ana.name, ana.role) == ("Ana Ruiz", "Boss")
        assert ana.account != editor

    def test_a_list_of_pages_that_is_published_at_once_signs_nothing(
        self, client, somebody
    ):
        exercise = make_exercise(published_at=None)
        client.force_login(somebody("Editors"))

        client.post(
            admin_url(type(exercise), "changelist"),
            {
                "action": "publish_now",
                "_selected_action": [exercise.pk],
                f"seen-{exercise.pk}": exercise.revision,
            },
        )

        exercise.refresh_from_db()
        assert exercise.is_published
        assert not exercise.live_version.is_reviewed


class TestByTheDatabase:
    """What no form asks: rows written by a shell, an import, a backup."""

    def test_a_version_with_a_review_that_nobody_signed_is_refused(self, ana):
        version = ExerciseVersion.of(make_exercise())
        version.reviewer, version.reviewed_on = ana, DAY

        with pytest.raises(IntegrityError), transaction.atomic():
            version.store(by=None, number=2)

    @pytest.mark.parametrize("other", ["words", "page", "clinician", "day", "act"])
    def test_nor_does_a_signature_for_something_else_do(self, ana, other):
        exercise = make_exercise(dose={"sets": 2})
        given = sign_review(exercise, ana, on=DAY)
        version = ExerciseVersion.of(exercise)
        if other == "words":
            version.data = {**version.data, "steps": "Others."}
            version.digest = version.to_sign().digest
        elif other == "page":
            version.page = make_exercise()
        elif other == "clinician":
            version.reviewer = make_clinician()
        elif other == "day":
            version.reviewed_on = date(2026, 1, 6)
        else:
            version.signature = Signature.objects.create(
                **{
                    name: getattr(given, name)
                    for name in [
                        *["subject", "digest", "clinician", "clinician_name"],
                        *["account", "signed_on"],
                    ]
                },
                act=Act.DOSE,
            )

        refused = pytest.raises(DatabaseError, match="no clinician signed this review")
        with refused, transaction.atomic():
            version.store(by=None, number=2)

    @pytest.mark.parametrize("change", ["update", "delete"])
    def test_a_signature_is_written_once(self, ana, change):
        given = sign_review(make_exercise(), ana)
        rows = Signature.objects.filter(pk=given.pk)

        for do in [
            given.delete if change == "delete" else given.save,
            rows.delete if change == "delete" else lambda: rows.update(digest="0" * 64),
        ]:
            with pytest.raises(Immutable):
                do()
        statement = {
            "delete": "DELETE FROM publishing_signature",
            "update": "UPDATE publishing_signature SET signed_on = '2020-01-01'",
        }[change]
        refused = pytest.raises(DatabaseError, match="a signature is written once")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    def test_rows_that_name_a_clinician_show_nothing_of_them(self, ana):
        exercise, routine = set_by(ana), limits_of(ana)
        give_item = routine.items.get()
        RoutineItem.objects.filter(pk=give_item.pk).update(
            sets=2, set_by=ana, set_on=DAY
        )

        publish(exercise, by=None)
        publish(routine, by=None)

        exercise.refresh_from_db()
        pending = "Clinical review of these numbers pending"
        assert exercise.shown.dose.origin() == pending
        shown = Routine.objects.get().shown
        assert [item.dose.origin() for item in shown.items] == [pending]
        assert shown.pain_guide() == []

    @pytest.mark.parametrize(
        ("model", "field"),
        [(Dose, "source"), (RoutineItem, "source"), (Routine, "pain_source")],
    )
    def test_a_source_that_reads_like_a_signature_is_refused(self, model, field):
        routine = make_routine(make_exercise(dose={"sets": 2}))
        give_dose(routine.items.get(), sets=2, source="A book.")

        with pytest.raises(IntegrityError, match="is_no_signature"):
            model.objects.update(**{field: "set by Nick Hunter, DPT"})

    def test_who_signed_and_with_what_is_not_deleted(self, ana, account):
        sign_review(make_exercise(), ana)

        for row in [ana, account]:
            with pytest.raises(IntegrityError), transaction.atomic():
                row.delete()


def edit_by_form(client, exercise):
    post_form(client, exercise, steps="Typed.")


def edit_by_update(client, exercise):
    type(exercise).objects.filter(pk=exercise.pk).update(steps="By a shell.")


def edit_the_dose(client, exercise):
    Dose.objects.filter(exercise=exercise).update(note="By a shell.")


def edit_by_save(client, exercise):
    exercise.summary = "By a program."
    exercise.save()


def edit_by_restore(client, exercise):
    other = exercise.versions.get(note="Before.")
    restore(other, by=None)


def edit_by_tag(client, exercise):
    exercise.tags.add(make_tag())


WAYS = [
    edit_by_form,
    edit_by_update,
    edit_the_dose,
    edit_by_save,
    edit_by_restore,
    edit_by_tag,
]


class TestLapse:
    @pytest.mark.parametrize("edit", WAYS)
    def test_it_lapses_with_each_way_to_change_what_was_signed(
        self, client, staff, ana, edit
    ):
        client.force_login(staff)
        exercise = make_exercise(dose={"sets": 2}, steps="Once.", published_at=None)
        save_revision(exercise, by=None, note="Before.")
        type(exercise).objects.update(steps="Signed.")
        sign_review(exercise, ana)
        publish(exercise, by=None)
        exercise.refresh_from_db()
        url = exercise.get_absolute_url()
        assert "Checked by Ana Ruiz, DPT" in client.get(url).text

        edit(client, exercise)

        assert exercise.signature is None
        # What patients read is what was signed, until somebody publishes.
        assert "Checked by Ana Ruiz, DPT" in client.get(url).text
        exercise.refresh_from_db()
        publish(exercise, by=None)
        assert "Clinical review pending" in client.get(url).text

    def test_it_holds_again_where_just_that_comes_back(self, ana):
        exercise = make_exercise(reviewer=ana)
        live = exercise.live_version
        type(exercise).objects.update(steps="Others.")
        assert exercise.signature is None

        restore(live, by=None)

        assert exercise.signature.clinician == ana

    def test_an_articles_lapses_with_its_blocks_and_it_needs_a_word_to_go_out(
        self, ana
    ):
        article = make_article(reviewer=ana, review_by=date(2099, 1, 1))
        assert article.live_version.is_reviewed
        TextBlock.objects.update(html="<p>Others.</p>")

        with pytest.raises(Refused):
            publish(article, by=None)
        PendingReview.objects.say(article, by=None)
        publish(article, by=None)

        assert not Article.objects.get().live_version.is_reviewed

    def test_a_routines_lapses_with_a_dose_in_it(self, ana):
        routine = make_routine(make_exercise(), reviewer=ana)

        give_dose(routine.items.get(), sets=3, source="A book.")

        assert routine.signature is None

    def test_an_exercises_lapses_with_its_place_among_easier_and_harder_ones(self, ana):
        bridges = Progression.objects.create(title="Bridges")
        exercise = make_exercise(progression=bridges, level=1, reviewer=ana)
        assert exercise.signature

        Exercise.objects.update(level=9)

        assert Exercise.objects.get().signature is None

    @pytest.mark.parametrize("change", ["sets", "clinician", "exercise"])
    def test_a_doses_lapses_with_its_numbers_and_for_another(self, ana, change):
        dose = {"sets": 2, "source": "", "set_by": ana, "set_on": DAY}
        exercise = make_exercise(dose=dose)
        assert dose_of(exercise).provenance == "Set by Ana Ruiz, DPT on January 5, 2026"

        values = {
            "sets": {"sets": 3},
            "clinician": {"set_by": make_clinician()},
            "exercise": {"exercise": make_exercise()},
        }
        Dose.objects.update(**values[change])

        assert "pending" in Dose.objects.get().provenance

    @pytest.mark.parametrize(
        "move",
        [{"title": "Jump"}, {"steps": "Jump."}, {"limb": "arm"}, {"figure": {"x": 1}}],
        ids=str,
    )
    def test_a_dose_is_of_one_move_and_lapses_with_it(self, ana, move):
        exercise = make_exercise(
            dose={"sets": 2, "source": "", "set_by": ana, "set_on": DAY}
        )
        Exercise.objects.update(**move)

        assert dose_of(exercise).signature is None
        assert "pending" in dose_of(exercise).provenance

    @pytest.mark.parametrize("move", [{"title": "Jump"}, {"steps": "Jump."}], ids=str)
    def test_the_dose_in_a_routine_lapses_with_the_move_that_patients_read(
        self, ana, move
    ):
        exercise = make_exercise()
        routine = make_routine(exercise)
        give_dose(routine.items.get(), sets=3, source="", set_by=ana, set_on=DAY)
        assert routine.items.get().signature
        Exercise.objects.update(**move)
        assert routine.items.get().signature  # nobody reads it yet

        publish(Exercise.objects.get(), by=None)

        assert routine.items.get().signature is None

    def test_a_dose_that_was_replaced_is_nobodys_when_it_comes_back(self, ana):
        exercise = make_exercise(
            dose={"sets": 2, "source": "", "set_by": ana, "set_on": DAY}
        )
        Dose.objects.update(sets=1)
        sign_dose(dose_of(exercise))
        assert dose_of(exercise).signature
        Dose.objects.update(sets=2)

        assert dose_of(exercise).signature is None
        sign(dose_of(exercise).to_sign(), by=make_account(ana))
        assert dose_of(exercise).signature

    def test_limits_that_were_replaced_are_nobodys_when_they_come_back(self, ana):
        limits = {"green_to": 3, "amber_to": 5, "pain_set_by": ana, "pain_set_on": DAY}
        make_routine(make_exercise(), **limits)
        Routine.objects.update(green_to=1, amber_to=2)
        sign_limits(Routine.objects.get())
        Routine.objects.update(green_to=3, amber_to=5)

        assert Routine.objects.get().pain_signature is None

    def test_limits_are_for_the_exercises_that_there_were(self, ana):
        limits = {"green_to": 3, "amber_to": 5, "pain_set_by": ana, "pain_set_on": DAY}
        routine = make_routine(make_exercise(), **limits)
        assert routine.pain_signature

        routine.items.update(exercise=make_exercise())

        assert routine.pain_signature is None

    def test_limits_lapse_with_their_numbers_and_are_not_shown(self, ana):
        limits = {"green_to": 2, "amber_to": 4, "pain_set_by": ana, "pain_set_on": DAY}
        routine = make_routine(make_exercise(), **limits)
        assert routine.snapshot().pain_guide() != []

        Routine.objects.update(amber_to=5)

        assert Routine.objects.get().snapshot().pain_guide() == []

    def test_a_checked_handouts_lapses_with_its_rows(self, ana, account):
        handout = make_handout(make_exercise(), clinician=ana, dose={"reps": 5})
        store_version(handout, by=account, on=handout.made_on, is_checked=True)
        assert handout.live_version.is_reviewed

        HandoutItem.objects.update(reps=6)
        store_version(handout, by=None, on=handout.made_on, is_checked=True)

        assert not handout.live_version.is_reviewed

    @pytest.mark.parametrize("change", ["words", "level more"])
    def test_the_help_lists_lapses_at_once_wherever_it_stands(
        self, client, account, change
    ):
        make_help_list()
        sign(Clinic.objects.current().help_to_sign(), by=account)
        pages = [reverse("help"), make_exercise().get_absolute_url()]
        for url in pages:
            assert "Checked by Ana Ruiz, DPT" in client.get(url).text

        if change == "words":
            HelpLevel.objects.update(signs="Another sign.")
        else:
            HelpLevel.objects.create(level="urgent", heading="Soon", signs="A sign.")

        for url in pages:
            assert "Checked by Ana Ruiz, DPT" not in client.get(url).text


def test_a_version_says_what_it_is_the_hash_of():
    version = make_exercise().live_version

    assert version.digest == version.to_sign().digest
    assert ArticleVersion.of(make_draft()).digest != version.digest
