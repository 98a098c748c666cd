"""Every word and picture of a handout, as the plain data that ``handout.typ`` lays out."""

import io

import segno
from django.utils.formats import date_format

from exercises.dose import count
from exercises.pdf.drawing import drawing
from kneecare.core.text.glyphs import breakable, drawable
from kneecare.core.text.html import outline, split_lines

DAYS = 14
NO_TITLE = (
    "Your routine"  # for one in letters that we cannot draw: a PDF must have a title
)


def content(sheet):
    """The data of ``sheet``: nothing but strings, numbers, lists and dicts; every text in letters that can be drawn."""
    text = {
        "title": sheet.routine.title,
        "summary": sheet.routine.summary,
        "draft": "Draft. Not for patients." if sheet.is_draft else "",
        "version": f"Version {sheet.version}, {_day(sheet.made_on)}",
        "review": _review(sheet.review),
        "author": sheet.review.author,
        "note": [{"kind": "p", "text": line} for line in split_lines(sheet.note)],
        "intro": _paragraphs(sheet.routine.intro),
        "facts": _facts(sheet.routine),
        "zones": [vars(zone) for zone in sheet.routine.pain_guide()],
        "zones_source": sheet.routine.pain_origin(),
        "moves": [_move(item) for item in sheet.routine.items],
        **_letterhead(sheet.letterhead),
    }
    pictures = [drawing(item.exercise) for item in sheet.routine.items]
    said = _printable(text)
    return {
        **said,
        "title": said["title"].strip() or NO_TITLE,
        "pictures": [_printable_picture(picture) for picture in pictures],
        "address": sheet.url,
        "code": _qr_code(sheet.url),
        "made_on": [sheet.made_on.year, sheet.made_on.month, sheet.made_on.day],
        "days": DAYS,
    }


def _paragraphs(html):
    return [vars(each) for each in outline(html).paragraphs if each.text.strip()]


def _letterhead(letterhead):
    return {
        "clinic": letterhead.name,
        "phone": letterhead.phone,
        "levels": [vars(level) for level in letterhead.help_levels],
        "help_review": _checked(letterhead.help_reviewer, letterhead.help_reviewed_on),
    }


def _move(item):
    dose = item.dose
    return {
        "title": item.exercise.title,
        "dose": dose.sentence(),
        "details": [f"{label}: {words}" for label, words in dose.details()],
        "note": dose.note,
        "question": dose.question() if dose.says_anything else "",
        "source": dose.origin(),
        "steps": split_lines(item.exercise.steps),
        "not_for": split_lines(item.exercise.not_for),
        "hold_on_to": item.exercise.hold_on_to,
    }


def _facts(routine):
    """The same as on the routine's page, in the same order."""
    minutes, rest = routine.minutes(), routine.rest_between
    supports = routine.supports()
    more = ", and more for the parts that take as long as you like"
    facts = [
        f"{count(len(routine.items), 'exercise')}. Go at your own pace.",
        f"About {count(minutes, 'minute')}{more if routine.has_own_pace else ''}."
        if minutes
        else "",
        f"Do it {routine.schedule()}." if routine.schedule() else "",
        f"Have this near you, to hold on to: {'; '.join(supports)}."
        if supports
        else "",
        f"Rest {rest} seconds between exercises." if rest else "",
    ]
    return [fact for fact in facts if fact]


def _review(review):
    checked = _checked(review.reviewer, review.reviewed_on)
    is_due = review.reviewed_on and review.review_by
    due = f"Next check due {_day(review.review_by)}." if is_due else ""
    return " ".join(filter(None, [f"By {review.author}.", checked, due]))


def _checked(reviewer, reviewed_on):
    if reviewed_on is None:
        return "Clinical review pending."
    return f"Checked by {reviewer} on {_day(reviewed_on)}."


def _day(day):
    return date_format(day, "F j, Y")


def _qr_code(url):
    """A QR code of ``url`` as SVG, with the clear edge that readers need."""
    svg = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        svg, kind="svg", xmldecl=False, border=4
    )
    return svg.getvalue().decode()


def _printable(value):
    """``value`` with each text in it drawable, however deep."""
    if isinstance(value, str):
        return breakable(drawable(value))
    if isinstance(value, dict):
        return {key: _printable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_printable(inner) for inner in value]
    return value


def _printable_picture(picture):
    if picture is None:
        return None
    return {
        **_printable({**picture, "picture": ""}),
        "picture": picture["picture"],
    }
