"""The site's settings without what is slow, and with nothing that leaves the machine."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("SECRET_KEY", "for-tests-only")
os.environ.setdefault("SITE_URL", "https://testserver")
# A folder for each process: tests that run side by side must not find each other's files.
os.environ["KNEECARE_STARTER"] = "own"
os.environ["KNEECARE_DATA"] = tempfile.mkdtemp(prefix="kneecare-tests-")

from kneecare.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SECURE_SSL_REDIRECT = False
STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)

for folder in filter(None, [DATA_DIR, METRICS_FOLDER]):
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
