"""What the site asks of PostgreSQL, seen from a process of its own."""

import pytest

from tests.faults.databases import POSTGRES, postgres_answers
from tests.site.test_project import django

SHOW = "from django.db import connection as c; k = c.cursor(); k.execute('SHOW statement_timeout'); print(k.fetchone()[0])"
OPTIONS = [
    ("", "20s"),
    ("?options=-c%20statement_timeout%3D5000", "5s"),
    ("?application_name=kc&sslmode=disable", "20s"),
    ("?pool=true", "20s"),
]


@pytest.mark.parametrize(("options", "limit"), OPTIONS)
def test_a_statement_ends_in_time_however_the_database_was_asked_for(
    tmp_path, options, limit
):
    if not postgres_answers():
        pytest.skip("PostgreSQL does not answer")
    result = django(
        "shell",
        "-v0",
        "-c",
        SHOW,
        SECRET_KEY="x",
        KNEECARE_DATA=str(tmp_path),
        DATABASE_URL=POSTGRES + options,
    )

    assert result.stdout.strip() == limit, result.stderr
