"""A new process asks itself for what is slow the first time, so that no visitor waits for it: templates, drawings, PDFs."""

import logging
from threading import Thread
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.db import DatabaseError, connections

from exercises.models import Routine

logger = logging.getLogger(__name__)

MOST_ROUTINES = 10
# A database that does not answer must not keep the site from starting.
LONGEST_WAIT = 5  # seconds


def warm_up(application):
    """Have ``application``, a WSGI one, answer once for each routine and its sheet; come back after ``LONGEST_WAIT`` at the latest."""
    asking = Thread(target=_ask_for_all, args=[application], daemon=True)
    asking.start()
    asking.join(LONGEST_WAIT)


def _ask_for_all(application):
    try:
        for routine in Routine.objects.published()[:MOST_ROUTINES]:
            page = routine.get_absolute_url()
            for path in [page, f"{page}handout.pdf"]:
                _ask(application, path)
    except DatabaseError as error:
        logger.warning("Nothing is drawn ahead: %s", type(error).__name__)
    finally:
        connections.close_all()


def _ask(application, path):
    environ = {
        "PATH_INFO": path,
        "HTTP_HOST": settings.SITE.netloc,
        "wsgi.url_scheme": settings.SITE.scheme,
    }
    setup_testing_defaults(environ)
    response = application(environ, lambda *_: None)
    for _ in response:
        pass
    response.close()
