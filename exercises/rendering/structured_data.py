from exercises.dose.amount import AT_LEAST, SPANS, UP_TO, Amount
from exercises.dose.wording import effort, how_often, pain
from kneecare.clinic.structured_data import reviewed
from kneecare.core.structured_data import absolute, breadcrumbs, document, node
from kneecare.media.names import social_picture


def exercise_plan(exercise, version):
    """The exercise and its dose; what the dose does not state is left out.

    Schema.org has no word for most of a dose, so that its sentence stands beside the numbers.
    """
    facts = {"description": exercise.summary, "exerciseType": "Strength training"}
    plan = _plan(exercise, exercise.dose, **facts)
    above = "Exercises", "/exercises/"
    page = _page(exercise, version, plan, above, image=picture_urls(exercise))
    return document(page)


def picture_urls(exercise):
    """The absolute URLs of the pictures of an ``ExerciseSnapshot``."""
    pictures = [part for part in exercise.media if part["type"] == "image"]
    return [absolute(social_picture(picture)["path"]) for picture in pictures]


def routine_plan(routine, version):
    plans = [
        _plan(
            item.exercise,
            item.dose,
            url=absolute(item.exercise.get_absolute_url()),
        )
        for item in routine.items
    ]
    minutes = routine.minutes()
    plan = node(
        "ExercisePlan",
        name=routine.title,
        description=routine.summary,
        activityDuration=f"PT{minutes}M" if minutes else "",
        activityFrequency=routine.schedule(),
        hasPart=plans,
    )
    return document(_page(routine, version, plan, ("Routines", "/routines/")))


def _plan(exercise, dose, **facts):
    said = [dose.sentence(), *(f"{label}: {words}" for label, words in dose.details())]
    return node(
        "ExercisePlan",
        name=exercise.title,
        repetitions=_number(dose.reps),
        activityDuration=_time(dose.hold or dose.activity),
        activityFrequency=how_often(dose),
        restPeriods=_number(dose.rest, "seconds"),
        intensity=_intensity(dose),
        workload=dose.load,
        additionalVariable=said[0] if len(said) == 1 else said,
        **facts,
    )


def _intensity(dose):
    said = [
        effort(dose.effort) if dose.effort else "",
        f"pain {pain(dose.pain)}" if dose.pain else "",
    ]
    return ", ".join(filter(None, said))


def _time(amount):
    """One length of time as ISO 8601 has it, all else as a quantity."""
    if amount is None:
        return None
    if amount.is_time and amount == Amount(amount.low):
        return f"PT{amount.low}S"
    unit = f"{amount.unit or 'seconds'} {SPANS.get(amount.over, '')}".rstrip()
    return _number(amount, unit)


def _number(amount, unit=""):
    """A number alone where it is one and counts itself, else a quantity with its ends: what has no lower end is a limit."""
    if amount is None:
        return None
    if not unit and amount == Amount(amount.low):
        return amount.low
    low, high = amount.low, amount.high
    if amount.bound == UP_TO or low is None:
        return node("QuantitativeValue", maxValue=amount.most, unitText=unit)
    if high is None and amount.bound != AT_LEAST:
        return node("QuantitativeValue", value=low, unitText=unit)
    return node("QuantitativeValue", minValue=low, maxValue=high, unitText=unit)


def _page(page, version, plan, above, **facts):
    return node(
        "MedicalWebPage",
        name=page.title,
        description=page.summary,
        url=absolute(page.get_absolute_url()),
        inLanguage="en-US",
        mainEntity=plan,
        breadcrumb=breadcrumbs(above, (page.title, page.get_absolute_url())),
        **facts,
        **reviewed(version),
    )
