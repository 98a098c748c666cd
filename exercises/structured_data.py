from kneecare.clinic.structured_data import reviewed
from kneecare.core.structured_data import absolute, breadcrumbs, document, node


def exercise_plan(exercise):
    """The exercise and its dose; what the dose does not state is left out."""
    dose = exercise.dose
    plan = node(
        "ExercisePlan",
        name=exercise.title,
        description=exercise.summary,
        exerciseType="Strength training",
        repetitions=dose.reps_from,
        activityFrequency=f"{dose.days_per_week} days a week"
        if dose.days_per_week
        else "",
        additionalVariable=dose.sentence(),
    )
    return document(_page(exercise, plan, ("Exercises", "/exercises/")))


def routine_plan(routine, items):
    plans = [
        node(
            "ExercisePlan",
            name=item.exercise.title,
            url=absolute(item.exercise.get_absolute_url()),
            repetitions=item.exercise.dose.reps_from,
            additionalVariable=item.exercise.dose.sentence(),
        )
        for item in items
    ]
    plan = node(
        "ExercisePlan",
        name=routine.title,
        description=routine.summary,
        workload="",
        hasPart=plans,
    )
    return document(_page(routine, plan, ("Routines", "/routines/")))


def _page(page, plan, above):
    return node(
        "MedicalWebPage",
        name=page.title,
        description=page.summary,
        url=absolute(page.get_absolute_url()),
        inLanguage="en-US",
        mainEntity=plan,
        breadcrumb=breadcrumbs(above, (page.title, page.get_absolute_url())),
        **reviewed(page),
    )
