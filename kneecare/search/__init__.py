"""Search over every published page. What to import: ``search`` and ``nearest_titles``; to write, ``index``."""

from kneecare.search.searching import nearest_titles, search

__all__ = ["nearest_titles", "search"]
