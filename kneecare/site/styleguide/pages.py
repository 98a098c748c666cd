"""The pattern page: every component of the site with its variants and what they are given, live.

A new file in templates/components/ needs a line here; a test says so.
"""

from datetime import date, timedelta

from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from articles.models import Topic
from exercises.pain import guide
from kneecare.site.styleguide import samples as samples
from kneecare.site.styleguide.component import each, one

CONTENTS = [{"id": "components-callout", "title": "Callout"}]
VIDEO = "https://video.example/watch"


@require_safe
def index(request, context):
    """For staff; ``context`` is the admin's own."""
    return render(
        request, "admin/styleguide/index.html", {**context, "patterns": patterns()}
    )


def patterns():
    return [
        *_markup(),
        *_forms(),
        *_cards(),
        *_words(),
        *_blocks(),
        *_ways(),
        *_exercise_parts(),
        *_places(),
    ]


def _markup():
    return [
        one("Buttons", "admin/styleguide/_buttons.html"),
        one("Links", "admin/styleguide/_links.html"),
        one("Words", "admin/styleguide/_typography.html"),
        one("Chips", "admin/styleguide/_chips.html"),
    ]


def _forms():
    empty, wrong = samples.empty_form("empty"), samples.wrong_form("wrong")
    fields = {
        **{f"{field.label}": {"field": field} for field in empty},
        **{f"{field.label} With an error": {"field": field} for field in wrong},
    }
    for inputs in fields.values():
        inputs["form_show_errors"] = True
    return [
        each("Form field", "clinic_forms/field.html", **fields),
        one("Error summary", "clinic_forms/errors.html", form=wrong, still=True),
        one(
            "Filter form",
            "admin/styleguide/_filter_form.html",
            field=samples.empty_form("filter")["part"],
        ),
        each(
            "Slot picker",
            "admin/styleguide/_slot_picker.html",
            nothing_chosen={"field": samples.slot_field("slots")},
            a_time_chosen={"field": samples.slot_field("chosen", chosen=21)},
            no_time_free={"field": samples.slot_field("none", days=0)},
        ),
    ]


def _cards():
    article = {"url": "#", "title": "Sample article", "summary": "What it is about."}
    plain = {**article, "pictured": False, "place": ""}
    bare = samples.clinician()
    bare.role = bare.intro = ""
    alone = samples.routine(length=0)
    return [
        each(
            "Article card",
            "components/article_card.html",
            plain=plain,
            with_its_place={**article, "pictured": True, "place": "outside"},
        ),
        one(
            "Search result",
            "components/search_result.html",
            found=samples.found(),
        ),
        one(
            "Exercise card",
            "components/exercise_card.html",
            exercise=samples.exercise(),
        ),
        each(
            "Routine card",
            "components/routine_card.html",
            with_its_exercises={"routine": samples.routine()},
            alone={"routine": alone},
        ),
        each(
            "Clinician card",
            "components/clinician_card.html",
            full={"clinician": samples.clinician()},
            name_only={"clinician": bare},
        ),
    ]


def _words():
    said = {
        "title": "Sample title",
        "content": format_html("<p>{}</p>", "What it says."),
    }
    levels = {"levels": samples.help_levels(), "reviewer": None, "reviewed_on": None}
    signed = {"reviewer": samples.clinician(), "reviewed_on": samples.DAY}
    return [
        each(
            "Callout",
            "components/callout.html",
            **{tone: {**said, "tone": tone} for tone in ["tip", "warning", "urgent"]},
        ),
        each(
            "When to get help",
            "components/help_levels.html",
            review_pending=levels | {"folded": False},
            signed_off_and_folded=levels | signed | {"folded": True},
            no_list_yet={**levels, "levels": [], "folded": False},
        ),
        each(
            "Review line",
            "components/review_line.html",
            reviewed={"page": samples.checked(review_by=date(2099, 1, 1))},
            pending={"page": samples.reviewed()},
            overdue={
                "page": samples.checked(review_by=samples.DAY),
                "today": samples.DAY + timedelta(days=1),
            },
            with_reading_time={"page": samples.reviewed(), "minutes": 5},
        ),
        one("Messages", "components/messages.html", messages=samples.messages()),
        one("Print block, on paper", "includes/print_address.html", url="https://…"),
        each(
            "Progress",
            "components/progress.html",
            just_begun={"steps": samples.progress(0)},
            half_way={"steps": samples.progress(1)},
            all_done={"steps": samples.progress(3)},
        ),
    ]


def _blocks():
    """Blocks of an article that no component of its own draws."""
    own, elsewhere = samples.video(), samples.video(url=VIDEO)
    sources = samples.references()
    return [
        one("Myth and fact", "articles/blocks/_myth.html", block=samples.MYTH),
        one(
            "Question",
            "articles/blocks/_question.html",
            block=samples.QUESTION | {"opens": True, "closes": True},
        ),
        one("Quote", "articles/blocks/_quote.html", block=samples.QUOTE),
        each(
            "Video",
            "components/video.html",
            our_own_file={"video": own, "words": samples.WORDS_OF_VIDEO},
            elsewhere_and_silent={
                "video": elsewhere | {"has_no_speech": True},
                "words": "",
            },
        ),
        one("Picture", "components/photo.html", photo=samples.photo()),
        one("References", "components/references.html", references=sources),
    ]


def _ways():
    action = {"title": "Talk about your knee", "text": "The first call is free."}
    action |= {"label": "Book a free call", "url": "#"}
    nothing = {"text": "There is nothing here yet.", "label": "Go elsewhere"}
    return [
        each(
            "Call to action",
            "components/call_to_action.html",
            loud=action,
            quiet=action | {"quiet": True},
        ),
        each(
            "Empty state",
            "components/empty_state.html",
            with_a_way_on=nothing | {"url": "#"},
            words_only=nothing | {"url": ""},
        ),
        one("Breadcrumbs", "components/breadcrumbs.html", url="#", label="Articles"),
        each(
            "Pagination",
            "components/pagination.html",
            **{
                words: {"page": samples.page(number)}
                for number, words in enumerate(["first", "middle", "last"], 1)
            },
        ),
        one("Contents list", "components/contents_list.html", contents=CONTENTS),
        one(
            "Topics", "components/topics.html", label="Sample", topics=samples.topics()
        ),
        one("Video button", "components/video_button.html", url=VIDEO, label="Sample"),
    ]


def _exercise_parts():
    doses = {
        "all_stated": samples.full_dose(),
        "some_stated": samples.dose(sets=3, reps_from=15),
        "as_able": samples.dose(sets=2, as_able="as many as you can do well"),
        "nothing_stated": samples.dose(provenance=""),
    }
    return [
        each(
            "Dose",
            "components/dose.html",
            **{name: {"dose": dose} for name, dose in doses.items()},
        ),
        each(
            "Steps",
            "components/steps.html",
            written={"steps": "Lie on your back.\nLift your hips.\nLower them."},
            not_written={"steps": ""},
        ),
        one(
            "Figure",
            "components/exercise_figure.html",
            exercise=samples.exercise(),
            uid="sample",
        ),
        each(
            "Offline copy",
            "components/offline_copy.html",
            on_request={"pages": "/routines/sample/", "keep": False},
        ),
        each(
            "Pain guide",
            "components/pain_guide.html",
            usual_limits={"zones": guide(3, 5)},
            no_pain_at_all={"zones": guide(0, 1)},
        ),
    ]


def _places():
    keys = {place.value: {"key": place.value} for place in Topic.Place}
    return [
        one(
            "Knee finder",
            "components/knee_finder.html",
            places=list(Topic.Place),
            url="#",
        ),
        each(
            "Place mark", "components/place_mark.html", whole_knee={"key": ""}, **keys
        ),
    ]
