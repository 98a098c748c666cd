"""Settings. What differs between machines comes from the environment; what staff change is in the database."""

import os
import re
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kneecare.core import mail_provider, sms
from kneecare.core.database import sqlite
from kneecare.core.environment import LiteralEnv, host_of, refuse
from kneecare.core.http import csp
from kneecare.core.http.logs import FORMATS, chosen_format
from kneecare.core.telemetry.folder import own_folder

# What the site writes holds patients' words: other users of the machine cannot read it, whichever command wrote it.
os.umask(0o077)

env = LiteralEnv()
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = (BASE_DIR / env.str("KNEECARE_DATA", default="var")).resolve()

# What a new site starts with, see kneecare/core/first_content.py: "own" alone is what the clinic itself has said.
STARTER_PACKS = env.words("KNEECARE_STARTER", ["own", "exercises", "articles"])

# Where the site stands ------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
SITE = env.site("SITE_URL", default="https://localhost")
SITE_URL = SITE.geturl()
# Served over plain HTTP only where the site's own address says so, as `make run` does on the loopback.
HTTPS = not DEBUG and SITE.scheme == "https"

SECRET_KEY = env.str("SECRET_KEY", default="for-debugging-only" if DEBUG else "")
if not SECRET_KEY:
    raise SystemExit(
        "KneeCare: set SECRET_KEY to a long random text before you start the site."
    )

SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS", [])

HOSTS = [host_of(SITE), "localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", HOSTS)
# The site stands at the root of its host: no header moves it.
FORCE_SCRIPT_NAME = ""
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# Whose word counts for who asks, and over what: how many proxies stand before the site, or their networks.
TRUSTED_PROXIES = env.proxies("TRUSTED_PROXIES", ["127.0.0.0/8", "::1"])

ROOT_URLCONF = "kneecare.urls"
WSGI_APPLICATION = "kneecare.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

# For how long a shared cache, such as a CDN, may show a page without asking whether it still is so.
CDN_SECONDS = max(0, env.int("CDN_SECONDS", default=0))
CDN_PURGE_URL = env.str("CDN_PURGE_URL", default="")
if CDN_PURGE_URL and not re.fullmatch(r"https?://[^\s/]+/\S*", CDN_PURGE_URL):
    refuse("CDN_PURGE_URL", "has to be an address that begins with https:// or http://")
CDN_PURGE_HEADER = env.str("CDN_PURGE_HEADER", default="")
if CDN_PURGE_HEADER and not re.fullmatch(r"[\w-]+: *[!-~][ -~]*", CDN_PURGE_HEADER):
    refuse("CDN_PURGE_HEADER", "has to be a line such as Fastly-Key: YOUR-KEY")

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
    "kneecare.stored",
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
    "kneecare.core.telemetry.middleware.TelemetryMiddleware",
    "kneecare.core.http.client_ip.TrustedProxiesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kneecare.core.http.middleware.PolicyHeadersMiddleware",
    "kneecare.core.http.private.PrivateErrorsMiddleware",
    "csp.middleware.CSPMiddleware",
    "kneecare.core.http.static_files.StaticFilesMiddleware",
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
    "default": env.service("db", "DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}")
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
    DATABASE["OPTIONS"] = {"connect_timeout": 5, **ASKED}
    if ASKED.get("pool"):  # psycopg's, which keeps the connections itself
        DATABASE["OPTIONS"]["pool"] = ASKED["pool"] not in (0, "false", "off")
        DATABASE["CONN_MAX_AGE"] = 0

CACHES = {"default": env.service("cache", "CACHE_URL", "locmemcache://")}
if "redis" in CACHES["default"]["BACKEND"].lower():
    CACHES["default"]["BACKEND"] = (
        "kneecare.core.database.redis_cache.ForgivingRedisCache"
    )

vars().update(env.service("email", "EMAIL_URL", f"filemail:///{DATA_DIR / 'mail'}"))
EMAIL_TIMEOUT = 10  # seconds for each step
if vars()["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
    EMAIL_BACKEND = "kneecare.core.mail.BoundedEmailBackend"
DEFAULT_FROM_EMAIL = env.sender("DEFAULT_FROM_EMAIL", f"no-reply@{SITE.hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Whose word is taken of mail that came back, and what it shows that it is theirs.
EMAIL_PROVIDER = env.str("EMAIL_PROVIDER", default="").lower()
EMAIL_WEBHOOK_SECRET = env.str("EMAIL_WEBHOOK_SECRET", default="")
mail_provider.refuse_wrong(EMAIL_PROVIDER, EMAIL_WEBHOOK_SECRET)
# Text messages: without a provider they are files, and none leaves.
SMS = sms.read_url(env.str("SMS_URL", default=""))
SMS_FILE_PATH = DATA_DIR / "texts"

# Files ----------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "kneecare.core.fonts.FontFinder",
]
# Beside the packages that they are made of, for all sites of this installation; with the data where nobody may write there.
FONT_ROOT = (Path(sys.prefix) if os.access(sys.prefix, os.W_OK) else DATA_DIR) / "fonts"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # Nothing asks for the others.
# Those of an older release too, which its own manifest alone would name.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/.+\.[0-9a-f]{12}\.\w+$"
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
if AWS_S3_ENDPOINT_URL and not AWS_S3_ENDPOINT_URL.startswith(("http://", "https://")):
    refuse("AWS_S3_ENDPOINT_URL", "has to begin with https://")
AWS_S3_REGION_NAME = env.str("AWS_S3_REGION_NAME", default=None)
if AWS_STORAGE_BUCKET_NAME:
    # The bucket stays private: visitors ask the site, which knows what is published.
    S3 = "kneecare.media.s3.S3Storage"
    from botocore.config import Config

    # By itself it would hold a thread for minutes when S3 is away.
    patience = Config(connect_timeout=3, read_timeout=20, retries={"total_max_attempts": 2})  # fmt: skip
    STORAGES |= {
        name: {
            "BACKEND": S3,
            "OPTIONS": {"location": folder, "client_config": patience},
        }
        for name, folder in [("default", "media"), ("masters", "masters")]
    }
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # of a form of staff, without its files
LARGEST_VISITOR_FORM = 100_000  # several times what its fields let through
# As many as fit into these sizes: a form of staff with too many rows is told so, and given back (formset_limits).
DATA_UPLOAD_MAX_NUMBER_FIELDS = 50_000
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
    "activate_totp": "kneecare.accounts.forms.AddAppForm",
    "authenticate": "kneecare.accounts.forms.CodeForm",
    "reauthenticate": "kneecare.accounts.forms.CodeAgainForm",
    "add_webauthn": "kneecare.accounts.passkeys.AddPasskeyForm",
    "login_webauthn": "kneecare.accounts.passkeys.PasskeyForm",
    "authenticate_webauthn": "kneecare.accounts.passkeys.PasskeyStepForm",
    "reauthenticate_webauthn": "kneecare.accounts.passkeys.PasskeyAgainForm",
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
    {"NAME": "kneecare.accounts.password_rules.LongestPasswordValidator"},
    {"NAME": "kneecare.accounts.password_rules.AnotherPasswordValidator"},
]

# Safety ---------------------------------------------------------------------

CONTENT_SECURITY_POLICY = csp.policy()
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
# Both bind the clinic's other sites as well, and preloading for years.
SECURE_HSTS_PRELOAD = HTTPS and env.bool("HSTS_PRELOAD", default=False)
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS and (
    SECURE_HSTS_PRELOAD or env.bool("HSTS_INCLUDE_SUBDOMAINS", default=False)
)
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # which ask for both
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kneecare.accounts.views.sign_in.csrf_failure"
X_FRAME_OPTIONS = "DENY"

# Years for which it is kept who signed in, who may do what, and who read what patients wrote. At least one.
AUDIT_YEARS = max(1, env.int("AUDIT_YEARS", default=6))

# How many days old the last backup may be before the owner and the doctor are warned.
BACKUP_DAYS = max(1, env.int("BACKUP_DAYS", default=2))

# Logs, figures, error reports -----------------------------------------------

LOG_FORMAT = chosen_format()
if LOG_FORMAT not in FORMATS:
    refuse("LOG_FORMAT", "has to be text or json.")
ACCESS_LOG = env.bool("ACCESS_LOG", default=False)
# Who has it may read /metrics from another machine.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
METRICS_FOLDER = own_folder(DATA_DIR)
if METRICS_FOLDER:
    # prometheus_client reads it when it is imported.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(METRICS_FOLDER)
SENTRY_DSN = env.str("SENTRY_DSN", default="")
if SENTRY_DSN and not re.fullmatch(r"https?://\w+@\S+/\d+", SENTRY_DSN):
    refuse("SENTRY_DSN", "has to look like https://KEY@HOST/NUMBER")
if SENTRY_DSN and not find_spec("sentry_sdk"):
    refuse("SENTRY_DSN", "needs the packages of requirements/scale.txt.")

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"private": {"()": FORMATS[LOG_FORMAT]}},
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
        "kneecare.access": {"level": "INFO" if ACCESS_LOG else "WARNING"},
    },
}
if SENTRY_DSN:
    reports = "kneecare.core.telemetry.error_reports.ErrorReportHandler"
    LOGGING["handlers"]["reports"] = {"class": reports, "dsn": SENTRY_DSN}
    LOGGING["root"]["handlers"].append("reports")
