"""A backup that is taken while people book comes back whole, in an empty site."""

import os
import subprocess
import sys
import tarfile
import threading
from io import BytesIO
from pathlib import Path

import pytest

from tests.faults.databases import POSTGRES, Postgres, manage, postgres_answers
from tests.serving import ROOT, wait_until

KEY = "a-secret-key-that-no-archive-may-hold"
WRITERS = """
import threading
from bookings import services
from bookings.services.request import CallRequest

def write(writer):
    for number in range(10_000):
        email = f"v{writer}-{number}@example.com"
        services.submit(CallRequest(kind="say_hi", idempotency_key=f"key-{writer}-{number}", name="Ada", email=email))
        print(email, flush=True)

for writer in range(8):
    threading.Thread(target=write, args=[writer]).start()
"""
EMAILS = "from bookings.models import Booking; print(*Booking.objects.values_list('email', flat=True))"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def sites(request, tmp_path_factory):
    """The environments of a site with its first content, and of one that is empty."""
    folders = [tmp_path_factory.mktemp(name) for name in ["site", "empty"]]
    found = [{"PATH": os.environ["PATH"], "SECRET_KEY": KEY, "KNEECARE_DATA": str(folder), "KNEECARE_STARTER": "own"} for folder in folders]  # fmt: skip
    names = [f"kneecare_backup_{os.getpid()}_{n}" for n in range(2)]
    if request.param == "postgresql":
        if not postgres_answers():
            pytest.skip("PostgreSQL does not answer")
        for name, environment in zip(names, found, strict=True):
            Postgres._of_server(f"CREATE DATABASE {name}")
            environment["DATABASE_URL"] = POSTGRES.rpartition("/")[0] + f"/{name}"
    manage(found[0], "migrate", "-v0")
    manage(found[0], "first_content")
    for folder in ["media", "masters"]:
        (folders[0] / folder / "2026").mkdir(parents=True)
        (folders[0] / folder / "2026" / "knee.webp").write_bytes(os.urandom(300_000))
    yield found
    if request.param == "postgresql":
        for name in names:
            Postgres._of_server(f"DROP DATABASE {name} WITH (FORCE)")


class Writers:
    """Eight that book at the same time; which of them were told that it is stored."""

    def __init__(self, environment):
        self.stored = []
        command = [sys.executable, "manage.py", "shell", "-v0", "-c", WRITERS]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)  # fmt: skip
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        self.stored.extend(line.strip() for line in self.process.stdout)

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.reader.join()
        self.process.stdout.close()


@pytest.fixture(scope="module")
def backup(sites, tmp_path_factory):
    """The archive, and who had been told before it began that their request is stored."""
    folder = tmp_path_factory.mktemp("backups")
    writers = Writers(sites[0])
    try:
        wait_until(lambda: len(writers.stored) > 20)
        before = list(writers.stored)
        path = manage(sites[0], "backup", str(folder)).strip()
        wait_until(lambda: len(writers.stored) > len(before))
    finally:
        writers.stop()
    return path, before


def fails(environment, *arguments):
    with pytest.raises(subprocess.CalledProcessError) as failed:
        manage(environment, *arguments)
    [line] = failed.value.stderr.strip().splitlines()
    return line


def test_what_was_stored_before_a_backup_comes_back_with_its_pictures(sites, backup):
    path, before = backup
    assert "all as they were" in manage(sites[1], "verify_backup", path)

    manage(sites[1], "restore", path)

    assert set(before) <= set(manage(sites[1], "shell", "-v0", "-c", EMAILS).split())
    assert manage(sites[1], "migrate", "--check", "-v0") == ""
    for name in ["media/2026/knee.webp", "masters/2026/knee.webp"]:
        old, new = [Path(site["KNEECARE_DATA"], name).read_bytes() for site in sites]
        assert old == new
    assert "is not empty" in fails(sites[1], "restore", path)


def test_neither_the_key_nor_a_reader_is_in_an_archive(backup):
    path, _ = backup
    assert os.stat(path).st_mode & 0o077 == 0
    with tarfile.open(path) as archive:
        for member in archive:
            assert KEY.encode() not in archive.extractfile(member).read()


def damaged(path, change):
    """A copy in which ``change`` makes another text of each file."""
    other = f"{path}.damaged.gz"
    with tarfile.open(path) as archive, tarfile.open(other, "w:gz") as copy:
        for member in archive:
            data = change(member.name, archive.extractfile(member).read())
            if data is not None:
                member.size = len(data)
                copy.addfile(member, BytesIO(data))
    return other


CHANGES = {
    "changed": lambda name, data: data[:-1] + b"x" if "knee" in name else data,
    "missing": lambda name, data: None if "masters" in name else data,
    "no manifest": lambda name, data: None if name == "manifest.json" else data,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_an_archive_that_is_not_whole_is_told_by_one_line(sites, backup, change):
    assert "is damaged" in fails(sites[0], "verify_backup", damaged(backup[0], change))


def test_an_archive_that_was_cut_short_is_told_by_one_line(sites, backup, tmp_path):
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(Path(backup[0]).read_bytes()[:-100_000])

    assert "is damaged" in fails(sites[0], "verify_backup", str(cut))


def test_an_archive_with_a_torn_middle_is_told_by_one_line(sites, backup, tmp_path):
    torn = tmp_path / "torn.tar.gz"
    data = Path(backup[0]).read_bytes()
    torn.write_bytes(data[:50_000] + bytes(20_000) + data[70_000:])

    assert "is damaged" in fails(sites[0], "verify_backup", str(torn))


def test_old_archives_go_once_a_new_one_is_whole(sites, tmp_path):
    for day in range(1, 4):
        (tmp_path / f"kneecare-2026010{day}T000000Z.tar.gz").touch()
    (tmp_path / "notes.txt").touch()

    path = manage(sites[0], "backup", str(tmp_path), "--keep", "2").strip()

    left = sorted(each.name for each in tmp_path.iterdir())
    assert left == ["kneecare-20260103T000000Z.tar.gz", path.rpartition("/")[2], "notes.txt"]  # fmt: skip
