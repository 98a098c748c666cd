from exercises.admin import doses, exercises, publications, routines, tags

__all__ = ["doses", "exercises", "publications", "routines", "tags"]
