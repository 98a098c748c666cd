from exercises.admin import doses, exercises, handouts, versions, routines, tags

__all__ = ["doses", "exercises", "handouts", "versions", "routines", "tags"]
