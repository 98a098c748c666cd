from exercises.models.dose import Dose
from exercises.models.exercise import Exercise
from exercises.models.figure import Figure, figure_name, link_figures
from exercises.models.handout import Handout, HandoutItem
from exercises.models.handout_version import HandoutVersion
from exercises.models.media import ExercisePicture, ExerciseVideo
from exercises.models.progression import Progression
from exercises.models.routine import Routine, RoutineItem
from exercises.models.tag import Tag
from exercises.models.version import (
    ExerciseEvent,
    ExerciseFile,
    ExerciseVersion,
    RoutineEvent,
    RoutineVersion,
)

__all__ = [
    "Dose",
    "Exercise",
    "ExerciseEvent",
    "ExerciseFile",
    "ExercisePicture",
    "ExerciseVersion",
    "ExerciseVideo",
    "Figure",
    "Handout",
    "HandoutItem",
    "HandoutVersion",
    "Progression",
    "Routine",
    "RoutineEvent",
    "RoutineItem",
    "RoutineVersion",
    "Tag",
    "figure_name",
    "link_figures",
]
