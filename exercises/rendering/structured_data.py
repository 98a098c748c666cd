from kneecare.clinic.structured_data import reviewed
from kneecare.core.structured_data import absolute, breadcrumbs, document, node
from kneecare.media.names import social_picture


def exercise_plan(exercise, version):
    """The exercise and its dose; what the dose does not state is left out."""
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
    return node(
        "ExercisePlan",
        name=exercise.title,
        repetitions=_repetitions(dose),
        activityDuration=f"PT{dose.hold_seconds}S" if dose.hold_seconds else "",
        activityFrequency=dose.days(),
        restPeriods=f"PT{dose.rest_seconds}S" if dose.rest_seconds else "",
        workload=dose.load,
        additionalVariable=dose.sentence(),
        **facts,
    )


def _repetitions(dose):
    if dose.reps_to:
        return node("QuantitativeValue", minValue=dose.reps_from, maxValue=dose.reps_to)
    return dose.reps_from


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
