"""What the site stands on goes away for a while: pages are served or a clear 503, what was acknowledged is there, and all comes back by itself."""

import os
import shlex
import shutil
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.faults.databases import Postgres, SQLite
from tests.faults.post_office import PostOffice
from tests.faults.site import Site
from tests.faults.visitors import each_in_a_thread, form, send, show, visitor_address
from tests.serving import ROOT, free_port, is_ready, wait_until

ARTICLE = "/articles/knee-pain-why-it-matters/"
WORDS = "It clicks on stairs."
ROOM = "size=60m"


def on(database, name):
    """Run a test on one database alone: SQLite's disk is the site's own, and only PostgreSQL is a server."""
    return pytest.mark.parametrize("database", [database], ids=[name], indirect=True, scope="session")  # fmt: skip


on_sqlite, on_postgresql = on(SQLite, "sqlite"), on(Postgres, "postgresql")


class Redis:
    def __init__(self):
        self.port = free_port()
        self.start()

    def start(self):
        command = ["redis-server", "--port", str(self.port), "--save", "", "--bind", "127.0.0.1"]  # fmt: skip
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def kill(self):
        self.process.kill()
        self.process.wait()


def mount(*arguments):
    subprocess.run(["mount", *arguments], check=True)  # noqa: S607


@pytest.fixture(scope="module")
def house(database, tmp_path_factory):
    """A site whose data lies on a small disk of its own, with a Redis of its own."""
    if os.geteuid() or not shutil.which("redis-server"):
        pytest.skip("It takes a disk that may be mounted, and Redis")
    folder, redis, post = tmp_path_factory.mktemp("small"), Redis(), PostOffice()
    mount("-t", "tmpfs", "-o", ROOM, "tmpfs", str(folder))
    post.open()
    site = Site(database.copy_to(folder), post)
    site.output = tmp_path_factory.mktemp("said") / "output.txt"
    site.environment["CACHE_URL"] = f"redis://127.0.0.1:{redis.port}/0"
    site.redis = redis
    try:
        site.start()
        yield site
    finally:
        site.stop()
        redis.kill()
        post.close()
        subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S607


def book(site, email, number):
    [slot] = site.database.free_slots(1)
    return send(site.port, form(slot, email), visitor_address(700_000 + number))


def stored(site, like):
    return site.database.column(f"SELECT email FROM bookings_booking WHERE email LIKE '{like}' ORDER BY email")  # fmt: skip


def is_served(site):
    answer = show(site.port, ARTICLE)
    return answer.status == 200 and "Knee pain: why it matters" in answer.text


def fill(path):
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return


@on_sqlite
def test_a_redis_that_dies_is_missed_by_nobody(house):
    house.redis.kill()
    try:
        assert is_served(house)
        assert book(house, "redis@example.com", 1).status == 303
    finally:
        house.redis.start()
    assert is_served(house)
    wait_until(lambda: house.post.to("redis@example.com"))


@on_sqlite
def test_pictures_that_are_away_are_told_and_pages_are_served(house):
    media, away = house.database.folder / "media", house.database.folder / "away"
    media.rename(away)

    assert show(house.port, "/readyz").text == "the pictures are away\n"
    assert is_served(house)

    away.rename(media)
    assert is_ready(house.port)


@on_sqlite
def test_on_a_full_disk_a_form_comes_back_with_its_words_and_pages_are_served(house):
    full = house.database.folder / "full"
    fill(full)
    try:
        refused = book(house, "full-1@example.com", 2)
        assert (refused.status, WORDS in refused.text) == (503, True)
        assert is_served(house)
        assert show(house.port, "/readyz").status == 503
    finally:
        full.unlink()

    assert book(house, "full-2@example.com", 3).status == 303
    assert stored(house, "full-%") == ["full-2@example.com"]
    wait_until(lambda: house.post.to("full-2@example.com"))
    wait_until(lambda: is_ready(house.port))


@pytest.fixture
def pages_on_a_disk_that_only_reads(house):
    """The web processes alone, as after a disk was found damaged; what writes to it has ended."""
    house.stop()
    folder = house.database.folder
    mount("-o", "remount,ro", str(folder))
    line = (ROOT / "Procfile").read_text().splitlines()[0].partition(": ")[2]
    command = shlex.split(line.replace("$PORT", str(house.port)))
    command[0] = str(Path(sys.executable).parent / command[0])
    environment = house.environment | {
        "SITE_URL": f"http://127.0.0.1:{house.port}",
        # A connection that only reads stays so until it is renewed: after a minute, by itself.
        "DATABASE_URL": f"sqlite:///{house.database.path}?conn_max_age=1",
    }
    with house.output.open("ab") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)  # fmt: skip
    wait_until(lambda: show_or_none(house))
    yield
    process.terminate()
    process.wait(30)


def show_or_none(site):
    with suppress(OSError):
        return show(site.port, "/healthz")


@on_sqlite
def test_on_a_disk_that_only_reads_a_form_comes_back_with_its_words_and_pages_are_served(
    house, pages_on_a_disk_that_only_reads
):
    refused = book(house, "reads-1@example.com", 4)
    assert (refused.status, WORDS in refused.text) == (503, True)
    assert is_served(house)
    assert "takes nothing in" in show(house.port, "/readyz").text

    mount("-o", "remount,rw", str(house.database.folder))

    wait_until(lambda: book(house, "reads-2@example.com", 5).status == 303)
    assert stored(house, "reads-%") == ["reads-2@example.com"]


@on_postgresql
def test_a_database_server_that_is_restarted_loses_nothing_that_was_acknowledged(
    running_site,
):
    emails = [f"restart-{number}@example.com" for number in range(8)]
    refused = threading.Event()
    slots = dict(zip(emails, running_site.database.free_slots(8), strict=True))

    def insist(email):
        """The statuses that somebody gets who sends the same form until it is taken."""
        words, statuses = form(slots[email], email), []
        while 303 not in statuses:
            answer = send(running_site.port, words, visitor_address(710_000 + slots[email]))  # fmt: skip
            statuses.append(answer.status)
            assert answer.status == 303 or WORDS in answer.text
            if answer.status != 303:
                refused.set()
                time.sleep(0.3)
        return statuses

    def come_back():
        refused.wait(60)
        running_site.database.come_back()

    back = threading.Thread(target=come_back)
    running_site.database.go_away()
    try:
        back.start()
        assert show(running_site.port, ARTICLE).status in (200, 503)
        assert show(running_site.port, "/readyz").status == 503
        assert show(running_site.port, "/healthz").status == 200
        statuses = each_in_a_thread(insist, emails)
    finally:
        back.join()

    assert {status for each in statuses for status in each} == {303, 503}
    assert stored(running_site, "restart-%") == emails
    wait_until(lambda: all(running_site.post.to(email) for email in emails))
