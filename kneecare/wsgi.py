import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import reverse

from kneecare.core.http.charset import only_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kneecare.settings")
django_application = only_utf8(get_wsgi_application())

# Not before: they know models.
from kneecare.site.warmup import warm_up  # noqa: E402
from kneecare.stored.wsgi import from_stored  # noqa: E402

application = from_stored(django_application)

# All views and URLs are loaded before the first visitor comes, and the garbage collector need not look through them.
reverse("home")
warm_up(django_application)
gc.collect()
gc.freeze()
