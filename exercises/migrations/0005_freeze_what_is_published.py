"""What is published becomes version 1, harder versions become levels, and a dose that states nothing goes."""

from django.db import migrations

STATED = ["sets", "reps_from", "reps_to", "hold_seconds", "rest_seconds", "sides", "days_per_week", "load", "note"]
REVIEW = ["title", "summary", "author_id", "reviewer_id", "reviewed_on", "review_by"]


def take_over(apps, schema_editor):
    model = lambda name: apps.get_model("exercises", name)  # noqa: E731
    model("Dose").objects.filter(reps_from=None, hold_seconds=None).delete()
    make_progressions(model)
    for exercise in model("Exercise").objects.exclude(published_at=None).select_related("stated_dose__set_by"):
        publish_exercise(model, exercise)
    for routine in model("Routine").objects.exclude(published_at=None):
        publish_routine(model, routine)


def make_progressions(model):
    exercises = model("Exercise").objects
    easiest = exercises.exclude(harder=None).filter(easier=None)
    for exercise in easiest:
        progression, level, seen = None, 1, set()
        while exercise and exercise.pk not in seen and exercise.progression_id is None:
            seen.add(exercise.pk)
            progression = progression or model("Progression").objects.create(title=exercise.title)
            exercises.filter(pk=exercise.pk).update(progression=progression, level=level)
            exercise, level = exercises.filter(pk=exercise.harder_id).first(), level + 1


def publish_exercise(model, exercise):
    publication = model("ExercisePublication").objects.create(
        exercise=exercise,
        number=1,
        data=exercise_data(exercise),
        progression_id=exercise.progression_id,
        level=exercise.level,
        **{name: getattr(exercise, name) for name in REVIEW},
    )
    publication.tags.set(exercise.tags.all())
    model("Exercise").objects.filter(pk=exercise.pk).update(live=publication)


def publish_routine(model, routine):
    shown = [item.exercise for item in routine.items.select_related("exercise__live").order_by("position", "pk")]
    shown = [exercise for exercise in shown if exercise.live_id]
    data = {
        **{name: getattr(routine, name) for name in ["title", "summary", "intro"]},
        **{name: None for name in ["weeks", "days_per_week", "rest_between", "green_to", "amber_to"]},
        "items": [{"exercise": exercise.live.data, "dose": exercise.live.data["dose"]} for exercise in shown],
    }
    publication = model("RoutinePublication").objects.create(
        routine=routine, number=1, data=data, **{name: getattr(routine, name) for name in REVIEW}
    )
    publication.exercises.set(shown)
    model("Routine").objects.filter(pk=routine.pk).update(live=publication)


def exercise_data(exercise):
    return {
        "pk": exercise.pk,
        **{name: getattr(exercise, name) for name in ["title", "summary", "steps", "why", "figure"]},
        "mistakes": "",
        "not_for": "",
        "dose": dose_data(getattr(exercise, "stated_dose", None)),
        "tags": list(exercise.tags.values("kind", "name")),
    }


def dose_data(dose):
    if dose is None:
        texts = {name: "" for name in ["sides", "load", "note"]}
        return {**{name: None for name in STATED}, **texts, "as_able": "", "provenance": ""}
    return {**{name: getattr(dose, name) for name in STATED}, "as_able": "", "provenance": provenance(dose)}


def provenance(dose):
    if not dose.set_by:
        return dose.source
    name = ", ".join(filter(None, [dose.set_by.name, dose.set_by.credentials]))
    return f"Set by {name} on {dose.set_on:%B} {dose.set_on.day}, {dose.set_on.year}"


class Migration(migrations.Migration):

    dependencies = [
        ("exercises", "0004_publications"),
    ]

    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
