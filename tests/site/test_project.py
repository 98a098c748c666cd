"""Promises about the project itself."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]


def django(*arguments, **environment):
    """Run ``manage.py`` as a production machine would, with nothing but ``environment``."""
    command = [sys.executable, "manage.py", *arguments]
    clean = {"PATH": os.environ["PATH"]} | environment
    return subprocess.run(
        command, cwd=ROOT, env=clean, capture_output=True, text=True, timeout=60
    )


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def test_a_production_start_without_a_secret_key_refuses_with_one_clear_line():
    result = django("check")

    assert result.returncode != 0
    assert result.stderr.strip() == (
        "KneeCare: set SECRET_KEY to a long random text before you start the site."
    )


def test_a_production_site_has_nothing_to_warn_about(tmp_path):
    result = django(
        "check",
        "--deploy",
        "--fail-level=WARNING",
        SECRET_KEY="a-long-random-text-0123456789" * 2,
        KNEECARE_DATA=str(tmp_path),
    )

    assert result.returncode == 0, result.stderr


def test_pictures_go_to_a_private_s3_bucket_when_one_is_named(tmp_path):
    result = django(
        "shell",
        "-v0",
        "-c",
        "from django.conf import settings; from django.core.files.storage import storages;"
        "[print(type(s).__name__, s.bucket_name, s.location, s.querystring_auth)"
        " for s in [storages['default'], storages['masters']]];"
        "print(settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src'])",
        SECRET_KEY="x",
        KNEECARE_DATA=str(tmp_path),
        AWS_STORAGE_BUCKET_NAME="knees",
    )

    assert result.stdout.splitlines() == [
        "S3Storage knees media True",
        "S3Storage knees masters True",
        "[\"'self'\"]",
    ]


@pytest.mark.parametrize("name", ["base", "scale", "dev"])
def test_a_lock_file_is_hashed_and_holds_no_address(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    pinned = [line for line in text.splitlines() if "==" in line]

    assert pinned
    assert text.count("--hash=sha256:") >= len(pinned)
    assert "://" not in text
    assert "index-url" not in text


def test_the_lock_file_of_npm_is_hashed_and_holds_no_registry():
    locked = json.loads((ROOT / "tests/quality/package-lock.json").read_text())
    packages = [name for name in locked["packages"] if name]

    assert packages
    for name in packages:
        assert locked["packages"][name].keys() >= {"version", "integrity"}, name
        assert "resolved" not in locked["packages"][name], name


def test_lock_files_agree_on_every_version():
    def versions(name):
        lines = (ROOT / "requirements" / f"{name}.txt").read_text().splitlines()
        return {line.split(" ")[0] for line in lines if "==" in line}

    assert versions("base") <= versions("scale") <= versions("dev")
