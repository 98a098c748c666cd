"""Handouts for one person: what happens to them. Their rows are in ``exercises.models.handout``."""
