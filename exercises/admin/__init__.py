from exercises.admin import doses, exercises, handouts, routines, tags, versions

__all__ = ["doses", "exercises", "handouts", "routines", "tags", "versions"]
