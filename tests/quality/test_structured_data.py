"""schema.org's own vocabulary, as the types of schema-dts, judges what the pages say of themselves."""

import json
import re
import shutil
import subprocess

import pytest

from tests.site.pages import PAGES

pytestmark = [pytest.mark.quality, pytest.mark.django_db]
JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
FLAGS = "--noEmit --strict --skipLibCheck --moduleResolution bundler --module esnext --pretty false"


def documents(client):
    for path in PAGES:
        for text in JSON_LD.findall(client.get(path).text):
            yield json.loads(text)


def judged(data):
    """``data`` as a constant whose type says which kinds of thing it is."""
    kinds = data["@type"] if isinstance(data["@type"], list) else [data["@type"]]
    leaves = ", ".join(f"schema.{kind}Leaf" for kind in kinds)
    kind = (
        f"schema.MergeLeafTypes<[{leaves}]>" if len(kinds) > 1 else f"schema.{kinds[0]}"
    )
    return f"const page: schema.WithContext<{kind}> = {json.dumps(data)};"


def complaints(compiler, folder, sources):
    """What the compiler says of each of ``sources``; it finds the vocabulary beside itself."""
    for number, source in enumerate(sources):
        text = 'import type * as schema from "schema-dts";\n' + source
        (folder / f"{number:02}.ts").write_text(text + "\nexport { page };\n")
    modules = compiler.partition("node_modules")[0] + "node_modules"
    (folder / "node_modules").symlink_to(modules)
    files = sorted(path.name for path in folder.glob("*.ts"))
    ran = subprocess.run(
        [shutil.which("node") or "node", compiler, *FLAGS.split(), *files],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
    )
    return ran.stdout


@pytest.mark.usefixtures("first_content")
def test_what_pages_say_of_themselves_is_in_the_words_of_schema_org(
    client, tool, tmp_path
):
    found = [judged(data) for data in documents(client)]

    assert complaints(tool("typescript/bin/tsc", "node"), tmp_path, found) == ""
    assert len(found) >= 7


WRONG = [
    {"@type": "MedicalWebPage", "reviewer": "Ada"},
    {"@type": "MedicalWebPage", "breadcrumb": {"@type": "Breadcrumbs"}},
    {"@type": ["MedicalWebPage", "FAQPage"], "questions": []},
    {"@type": "MedicalWebPage", "citation": {"@type": "CreativeWork", "made": "x"}},
]


def test_the_judge_knows_each_wrong_word(tool, tmp_path):
    wrong = [judged({"@context": "https://schema.org", **data}) for data in WRONG]

    said = complaints(tool("typescript/bin/tsc", "node"), tmp_path, wrong)

    found = re.findall(r"^(\d+)\.ts\(.*error TS", said, re.MULTILINE)
    assert sorted(set(found)) == ["00", "01", "02", "03"]
