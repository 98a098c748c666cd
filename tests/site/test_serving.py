"""`make run` as a person meets it: real processes, a real port, an empty folder."""

import os
import re
import runpy
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.serving import (
    ROOT,
    answer,
    free_port,
    start,
    start_and_wait,
    stop,
    wait_until,
)

pytestmark = [
    pytest.mark.real_site,
    pytest.mark.same_on_any_database("it chooses its database itself"),
]


def descendants(pid):
    """Process ids below ``pid``, from /proc."""
    children = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, waiting = [], [pid]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def commands(pids):
    texts = []
    for pid in pids:
        try:
            texts.append(Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return texts


def test_an_empty_folder_becomes_a_site_that_keeps_its_data_and_ends_whole(tmp_path):
    first, port = start_and_wait(tmp_path)
    status, home = answer(port, "/")
    below = descendants(first.pid)
    running = " ".join(commands(below))
    printed = stop(first)

    assert status == 200
    assert "Knee pain: why it matters" in home
    assert "gunicorn" in running
    assert "manage.py worker" in running
    assert f"http://127.0.0.1:{port}" in printed
    assert re.search(
        r"The first staff account is admin, with the password \S{12,}\.", printed
    )
    wait_until(
        lambda: (
            not [
                text
                for text in commands(below)
                if "gunicorn" in text or "manage.py" in text
            ]
        )
    )
    assert answer(port, "/") is None

    second, _ = start_and_wait(tmp_path)
    printed = stop(second)

    assert "staff account" not in printed
    assert "First content" not in printed


PASSWORD = "chosen-by-the-owner"


@pytest.fixture(scope="module")
def running_site(tmp_path_factory):
    """One site for all tests that leave it as it was."""
    folder = tmp_path_factory.mktemp("site")
    site, port = start_and_wait(folder, KNEECARE_ADMIN_PASSWORD=PASSWORD)
    yield site, port
    assert PASSWORD not in stop(site)


def test_a_worker_that_is_killed_is_started_again_and_the_site_goes_on(running_site):
    def workers():
        below = descendants(site.pid)
        return {pid for pid in below if "manage.py worker" in " ".join(commands([pid]))}

    site, port = running_site
    [lost] = wait_until(workers)
    os.kill(lost, signal.SIGKILL)
    wait_until(lambda: workers() - {lost})
    assert answer(port, "/")[0] == 200


@pytest.mark.parametrize("delay", [0.5, 1.5])
def test_a_start_that_is_cut_short_leaves_nothing_running_and_loses_no_password(
    tmp_path, delay
):
    site = start(tmp_path, free_port())
    time.sleep(delay)
    below = descendants(site.pid)
    printed = stop(site)

    assert "Traceback" not in printed
    wait_until(
        lambda: (
            not [
                text
                for text in commands(below)
                if "gunicorn" in text or "manage.py" in text
            ]
        )
    )
    again, _ = start_and_wait(tmp_path)
    printed += stop(again)
    assert printed.count("The first staff account is admin") >= 1


def test_a_key_that_was_cut_short_is_made_anew_and_then_kept(tmp_path):
    kept_secret = runpy.run_path(ROOT / "bin" / "run.py")["kept_secret"]
    path = tmp_path / "secret-key"
    path.touch()

    made = kept_secret(path)

    assert len(made) > 50
    assert kept_secret(path) == made
    assert path.stat().st_mode & 0o777 == 0o600


def test_static_files_are_hashed_compressed_and_kept_for_a_year(running_site):
    _, port = running_site
    [sheet, *_] = re.findall(r'href="(/static/css/site[^"]+)"', answer(port, "/")[1])
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{sheet}", headers={"Accept-Encoding": "br"}
    )
    with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
        headers = response.headers

    assert re.fullmatch(r"/static/css/site\.[0-9a-f]{12}\.css", sheet)
    assert headers["Content-Encoding"] == "br"
    assert "max-age=315360000" in headers["Cache-Control"]


def test_a_taken_port_is_one_clear_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        site = start(tmp_path, port)
        output, _ = site.communicate(timeout=30)

    assert site.returncode != 0
    assert output.strip() == (
        f"Port {port} is taken. End what uses it, or serve elsewhere: PORT={port + 1000} make run"
    )


@pytest.mark.parametrize("version", ["(3, 9, 2)", "(3, 10, 14)"])
def test_an_old_python_is_one_clear_line(version):
    script = f"import runpy, sys; sys.version_info = {version}; sys.argv = ['x', 'base']; runpy.run_path('bin/setup.py', run_name='__main__')"
    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
    )

    assert result.returncode != 0
    assert result.stderr.startswith(
        "KneeCare needs Python 3.11 or newer, and this is 3."
    )
    assert result.stderr.count("\n") == 1


def test_a_missing_venv_module_is_one_clear_line(tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "requirements").mkdir()
    (tmp_path / "bin" / "setup.py").write_bytes(
        (ROOT / "bin" / "setup.py").read_bytes()
    )
    (tmp_path / "requirements" / "base.txt").touch()
    script = "import runpy, sys; sys.modules['ensurepip'] = None; sys.argv = ['x', 'base']; runpy.run_path('bin/setup.py', run_name='__main__')"

    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=30,
    )

    assert result.returncode != 0
    assert "apt-get install python3-venv" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_request_in_an_odd_encoding_is_refused_by_the_real_server(running_site):
    _, port = running_site
    statuses = []
    for charset in ["hex", "utf-7", "zlib"]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/contact/?a=1",
            data=b"idempotency_key=+2AA-",
            headers={
                "Content-Type": f"multipart/form-data; boundary=XB; charset={charset}"
            },
        )
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=10)  # noqa: S310
        statuses.append(refused.value.code)
        refused.value.close()

    assert statuses == [400, 400, 400]
