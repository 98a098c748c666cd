from pathlib import Path

from django.utils import timezone

from kneecare.clinic.models import Clinic, Clinician, HelpLevel, Program
from kneecare.core.first_content import joined, read

FILE = Path(__file__).with_suffix(".toml")


def load():
    """Fill an empty clinic: who we are, the clinicians, the programs, when to get help."""
    content = read(FILE)
    Clinic.objects.create(pk=1, **content["clinic"])
    for position, clinician in enumerate(content["clinicians"]):
        Clinician.objects.create(
            position=position,
            **{**clinician, "education": joined(clinician["education"])},
        )
    for position, program in enumerate(content["programs"]):
        Program.objects.create(
            position=position, published_at=timezone.now(), **program
        )
    for level in content["help_levels"]:
        HelpLevel.objects.create(
            level=level["key"],
            heading=level["heading"],
            advice=level["advice"],
            signs=joined(level["signs"]),
        )
