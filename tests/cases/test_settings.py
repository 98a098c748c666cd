"""What the environment says is obeyed as it stands, and nothing that a request says moves the site."""

import json
import logging
import os
import stat
import subprocess
import sys
import threading
import time
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, models, transaction
from django.test import Client
from gunicorn.config import Config

from articles.models import Reference
from kneecare.clinic.models import SocialLink
from kneecare.core.environment import ascii_host, ascii_url
from kneecare.core.http.logs import PrivateFormatter
from kneecare.core.templatetags.components import web_url
from kneecare.site.management.commands import prepare
from tests.factories import make_article, make_clinic, make_program

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "c_WavFtV_WNSgB1ZhdedrDTn.1.As85cYrw9VTCrn-4_qod4FjnHkWaheEfRLMEW1Xmn_0"
CODE = "mzxw6ytboi2dkmrtgq3tmobzge"


def said_by_settings(expression, folder, **environment):
    code = f"import json; from kneecare import settings as s; print(json.dumps({expression}, default=str))"  # fmt: skip
    base = {"PATH": os.environ["PATH"], "SECRET_KEY": "x", "KNEECARE_DATA": str(folder)}  # fmt: skip
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=base | environment, capture_output=True, text=True)  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.parametrize("key", ["$abc…", "$PATH", "$$", "\\$x", "a$b", "=x", "#x", "'x'"])  # fmt: skip
def test_a_secret_key_is_taken_literally(tmp_path, key):
    assert said_by_settings("s.SECRET_KEY", tmp_path, SECRET_KEY=key) == key


def test_so_is_every_other_setting(tmp_path):
    assert said_by_settings("s.DEFAULT_FROM_EMAIL", tmp_path, DEFAULT_FROM_EMAIL="$me@example.com") == "$me@example.com"  # fmt: skip


def test_what_the_databases_address_asks_for_is_obeyed(tmp_path):
    url = "postgres://u:p@db.example/x?sslmode=verify-full&sslrootcert=/etc/ca.pem&connect_timeout=9&application_name=kc&options=-c%20search_path%3Dk&conn_max_age=7"

    found = said_by_settings("s.DATABASES['default']", tmp_path, DATABASE_URL=url)

    assert found["OPTIONS"] == {
        "sslmode": "verify-full",
        "sslrootcert": "/etc/ca.pem",
        "connect_timeout": 9,
        "application_name": "kc",
        "options": "-c search_path=k",
    }
    assert found["CONN_MAX_AGE"] == 7


def test_a_database_that_asks_for_nothing_has_our_limits(tmp_path):
    found = said_by_settings("s.DATABASES['default']", tmp_path, DATABASE_URL="postgres://db.example/x")  # fmt: skip

    # No ``options``: a pooler takes no connection that begins with them.
    assert found["OPTIONS"] == {"connect_timeout": 5}
    assert found["CONN_MAX_AGE"] == 60


def test_a_database_may_be_asked_for_with_the_drivers_own_pool(tmp_path):
    found = said_by_settings("s.DATABASES['default']", tmp_path, DATABASE_URL="postgres://db.example/x?pool=true")  # fmt: skip

    assert found["OPTIONS"] == {"connect_timeout": 5, "pool": True}
    assert found["CONN_MAX_AGE"] == 0


def test_sqlite_is_asked_for_in_the_same_way(tmp_path):
    url = f"sqlite:///{tmp_path / 'x.sqlite3'}?timeout=3"

    options = said_by_settings("s.DATABASES['default']['OPTIONS']", tmp_path, DATABASE_URL=url)  # fmt: skip

    assert options["timeout"] == 3
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "secure_delete" in options["init_command"]


@pytest.mark.parametrize("url", ["https://knie-müller.example", "https://XN--knie-mller-feb.Example", "https://KNIE-MÜLLER.example"])  # fmt: skip
def test_a_site_is_found_at_its_name_however_it_was_written(tmp_path, url):
    ours = "https://xn--knie-mller-feb.example"

    found = said_by_settings("[s.SITE_URL, s.ALLOWED_HOSTS[0], s.CSRF_TRUSTED_ORIGINS]", tmp_path, SITE_URL=url)  # fmt: skip

    assert found == [ours, ours.removeprefix("https://"), [ours]]


def test_other_hosts_may_have_such_names_too(tmp_path):
    found = said_by_settings("s.ALLOWED_HOSTS", tmp_path, ALLOWED_HOSTS="knie-müller.example,a.example")  # fmt: skip

    assert found == ["knie-müller.example".encode("idna").decode(), "a.example"]


ACCEPTED = [
    ("DEFAULT_FROM_EMAIL", "Clinic, Knee <a@b.example>", "s.DEFAULT_FROM_EMAIL", '"Clinic, Knee" <a@b.example>'),
    ("DEFAULT_FROM_EMAIL", '"Clinic, Knee" <a@b.example>', "s.DEFAULT_FROM_EMAIL", '"Clinic, Knee" <a@b.example>'),
    ("DEFAULT_FROM_EMAIL", "Knie Müller <a@b.example> ", "s.DEFAULT_FROM_EMAIL", '"Knie Müller" <a@b.example>'),
    ("DEFAULT_FROM_EMAIL", "", "s.DEFAULT_FROM_EMAIL", "no-reply@localhost"),
    ("DEFAULT_FROM_EMAIL", "  ", "s.SERVER_EMAIL", "no-reply@localhost"),
    ("SITE_URL", "https://a.example/ ", "s.SITE_URL", "https://a.example"),
    ("SITE_URL", "", "s.SITE_URL", "https://localhost"),
    ("SITE_URL", "https://[::1]:8443", "s.SITE_URL", "https://[::1]:8443"),
    ("ALLOWED_HOSTS", "a.example, b.example ", "s.ALLOWED_HOSTS", ["a.example", "b.example"]),
    ("ALLOWED_HOSTS", "a.example b.example", "s.ALLOWED_HOSTS", ["a.example", "b.example"]),
    ("ALLOWED_HOSTS", ".a.example,[::1],*", "s.ALLOWED_HOSTS", [".a.example", "[::1]", "*"]),
    ("DEBUG", "on ", "s.DEBUG", True),
    ("TRUSTED_PROXIES", "2", "s.TRUSTED_PROXIES", 2),
    ("TRUSTED_PROXIES", "10.0.0.1, 2001:db8::/32", "s.TRUSTED_PROXIES", ["10.0.0.1/32", "2001:db8::/32"]),
    ("BACKUP_DAYS", "7", "s.BACKUP_DAYS", 7),
    ("BACKUP_DAYS", "0", "s.BACKUP_DAYS", 1),
    ("HSTS_PRELOAD", "", "[s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD]", [False, False]),
    ("HSTS_INCLUDE_SUBDOMAINS", "on", "[s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD]", [True, False]),
    ("HSTS_PRELOAD", "on", "[s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD]", [True, True]),
    ("AUDIT_YEARS", " 7 ", "s.AUDIT_YEARS", 7),
    ("KNEECARE_STARTER", "own, articles", "s.STARTER_PACKS", ["own", "articles"]),
    ("SECRET_KEY_FALLBACKS", "$old, older", "s.SECRET_KEY_FALLBACKS", ["$old", "older"]),
    ("DATABASE_URL", "postgres://u:%23%40x@db.example/k ", "s.DATABASES['default']['PASSWORD']", "#@x"),
    ("DATABASE_URL", "postgres://u:$x@db.example/k", "s.DATABASES['default']['PASSWORD']", "$x"),
    ("DATABASE_URL", "postgres:////var/run/postgresql/k", "s.DATABASES['default']['HOST']", "/var/run/postgresql"),
    ("EMAIL_URL", "smtp+tls://u%40x:%23@m.example:587", "[s.EMAIL_HOST_USER, s.EMAIL_HOST_PASSWORD]", ["u@x", "#"]),
    ("EMAIL_PROVIDER", "", "[s.EMAIL_PROVIDER, s.EMAIL_WEBHOOK_SECRET]", ["", ""]),
    ("CACHE_URL", "redis://:%23@c.example:6379/1", "s.CACHES['default']['LOCATION']", "redis://:%23@c.example:6379/1"),
]  # fmt: skip
REFUSED = [
    ("DEFAULT_FROM_EMAIL", "Clinic"), ("DEFAULT_FROM_EMAIL", "a@b.example, c@d.example"), ("DEFAULT_FROM_EMAIL", "Clinic <>"),
    ("DEFAULT_FROM_EMAIL", "A\nBcc: <a@b.example>"),
    ("SITE_URL", "clinic.example"), ("SITE_URL", "clinic.example:8443"), ("SITE_URL", "müller.example"), ("SITE_URL", "https://"),
    ("SITE_URL", "https://a.example/knees"), ("SITE_URL", "https://a.example/?x=1"), ("SITE_URL", "https://a.example#x"),
    ("SITE_URL", "https://u:p@a.example"), ("SITE_URL", "https://a.example:port"), ("SITE_URL", "https://a b.example"),
    ("SITE_URL", "https://a..müller.example"), ("SITE_URL", "ftp://a.example"), ("SITE_URL", "https:/a.example"),
    ("ALLOWED_HOSTS", "https://a.example"), ("ALLOWED_HOSTS", "a.example:8443"), ("ALLOWED_HOSTS", "a.example/x"), ("ALLOWED_HOSTS", "ü..example"),
    ("DATABASE_URL", "postgres://u:a#secret@db.example/k"), ("DATABASE_URL", "postgres://u:a/secret@db.example/k"),
    ("DATABASE_URL", "postgres://u:a?secret@db.example/k"), ("DATABASE_URL", "postgres://u:a@secret@db.example/k"),
    ("DATABASE_URL", "postgres://u:a[secret@db.example/k"), ("DATABASE_URL", "pstgres://db.example/secret"), ("DATABASE_URL", "db.example/secret"),
    ("CACHE_URL", "redis://:a#secret@c.example"), ("CACHE_URL", "rdis://c.example"), ("CACHE_URL", "c.example"),
    ("EMAIL_URL", "smtp://u:a#secret@m.example:25"), ("EMAIL_URL", "smtp://m.example:secret"), ("EMAIL_URL", "post://m.example"), ("EMAIL_URL", "m.example"),
    ("CDN_PURGE_URL", "cdn.example/secret"), ("CDN_PURGE_HEADER", "secret"), ("CDN_PURGE_HEADER", "A: secret\nB: c"),
    ("TRUSTED_PROXIES", "nginx"), ("AUDIT_YEARS", "six"), ("BACKUP_DAYS", "a week"), ("AWS_S3_ENDPOINT_URL", "s3.example"), ("SECRET_KEY", "  "),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "expression", "meant"), ACCEPTED)
def test_a_setting_is_taken_as_it_was_meant(tmp_path, name, value, expression, meant):
    assert said_by_settings(expression, tmp_path, **{name: value}) == meant


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_a_setting_that_would_fail_later_is_refused_at_the_start_by_one_line(tmp_path, name, value):  # fmt: skip
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": "x", "KNEECARE_DATA": str(tmp_path), name: value}  # fmt: skip

    ran = subprocess.run([sys.executable, "-c", "from kneecare import settings"], cwd=ROOT, env=environment, capture_output=True, text=True)  # fmt: skip

    assert ran.returncode == 1
    assert ran.stderr.startswith("KneeCare: ")
    assert name in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert "secret" not in ran.stderr


@pytest.mark.parametrize(("provider", "secret"), [("Mailgun ", "key-0123456789abcdef"), ("postmark", "provider:$long-password"), ("brevo", "provider:a-long-password")])  # fmt: skip
def test_a_mail_provider_is_taken_with_what_it_shows(tmp_path, provider, secret):
    found = said_by_settings("[s.EMAIL_PROVIDER, s.EMAIL_WEBHOOK_SECRET]", tmp_path, EMAIL_PROVIDER=provider, EMAIL_WEBHOOK_SECRET=secret)  # fmt: skip

    assert found == [provider.strip().lower(), secret]


WRONG_PROVIDERS = [
    ({"EMAIL_PROVIDER": "sendmail", "EMAIL_WEBHOOK_SECRET": "secret:0123456789abcdef"}, "EMAIL_PROVIDER"),
    ({"EMAIL_PROVIDER": "mailgun"}, "EMAIL_WEBHOOK_SECRET"),
    ({"EMAIL_PROVIDER": "mailgun", "EMAIL_WEBHOOK_SECRET": "short-secret"}, "EMAIL_WEBHOOK_SECRET"),
    ({"EMAIL_PROVIDER": "mailgun", "EMAIL_WEBHOOK_SECRET": "secret-of-ümlauts-0123456789"}, "EMAIL_WEBHOOK_SECRET"),
    ({"EMAIL_PROVIDER": "postmark", "EMAIL_WEBHOOK_SECRET": "secret-0123456789abcdef"}, "EMAIL_WEBHOOK_SECRET"),
    ({"EMAIL_PROVIDER": "brevo", "EMAIL_WEBHOOK_SECRET": ":secret-0123456789abcdef"}, "EMAIL_WEBHOOK_SECRET"),
    ({"EMAIL_WEBHOOK_SECRET": "secret:0123456789abcdef"}, "EMAIL_WEBHOOK_SECRET"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "name"), WRONG_PROVIDERS)
def test_a_mail_provider_that_could_tell_nothing_is_refused_at_the_start(tmp_path, given, name):  # fmt: skip
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": "x", "KNEECARE_DATA": str(tmp_path), **given}  # fmt: skip

    ran = subprocess.run([sys.executable, "-c", "from kneecare import settings"], cwd=ROOT, env=environment, capture_output=True, text=True)  # fmt: skip

    assert ran.returncode == 1
    assert ran.stderr.startswith(f"KneeCare: {name} ")
    assert ran.stderr.count("\n") == 1
    assert "secret" not in ran.stderr


def test_a_name_in_ascii_stays_as_it_is():
    assert ascii_host("a.example") == "a.example"
    assert ascii_host("*") == "*"
    assert ascii_host("[::1]") == "[::1]"
    assert ascii_host(".münchen.example") == ".xn--mnchen-3ya.example"
    assert ascii_url("http://127.0.0.1:8000").geturl() == "http://127.0.0.1:8000"
    assert ascii_url("https://müller.example:8443").netloc == f"{'müller.example'.encode('idna').decode()}:8443"  # fmt: skip


def test_no_header_of_a_request_becomes_part_of_the_servers_own_words():
    command = (ROOT / "Procfile").read_text().splitlines()[0].split(": ", 1)[1]
    settings = Config()
    words = [word.strip("'") for word in command.split()[2:]]

    given = settings.parser().parse_args(words)

    settings.set("forwarder_headers", given.forwarder_headers)
    assert settings.forwarder_headers == []


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["/articles", "/evil", "/articles/admin"])
def test_a_page_is_at_its_own_address_whatever_the_prefix(prefix):
    make_clinic()

    response = Client(SCRIPT_NAME=prefix).get("/about/")

    assert response.status_code == 200
    assert f"{prefix}/about/" not in response.text
    assert '<a class="site-nav__link" href="/' in response.text


URLS = ["javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc"]  # fmt: skip


@pytest.mark.parametrize("url", URLS)
def test_a_url_that_runs_is_no_link(url):
    assert web_url(url) == ""


@pytest.mark.parametrize("url", ["https://a.example/x:y", "HTTP://a.example", "/about/", "about/?a=b:c", "#x:y", "mailto:a@b.example", "tel:+1", ""])  # fmt: skip
def test_a_url_that_leads_somewhere_is_a_link(url):
    assert web_url(url) == url


@pytest.mark.django_db
def test_a_stored_url_that_passed_no_form_is_not_shown_as_a_link(client):
    make_clinic()
    program = make_program(video_url="https://a.example/", video_label="See it")
    SocialLink.objects.create(label="Us", url="https://x.example/", clinic_id=1)
    article = make_article()
    Reference.objects.create(article=article, title="Another", url="https://r.example/", position=9)  # fmt: skip
    shown = [program.get_absolute_url(), "/about/", f"{article.get_absolute_url()}preview/"]  # fmt: skip
    for model in [type(program), SocialLink, Reference]:
        for field in model._meta.concrete_fields:
            if isinstance(field, models.URLField):
                with suppress(IntegrityError), transaction.atomic():
                    model.objects.update(**{field.name: "javascript:alert(1)"})
    client.force_login(get_user_model().objects.create_superuser("a"))

    assert program.__class__.objects.get().video_url.startswith("javascript")
    for url in shown:
        response = client.get(url)
        assert response.status_code == 200
        assert 'href="javascript:' not in response.text


def logged(text):
    record = logging.LogRecord("test", logging.WARNING, "x.py", 1, text, (), None)
    return PrivateFormatter().format(record)


@pytest.mark.parametrize(
    "path",
    [
        f"/bookings/{TOKEN}/",
        f"/BOOKINGS/{TOKEN}/",
        f"/bookings//{TOKEN}/move/",
        f"//bookings/{TOKEN}",
        f"/bookings/{TOKEN.lower()}/",
        f"/bookings/{TOKEN.replace('.', '%2E')}/",
        f"/preview/{TOKEN}/",
        f"/preview/{TOKEN.replace('.', ':')}/",
        f"/calls/{TOKEN}/calendar.ics",
        f"/handouts/{CODE}/",
        f"/Handouts/{CODE.upper()}/handout.pdf",
        "/handouts/abcdefghijklmnopqrstuvwxyz/",
        f"/a-new-private-page/{TOKEN}",
        f"https://testserver/bookings/{TOKEN}/",
    ],
)
def test_a_key_is_masked_wherever_it_stands(path):
    line = logged(f"Not Found: {path}").lower()

    assert TOKEN[:12].lower() not in line
    assert CODE[:12] not in line
    assert "abcdefghijkl" not in line
    assert "…" in line


@pytest.mark.parametrize("path", ["/articles/knee-pain-why-it-matters/", "/routines/knee-strength-starter/play/", 'File "/srv/kneecare/core/http/logs.py", line 4'])  # fmt: skip
def test_the_name_of_a_page_is_not_masked(path):
    assert logged(path).endswith(path)


@pytest.mark.parametrize("text", ["/" * 200_000, "/a" * 100_000, "/" + "a" * 200_000, "/?" * 100_000, "/" + "a-" * 100_000])  # fmt: skip
def test_a_line_of_the_log_takes_as_long_as_it_is(text):
    begun = time.process_time()

    logged(text)

    assert time.process_time() - begun < 2  # in the square of its length, minutes


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_what_the_site_writes_is_its_owners_alone(tmp_path, umask):
    code = "import os, django; os.umask(%d); django.setup(); from django.conf import settings; open(settings.DATA_DIR / 'x', 'w').close(); os.mkdir(settings.DATA_DIR / 'y')"  # fmt: skip
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": "x", "KNEECARE_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "kneecare.settings"}  # fmt: skip

    subprocess.run([sys.executable, "-c", code % umask], cwd=ROOT, env=environment, check=True)  # fmt: skip

    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()}  # fmt: skip
    assert modes == {"x": 0o600, "y": 0o700}


def test_what_was_left_readable_is_made_private(tmp_path):
    data = tmp_path / "var"
    (data / "mail").mkdir(parents=True, mode=0o755)
    (data / "mail" / "1.eml").write_text("x")
    data.chmod(0o755)
    (data / "mail" / "1.eml").chmod(0o644)

    prepare.make_private(data)

    modes = [stat.S_IMODE(each.stat().st_mode) for each in [data, data / "mail", data / "mail" / "1.eml"]]  # fmt: skip
    assert modes == [0o700, 0o700, 0o600]


def test_a_folder_that_everybody_shares_is_left_alone(tmp_path):
    tmp_path.chmod(0o1777)

    prepare.make_private(tmp_path)

    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o1777


@pytest.mark.django_db
def test_a_start_without_a_superuser_says_what_to_do():
    users = get_user_model().objects
    users.create_superuser("admin")
    users.update(is_superuser=False)
    command = prepare.Command(stdout=StringIO())

    command.create_first_staff()

    assert "run: python manage.py createsuperuser" in command.stdout.getvalue()
    assert users.count() == 1


def test_two_that_prepare_at_once_wait_for_each_other(settings, tmp_path, db):
    settings.DATA_DIR = tmp_path
    inside, most = [], []

    def work():
        try:
            with prepare.one_at_a_time():
                inside.append(1)
                most.append(len(inside))
                time.sleep(0.2)
                inside.pop()
        finally:
            prepare.connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == [1, 1, 1]


@pytest.mark.real_site
def test_two_first_starts_on_one_folder_make_one_site(tmp_path):
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": "x", "KNEECARE_DATA": str(tmp_path / "var"), "KNEECARE_ADMIN_PASSWORD": "a-password-for-tests"}  # fmt: skip
    command = [sys.executable, "manage.py", "prepare"]
    both = [subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for _ in range(2)]  # fmt: skip

    said = [each.communicate(timeout=300)[0] for each in both]

    assert [each.returncode for each in both] == [0, 0], said
    assert sorted("The first staff account" in each for each in said) == [False, True]
    assert sorted("First content" in each for each in said) == [False, True]


def test_two_first_starts_use_one_secret_key(tmp_path):
    code = f"import sys; sys.path[:0] = ['bin', '.']; import run, pathlib; print(run.kept_secret(pathlib.Path({str(tmp_path / 'secret-key')!r})))"  # fmt: skip
    starts = [subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(6)]  # fmt: skip

    keys = {each.communicate(timeout=60)[0].strip() for each in starts}

    assert keys == {(tmp_path / "secret-key").read_text()}
    assert [each.name for each in tmp_path.iterdir()] == ["secret-key"]
