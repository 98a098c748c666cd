"""docs/deploy.md as an operator follows it: its commands are taken from the page, and run on a clean machine."""

import json
import re
import shlex

import pytest

from tests.deploy.machine import Machine, is_possible, make_repository
from tests.serving import ROOT

DOC = (ROOT / "docs" / "deploy.md").read_text()
FILLED_IN = {
    "ADDRESS-OF-THE-REPOSITORY": "file:///opt/repository",
    "YOUR-NAME": "knee.example",
    "-d clinic.example": "-d knee.example",
    "THE-NEW-VERSION": "origin/main",
}


def commands(title):
    """The first block of commands below a heading."""
    block = re.search(rf"^## {title}\n.*?^```\n(.*?)^```", DOC, re.MULTILINE | re.DOTALL)[1]  # fmt: skip
    for words, value in FILLED_IN.items():
        block = block.replace(words, value)
    return block


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    if not is_possible():
        pytest.skip("This machine gives no other one within it")
    folder, repository = [tmp_path_factory.mktemp(name) for name in ["disk", "repository"]]  # fmt: skip
    make_repository(repository)
    machine = Machine(folder, repository)
    try:
        yield machine
    finally:
        machine.end()


@pytest.fixture(scope="module")
def installed(machine):
    """What the ten commands say."""
    block = commands("One machine in ten commands")
    assert block.count("\n") == 10
    return machine.run(block.replace("\n", " || exit 1\n"))


def test_ten_commands_make_a_site(machine, installed):
    assert "The first staff account is admin, with the password" in installed
    status, home = machine.ask("/")
    assert (status, "Knee pain: why it matters" in home) == (200, True)
    [sheet] = re.findall(r'href="(/static/css/site[^"]+)"', home)
    assert machine.ask(sheet)[0] == 200


def test_it_is_ready_and_says_so_to_the_machine_alone(machine, installed):
    until = "until curl -sf 127.0.0.1:8000/readyz; do sleep 0.2; done"

    assert machine.run(f"timeout 60 sh -c {shlex.quote(until)}").startswith("ready\n")


NEXT = """
git clone --quiet /opt/repository /tmp/next && cd /tmp/next
sed -i 's/"alive/"alive and new/' kneecare/core/health/views.py
echo '.new { gap: 0; }' >> static/css/components/card.css
git -c user.name=A -c user.email=test@example.com commit --quiet --all --message 'The next release'
git push --quiet
"""


def test_an_upgrade_fails_nobody_who_asks_meanwhile(machine, installed):
    machine.run(NEXT)
    visitors = machine.start("exec visitors")
    try:
        machine.run("set -e\n" + commands("Upgrade, and a step back"))
        assert machine.ask("/healthz") == (200, "alive and new\n")
    finally:
        machine.run("touch /tmp/enough")
        said, _ = visitors.communicate(timeout=120)

    answers = json.loads(said)
    assert set(answers) == {"200", "422"}, answers
    assert min(answers.values()) > 5
    backups = machine.run("ls /var/backups/kneecare").split()
    assert [re.sub(r"\d", "0", name) for name in backups] == ["kneecare-00000000T000000Z.tar.gz"]  # fmt: skip
