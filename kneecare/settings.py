"""Settings. What differs between machines comes from the environment; what staff change is in the database."""

import os
from pathlib import Path
from typing import Any

from kneecare.core.database import sqlite
from kneecare.core.environment import LiteralEnv, ascii_host, ascii_url
from kneecare.core.http import csp

# What the site writes holds patients' words: other users of the machine cannot read it, whichever command wrote it.
os.umask(0o077)

env = LiteralEnv()
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = (BASE_DIR / env.str("KNEECARE_DATA", default="var")).resolve()

# What a new site starts with, see kneecare/core/first_content.py: "own" alone is what the clinic itself has said.
STARTER_PACKS = env.list("KNEECARE_STARTER", default=["own", "exercises", "articles"])

# Where the site stands ------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
# As browsers send it, whichever way its letters were given.
SITE = ascii_url(env.str("SITE_URL", default="https://localhost").rstrip("/"))
SITE_URL = SITE.geturl()
# Served over plain HTTP only where the site's own address says so, as `make run` does on the loopback.
HTTPS = not DEBUG and SITE.scheme == "https"

SECRET_KEY = env.str("SECRET_KEY", default="for-debugging-only" if DEBUG else "")
if not SECRET_KEY:
    raise SystemExit(
        "KneeCare: set SECRET_KEY to a long random text before you start the site."
    )

SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

HOSTS = [SITE.hostname or "", "localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = [ascii_host(host) for host in env.list("ALLOWED_HOSTS", default=HOSTS)]
# The site stands at the root of its host: no header moves it.
FORCE_SCRIPT_NAME = ""
CSRF_TRUSTED_ORIGINS = [SITE_URL]

ROOT_URLCONF = "kneecare.urls"
WSGI_APPLICATION = "kneecare.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

# Apps and middleware --------------------------------------------------------

INSTALLED_APPS = [
    "kneecare.site.admin_config.KneecareAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "content_editor",
    "crispy_forms",
    "csp",
    "django_prose_editor",
    "phonenumber_field",
    "kneecare.site",
    "kneecare.core",
    "kneecare.audit",
    "kneecare.media",
    "kneecare.publishing",
    "kneecare.search",
    "kneecare.clinic",
    "exercises",
    "articles",
    "bookings",
    "kneecare.accounts",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kneecare.core.http.middleware.PolicyHeadersMiddleware",
    "kneecare.core.http.private.PrivateErrorsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kneecare.core.http.middleware.CompressTextMiddleware",
    "kneecare.core.http.middleware.RefuseJunkMiddleware",
    "kneecare.core.http.database_faults.ReadAgainMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kneecare.audit.record.AuditMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kneecare.accounts.session.activity.ActivityMiddleware",
    "kneecare.core.http.request_size.BoundedRequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "kneecare.core.http.middleware.PrintableFormsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kneecare.core.http.context_processors.site",
                "kneecare.clinic.context_processors.clinic",
                "kneecare.accounts.context_processors.staff_page",
            ],
            "builtins": [
                "django.templatetags.static",
                "kneecare.core.templatetags.components",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["clinic_forms"]
CRISPY_TEMPLATE_PACK = "clinic_forms"
CRISPY_FAIL_SILENTLY = False

# Database, cache, mail ------------------------------------------------------

DATABASES = {
    "default": env.db_url(
        "DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}"
    )
}
DATABASE = DATABASES["default"]
DATABASE.setdefault("CONN_MAX_AGE", 60)
DATABASE.setdefault("CONN_HEALTH_CHECKS", True)
# What the address of the database asks for comes before what we do.
ASKED = DATABASE.get("OPTIONS", {})
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    DATABASE["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        **ASKED,
        "init_command": sqlite.init_command() + ASKED.get("init_command", ""),
    }
else:
    DATABASE["OPTIONS"] = {
        "connect_timeout": 5,
        **ASKED,
        "options": f"-c statement_timeout=20000 {ASKED.get('options', '')}".strip(),
    }

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
if "redis" in CACHES["default"]["BACKEND"].lower():
    CACHES["default"]["BACKEND"] = (
        "kneecare.core.database.redis_cache.ForgivingRedisCache"
    )

vars().update(env.email_url("EMAIL_URL", default=f"filemail:///{DATA_DIR / 'mail'}"))
EMAIL_TIMEOUT = 10  # seconds for each step
if vars()["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
    EMAIL_BACKEND = "kneecare.core.mail.BoundedEmailBackend"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"no-reply@{SITE.hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Files ----------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # Nothing asks for the others.
# Neither what is compressed already, nor what only a developer's tools ask for.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["gif", "jpg", "map", "png", "webp", "woff2"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES: dict[str, dict[str, Any]] = {
    # What the site may serve, and only through kneecare.media.views, which asks who may see it.
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Uploaded pictures as they were taken in. Nothing serves them.
    "masters": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "masters"},
    },
    "staticfiles": {"BACKEND": "kneecare.core.http.static_files.StaticFilesStorage"},
}
AWS_STORAGE_BUCKET_NAME = env.str("AWS_STORAGE_BUCKET_NAME", default="")
AWS_S3_ENDPOINT_URL = env.str("AWS_S3_ENDPOINT_URL", default=None)
AWS_S3_REGION_NAME = env.str("AWS_S3_REGION_NAME", default=None)
if AWS_STORAGE_BUCKET_NAME:
    # The bucket stays private: visitors ask the site, which knows what is published.
    S3 = "storages.backends.s3.S3Storage"
    STORAGES["default"] = {"BACKEND": S3, "OPTIONS": {"location": "media"}}
    STORAGES["masters"] = {"BACKEND": S3, "OPTIONS": {"location": "masters"}}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # of a form of staff, without its files
LARGEST_VISITOR_FORM = 100_000  # several times what its fields let through
# Of 400 rows, as many as ``kneecare.core.admin.formset_limits`` lets through, with some ten fields each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
LARGEST_UPLOAD = 300_000_000  # all that one form of staff may send: some videos

# Language and time ----------------------------------------------------------

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en-us", "English (United States)")]  # what an article can be written in
TIME_ZONE = "UTC"
USE_TZ = True
PHONENUMBER_DEFAULT_REGION = "US"
# Both keep an extension, which E164, the default of both, drops.
PHONENUMBER_DB_FORMAT = "RFC3966"
PHONENUMBER_DEFAULT_FORMAT = "INTERNATIONAL"

# Staff ----------------------------------------------------------------------

LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # of an invitation; a reset ends sooner
ACCOUNT_ADAPTER = "kneecare.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Ours are in the database: allauth's would be counted by each process for itself.
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "kneecare.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # of half a minute: phones are late
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Over plain HTTP browsers give passkeys to the machine itself alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_FORMS = {
    "authenticate": "kneecare.accounts.forms.CodeForm",
    "reauthenticate": "kneecare.accounts.forms.CodeAgainForm",
    "add_webauthn": "kneecare.accounts.forms.AddPasskeyForm",
}
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Safety ---------------------------------------------------------------------

CONTENT_SECURITY_POLICY = csp.policy()
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kneecare.accounts.views.sign_in.csrf_failure"
X_FRAME_OPTIONS = "DENY"

# Years for which it is kept who signed in, who may do what, and who read what patients wrote. At least one.
AUDIT_YEARS = max(1, env.int("AUDIT_YEARS", default=6))

# Logs -----------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"private": {"()": "kneecare.core.http.logs.PrivateFormatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "private"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    # No mail to administrators: an error report may hold a patient's words.
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        # A stranger who asks for another site's name fills no log with it.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        # It names the key of everybody who adds one.
        "fido2": {"level": "WARNING"},
    },
}
