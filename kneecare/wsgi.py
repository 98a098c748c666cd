import os

from django.core.wsgi import get_wsgi_application

from kneecare.core.charset import only_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kneecare.settings")
application = only_utf8(get_wsgi_application())
