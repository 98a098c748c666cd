"""What the publish gate finds in a working copy, and that errors stop the one way to publish."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import (
    Article,
    ArticleVersion,
    CallToActionBlock,
    ExerciseBlock,
    ExternalLink,
    ImageBlock,
    PendingReview,
    PlainWord,
    TextBlock,
)
from kneecare.clinic.models import HelpLevel
from kneecare.publishing.publish import publish
from kneecare.publishing.publish_checks import NotReady, findings
from tests.factories import (
    make_article,
    make_clinic,
    make_clinician,
    make_draft,
    make_exercise,
    make_program,
    make_routine,
    make_topic,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.same_on_any_database("what is said of a draft"),
]
TODAY = timezone.localdate()
YEAR = timedelta(days=365)


def found(article, level="error"):
    """The texts of the findings of one level."""
    return [each.text for each in findings(article) if each.level == level]


def drafted(html):
    """A draft whose text went round its form, which would have tidied it."""
    article = make_draft()
    TextBlock.objects.filter(parent=article).update(html=html)
    return article


def the_one(article, level="error"):
    (finding,) = [each for each in findings(article) if each.level == level]
    return finding


def reviewed(**fields):
    """A draft whose review is given, but for ``fields``."""
    review = {
        "reviewer": make_clinician(),
        "reviewed_on": TODAY - YEAR / 2,
        "review_by": TODAY + YEAR,
    }
    return make_draft(**(review | fields))


def with_link(href, **fields):
    return make_draft(html=f'<p><a href="{href}">There</a></p>', **fields)


def test_a_draft_that_has_all_it_needs_goes_through():
    article = make_draft()

    assert found(article) == []
    assert publish(article, by=None).number == 1


def test_an_error_stops_publishing_and_changes_nothing():
    article = make_draft(referenced=False)

    with pytest.raises(NotReady) as stopped:
        publish(article, by=None)

    assert [each.field for each in stopped.value.findings] == ["references"]
    assert not ArticleVersion.objects.exists()
    assert Article.objects.get().published_at is None


def test_advice_does_not_stop_publishing():
    article = make_draft(title="A long title that goes on and on, " * 2)

    assert found(article, "advice") != []
    assert publish(article, by=None)


def test_all_findings_come_at_once_errors_first():
    PlainWord.objects.create(word="patella", plainer="kneecap")
    article = make_draft(
        title="Ow", summary="Short.", html="<h3>Skips</h3><p>Patella.</p>"
    )
    article.references.all().delete()
    article.pending_reviews.end()
    HelpLevel.objects.all().delete()

    levels = [each.level for each in findings(article)]

    assert levels.count("error") == 6
    assert levels == sorted(levels, reverse=True)


class TestReview:
    def test_neither_a_review_nor_the_word_that_it_is_pending_is_an_error(self):
        article = make_draft()
        article.pending_reviews.end()

        assert "Let a clinician sign it" in the_one(article).text
        PendingReview.objects.say(article, by=None)
        assert found(article) == []

    def test_a_given_review_needs_no_word_that_it_is_pending(self):
        article = reviewed()
        article.pending_reviews.end()

        assert found(article) == []

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"review_by": None}, "review_by"),
            ({"review_by": TODAY - YEAR}, "review_by"),
        ],
    )
    def test_the_days_of_a_review_must_make_sense(self, fields, field):
        assert the_one(reviewed(**fields)).field == field

    def test_a_pending_review_may_leave_the_next_one_open_but_not_in_the_past(self):
        assert found(make_draft(review_by=None)) == []
        assert the_one(make_draft(review_by=TODAY - YEAR)).field == "review_by"

    def test_today_is_the_clinics_day(self, time_machine):
        make_clinic(time_zone="Pacific/Auckland")
        time_machine.move_to("2026-11-23T13:00Z", tick=False)

        # In Auckland it is the 24th already.
        assert the_one(make_draft(review_by=date(2026, 11, 24))).field == "review_by"
        assert found(make_draft(review_by=date(2026, 11, 25))) == []

    def test_the_word_that_a_review_is_pending_is_kept_with_who_and_when(self, staff):
        article = make_draft()
        article.pending_reviews.end()

        PendingReview.objects.say(article, by=staff)
        PendingReview.objects.say(article, by=None)

        (said,) = article.pending_reviews.open()
        assert (said.said_by, said.said_at.date()) == (staff, timezone.now().date())
        assert article.pending_reviews.count() == 2

    def test_an_author_who_is_hidden_or_reviews_himself_is_worth_a_look(self):
        person = make_clinician(is_shown=False)

        texts = found(reviewed(author=person, reviewer=person), "advice")

        assert any("not shown" in text for text in texts)
        assert any("one person" in text for text in texts)


def test_the_help_list_must_exist_and_should_be_signed_off():
    article = make_draft()
    assert any("signed off" in text for text in found(article, "advice"))

    HelpLevel.objects.all().delete()

    finding = the_one(article)
    assert finding.url == reverse("admin:clinic_helplevel_changelist")


@pytest.mark.parametrize(
    ("alt", "level"),
    [
        ("  ", "error"),
        ("IMG_2041.jpg", "error"),
        ("image1", "error"),
        ("Picture of a knee", "advice"),
    ],
)
def test_each_picture_says_what_it_shows(alt, level):
    article = make_draft()
    block = ImageBlock(parent=article, region="main", ordering=20, alt=alt)
    ImageBlock.objects.bulk_create([block])

    matching = [each for each in findings(article) if each.field == "alt"]

    assert [(each.level, each.row) for each in matching] == [(level, block)]


class TestHeadings:
    @pytest.mark.parametrize(
        ("html", "words"),
        [
            ("<h3>Down at once</h3>", "Down at once"),
            ("<h2> </h2>", "empty"),
            ("<h2><br></h2>", "empty"),
            ("<h2>One</h2><h3>&nbsp;</h3>", "empty"),
        ],
    )
    def test_a_skipped_level_and_an_empty_heading_are_errors(self, html, words):
        finding = the_one(drafted(html))

        assert words in finding.text
        assert finding.field == "html"

    def test_levels_go_on_from_one_block_to_the_next(self):
        article = make_draft(html="<h2>One</h2>")
        TextBlock.objects.create(
            parent=article, region="main", ordering=20, html="<h3>Below</h3>"
        )

        assert found(article) == []


class TestLinks:
    @pytest.mark.parametrize(
        "href",
        [
            "/nowhere/at-all/",
            "/articles/no-such-article/",
            "https://testserver/articles/no-such-article/",
            "/exercises/no-such-exercise/",
            "/admin/",
            "/bookings/some-token/",
            "nowhere",
            "//[broken",
        ],
    )
    def test_a_link_to_a_page_that_patients_do_not_get_is_an_error(self, href):
        assert "The link" in the_one(with_link(href)).text

    @pytest.mark.parametrize(
        "href",
        [
            "/",
            "/book/",
            "/when-to-get-help/",
            "/when-to-get-help",
            "/where-does-it-hurt/#front",
            "mailto:desk@example.com",
            "tel:+16235550100",
        ],
    )
    def test_a_link_that_resolves_is_fine(self, href):
        assert found(with_link(href)) == []

    @pytest.mark.parametrize(
        "make", [make_article, make_exercise, make_routine, make_program]
    )
    def test_a_page_of_ours_must_be_published(self, make):
        page = make()
        article = with_link(page.get_absolute_url())
        assert found(article) == []

        type(page).objects.filter(pk=page.pk).update(published_at=None)

        assert "not published" in the_one(article).text

    def test_a_topic_must_have_an_article(self):
        topic = make_topic()

        assert "not published" in the_one(with_link(topic.get_absolute_url())).text

    def test_drafts_that_are_published_together_may_link_to_each_other(self):
        first = make_draft(slug="first")
        second = with_link("/articles/first/")

        assert len(found(second)) == 1
        assert publish(second, by=None, publish_with=[first])

    def test_a_jump_on_the_page_should_find_its_heading(self):
        html = '<h2>Rest</h2><p><a href="#rest">a</a> <a href="#gone">b</a></p>'

        texts = found(drafted(html), "advice")

        assert [text for text in texts if "#" in text] == [
            "The link “#gone” finds no main heading of that name on this page."
        ]

    @pytest.mark.parametrize("kind", ["exercise", "routine", "program"])
    def test_a_block_about_an_unpublished_page_is_an_error(self, kind):
        article = make_draft()
        page = {
            "exercise": make_exercise,
            "routine": make_routine,
            "program": make_program,
        }[kind](published_at=None)
        place = {"parent": article, "region": "main", "ordering": 20, kind: page}
        if kind == "program":
            CallToActionBlock.objects.create(
                title="Join", label="Join", target="program", **place
            )
        else:
            ExerciseBlock.objects.create(**place)

        assert the_one(article).field == kind

    @pytest.mark.parametrize(
        ("answer", "level", "words"),
        [
            ({}, "advice", "was not checked yet"),
            ({"status": 200}, None, ""),
            ({"status": 404, "times_gone": 1}, "advice", "answered 404"),
            ({"status": 404, "times_gone": 2}, "error", "is dead"),
            ({"status": 503}, "advice", "answered 503"),
            ({"last_error": "no answer in time"}, "advice", "no answer in time"),
        ],
    )
    def test_a_link_to_another_site_is_as_the_worker_found_it(
        self, answer, level, words
    ):
        article = with_link("https://example.com/a#part")
        if answer:
            ExternalLink.objects.create(
                url="https://example.com/a", checked_at=timezone.now(), **answer
            )

        about = [each for each in findings(article) if "example.com" in each.text]

        assert [each.level for each in about] == ([level] if level else [])
        assert all(words in each.text for each in about)

    def test_a_reference_is_a_link_too(self):
        article = make_draft(referenced=False)
        reference = article.references.create(title="x", url="https://example.com/x")

        about = [each for each in findings(article) if each.row == reference]

        assert [each.field for each in about] == ["url"]

    def test_a_link_too_long_to_keep_is_worth_a_look(self):
        texts = found(with_link(f"https://example.com/{'x' * 600}"), "advice")

        assert any("too long" in text for text in texts)


@pytest.mark.parametrize(
    ("fields", "field", "level"),
    [
        ({"title": "Ow"}, "title", "error"),
        ({"title": "x" * 101}, "title", "error"),
        ({"title": "x" * 66}, "title", "advice"),
        ({"summary": "Too short."}, "summary", "error"),
        ({"summary": "x " * 90}, "summary", "advice"),
    ],
)
def test_title_and_description_have_a_length_that_serves(fields, field, level):
    article = make_draft(**fields)

    assert (field, level) in {(each.field, each.level) for each in findings(article)}


def test_a_working_copy_is_checked_with_few_queries(django_assert_max_num_queries):
    links = "".join(f'<a href="https://example.com/{n}">x</a>' for n in range(50))
    article = make_draft(html=f"<h2>One</h2><p>{links}</p>")

    with django_assert_max_num_queries(35):
        findings(article)
