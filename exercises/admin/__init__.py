from exercises.admin import doses, exercises, handouts, publications, routines, tags

__all__ = ["doses", "exercises", "handouts", "publications", "routines", "tags"]
