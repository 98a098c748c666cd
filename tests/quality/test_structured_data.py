"""schema.org's own vocabulary, as the types of schema-dts, judges what the pages say of themselves."""

import json
import re
import shutil
import subprocess
import urllib.request

import pytest

from tests.site.pages import PAGES

# One started site for all that use one.
pytestmark = [pytest.mark.quality, pytest.mark.xdist_group("started site")]
JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
FLAGS = "--noEmit --strict --skipLibCheck --moduleResolution bundler --module esnext --pretty false"


def documents(address):
    for path in PAGES:
        with urllib.request.urlopen(address + path, timeout=20) as response:  # noqa: S310
            for text in JSON_LD.findall(response.read().decode()):
                yield path, json.loads(text)


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


def test_what_pages_say_of_themselves_is_in_the_words_of_schema_org(
    address, tool, tmp_path
):
    found = list(documents(address))

    said = complaints(
        tool("typescript/bin/tsc", "node"),
        tmp_path,
        [judged(data) for _, data in found],
    )

    assert said == ""
    assert len(found) >= 7


@pytest.mark.parametrize(
    "wrong",
    [
        {"@type": "MedicalWebPage", "reviewer": "Ada"},
        {"@type": "MedicalWebPage", "breadcrumb": {"@type": "Breadcrumbs"}},
        {"@type": ["MedicalWebPage", "FAQPage"], "questions": []},
        {"@type": "MedicalWebPage", "citation": {"@type": "CreativeWork", "made": "x"}},
    ],
)
def test_the_judge_knows_a_wrong_word(tool, tmp_path, wrong):
    data = {"@context": "https://schema.org", **wrong}

    said = complaints(tool("typescript/bin/tsc", "node"), tmp_path, [judged(data)])

    assert "error TS" in said
