"""Which pictures and videos published exercises show."""

from exercises.models import Exercise, ExerciseFile
from kneecare.media.registry import shows_pictures, shows_videos


@shows_pictures
def of_exercises(name):
    return Exercise.objects.published().filter(live_version__pictures__name=name)


@shows_videos("exercises.view_exercise")
def videos_of_exercises(name):
    return ExerciseFile.objects.published().filter(name=name)
