"""Pages that are due for a clinical review: the work list, the mail, the note to patients."""

import re
import threading
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection
from django.urls import reverse

from articles.models import Article, ArticleVersion
from kneecare.clinic.models import Clinic
from kneecare.publishing.models import Event, ReviewReminder
from kneecare.publishing.publish import publish, show
from kneecare.publishing.reviews import reminders
from tests.factories import (
    make_article,
    make_clinic,
    make_clinician,
    make_exercise,
    make_routine,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to("2026-11-23T18:00Z", tick=True)
    return time_machine


@pytest.fixture
def reviewer():
    return make_clinician(name="Ada", reminder_email="ada@example.com")


def review(reviewer, *, due):
    return {
        "reviewer": reviewer,
        "reviewed_on": TODAY - 300 * DAY,
        "review_by": due,
    }


def due_article(reviewer, *, due, **fields):
    """A published article whose review is due on ``due``, be it over."""
    article = make_article(**review(reviewer, due=TODAY + 300 * DAY), **fields)
    set_due(article, due)
    return article


def set_due(article, due):
    """Let the days pass for one article: what was published is due on ``due``."""
    article.review_by = due
    article.save()
    number = article.versions.next_number()
    version = ArticleVersion.of(article).store(by=None, number=number)
    show(article, version, because=Event.Action.PUBLISHED)


def remind():
    reminders.remind(Clinic.objects.current())


def work_list(client):
    html = client.get(reverse("admin:index")).text
    return html.split('id="reviews-due"')[1].split("</section>")[0]


class TestWorkList:
    def test_it_tells_overdue_from_due_soon_for_each_kind_of_page(
        self, staff_client, reviewer
    ):
        due_article(reviewer, due=TODAY - DAY, title="Late article")
        make_exercise(title="Late exercise", **review(reviewer, due=TODAY - 9 * DAY))
        make_routine(title="Soon routine", **review(reviewer, due=TODAY + 30 * DAY))
        make_exercise(title="Far exercise", **review(reviewer, due=TODAY + 31 * DAY))
        make_exercise(
            title="Draft", published_at=None, **review(reviewer, due=TODAY - DAY)
        )

        overdue, soon = work_list(staff_client).split("Due in the next 30 days")

        assert overdue.index("Late exercise") < overdue.index("Late article")
        assert "Soon routine" in soon
        assert "Late" not in soon
        assert "Far exercise" not in overdue + soon
        assert "Draft" not in overdue + soon

    def test_a_review_that_is_only_saved_is_to_be_published(
        self, staff_client, reviewer
    ):
        article = due_article(reviewer, due=TODAY - DAY)
        Article.objects.update(review_by=TODAY + 300 * DAY)

        assert "publish it to show patients" in work_list(staff_client)
        article.refresh_from_db()
        publish(article, by=None)
        assert "No review is due" in work_list(staff_client)

    def test_it_says_who_gets_no_reminder_and_what_was_never_reviewed(
        self, staff_client
    ):
        make_exercise(**review(make_clinician(name="Bob"), due=TODAY))
        make_exercise()

        html = work_list(staff_client)

        assert "Bob has no e-mail for reminders" in html
        assert "1 published page waits for a first clinical review: " in html

    def test_titles_come_out_inert(self, staff_client, reviewer):
        make_exercise(title="<script>x</script>", **review(reviewer, due=TODAY))

        assert "<script>" not in work_list(staff_client)

    @pytest.mark.parametrize(
        ("group", "sees"), [("Editors", True), ("Front desk", False)]
    )
    def test_it_stands_there_for_those_who_see_the_pages(
        self, client, django_user_model, group, sees
    ):
        user = django_user_model.objects.create_user("someone", is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)

        assert ("reviews-due" in client.get(reverse("admin:index")).text) is sees


class TestReminder:
    def test_a_reviewer_gets_one_mail_for_all_that_is_newly_due(self, reviewer):
        due_article(reviewer, due=TODAY - DAY, title="Late article")
        exercise = make_exercise(title="Soon", **review(reviewer, due=TODAY + 9 * DAY))

        remind()
        remind()

        (message,) = mail.outbox
        assert message.to == ["ada@example.com"]
        assert "Late article" in message.body
        assert f"/admin/exercises/exercise/{exercise.pk}/change/" in message.body
        assert "November 22, 2026" in message.body
        assert ReviewReminder.objects.exclude(sent_at=None).count() == 2

    def test_a_new_due_date_is_told_again(self, reviewer):
        exercise = make_exercise(**review(reviewer, due=TODAY))
        remind()

        exercise.review_by = TODAY + DAY
        exercise.save()
        publish(exercise, by=None)
        remind()

        assert len(mail.outbox) == 2

    def test_nobody_is_told_of_a_draft_or_of_what_is_reviewed_already(self, reviewer):
        make_exercise(published_at=None, **review(reviewer, due=TODAY))
        make_exercise(**review(make_clinician(), due=TODAY))
        due_article(reviewer, due=TODAY - DAY)
        Article.objects.update(review_by=TODAY + 300 * DAY)

        remind()

        assert mail.outbox == []

    def test_a_mail_that_fails_is_tried_again_later(self, reviewer, monkeypatch, now):
        make_exercise(**review(reviewer, due=TODAY))

        def fail(self):
            raise OSError("ada@example.com said no")

        with monkeypatch.context() as patched:
            patched.setattr(reminders.EmailMessage, "send", fail)
            remind()
        remind()
        assert mail.outbox == []
        assert ReviewReminder.objects.get().last_error == "OSError"

        now.move_to("2026-11-23T19:00Z")
        remind()

        assert len(mail.outbox) == 1
        assert ReviewReminder.objects.get().attempts == 2

    def test_a_worker_that_died_is_followed_by_another(self, reviewer, now):
        make_exercise(**review(reviewer, due=TODAY))
        (page,) = reminders.due_pages(TODAY)
        assert ReviewReminder.objects.claim(reminders._reminder(page).pk)
        remind()
        assert mail.outbox == []

        now.move_to("2026-11-23T18:10Z")
        remind()

        assert len(mail.outbox) == 1

    @pytest.mark.django_db(transaction=True)
    def test_two_workers_tell_of_each_page_once(self, reviewer):
        pages = [
            make_exercise(title=f"Page {n}.", **review(reviewer, due=TODAY))
            for n in range(4)
        ]
        start = threading.Barrier(2)

        def work():
            start.wait()
            try:
                remind()
            finally:
                connection.close()

        workers = [threading.Thread(target=work) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

        said = "".join(message.body for message in mail.outbox)
        assert [said.count(page.title) for page in pages] == [1, 1, 1, 1]


class TestNoteToPatients:
    def test_a_page_says_mildly_that_its_review_is_overdue(self, client, reviewer):
        make_clinic()
        article = due_article(reviewer, due=TODAY - DAY)
        routine = make_routine(**review(reviewer, due=TODAY - DAY))
        exercise = make_exercise(**review(reviewer, due=TODAY - DAY))

        for page in [article, routine, exercise]:
            html = client.get(page.get_absolute_url()).text
            assert "This page was due for a clinical review on" in html
            assert "It is on our list to check." in html

    def test_the_day_itself_is_not_overdue_by_the_clinics_clock(
        self, client, reviewer, now
    ):
        make_clinic(time_zone="America/Phoenix")
        exercise = make_exercise(**review(reviewer, due=TODAY))

        # In UTC it is the 24th already, in Phoenix it is not.
        now.move_to("2026-11-24T06:30Z")
        assert "was due" not in client.get(exercise.get_absolute_url()).text
        now.move_to("2026-11-24T07:30Z")
        assert "was due" in client.get(exercise.get_absolute_url()).text


def test_the_e_mail_for_reminders_is_on_no_public_page(client, reviewer):
    make_clinic()
    article = make_article(author=reviewer, **review(reviewer, due=TODAY + 300 * DAY))

    for address in ["/", "/about/", article.get_absolute_url(), "/feeds/articles/"]:
        assert "ada@example.com" not in client.get(address).text


def test_the_front_page_leads_to_the_pages_that_wait_where_they_are_taken_down(
    staff_client,
):
    waiting = make_exercise(title="Waits for a clinician")
    make_exercise(title="Not published", published_at=None)
    doctor = make_clinician()
    make_exercise(title="Reviewed", reviewer=doctor, reviewed_on=date(2026, 1, 2))

    html = staff_client.get("/admin/").text
    [url] = re.findall(r'<a href="([^"]+)">1 exercise</a>', html)
    listed = staff_client.get(url.replace("&amp;", "&"))

    assert listed.context["cl"].queryset.get() == waiting
    assert '<option value="take_down">' in listed.text
