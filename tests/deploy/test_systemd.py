"""The units of deploy/systemd: systemd takes them, and they say what the Procfile says."""

import re
import shutil
import subprocess

import pytest

from tests.serving import ROOT

UNITS = ROOT / "deploy" / "systemd"
SERVICES = ["kneecare-web.service", "kneecare-worker.service", "kneecare-backup.service"]  # fmt: skip
MOST_EXPOSED = 2.0  # of 10


@pytest.fixture(scope="module")
def units(tmp_path_factory):
    """The units, for the checkout that the tests run in."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not there")
    folder = tmp_path_factory.mktemp("units")
    for unit in UNITS.iterdir():
        text = unit.read_text().replace("/srv/kneecare", str(ROOT))
        (folder / unit.name).write_text(text)
    return folder


def test_systemd_takes_the_units(units):
    names = sorted(str(path) for path in units.iterdir())

    result = subprocess.run(["systemd-analyze", "verify", *names], capture_output=True, text=True)  # fmt: skip

    ours = [line for line in result.stderr.splitlines() if "kneecare" in line]
    assert (result.returncode, ours) == (0, [])


@pytest.mark.parametrize("name", SERVICES)
def test_a_unit_is_shut_off_from_the_machine(units, name):
    command = ["systemd-analyze", "security", "--offline=yes", str(units / name)]

    result = subprocess.run(command, capture_output=True, text=True)

    exposure = re.search(r"exposure level for \S+: ([\d.]+)", result.stdout)
    assert float(exposure[1]) <= MOST_EXPOSED


def test_units_run_what_the_procfile_runs():
    procfile = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())  # fmt: skip
    for name, command in procfile.items():
        unit = (UNITS / f"kneecare-{name}.service").read_text()
        runs = re.search(r"^ExecStart=/srv/kneecare/\.venv/bin/(.*)$", unit, re.MULTILINE)[1]  # fmt: skip
        patient = command.replace("--bind 127.0.0.1:$PORT ", "").replace("timeout 4 ", "timeout 20 ")  # fmt: skip
        assert runs == patient


def test_the_example_of_an_environment_names_settings_that_there_are():
    lines = (ROOT / "deploy" / "kneecare.env.example").read_text().splitlines()
    names = {line.partition("=")[0] for line in lines if re.match(r"[A-Z_]+=", line)}
    known = (ROOT / "kneecare" / "settings.py").read_text()

    assert {name for name in names if name not in known} == set()
