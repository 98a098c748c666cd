"""What the form of a new handout holds before anybody has typed."""

from dataclasses import dataclass
from datetime import timedelta

from exercises.admin.handouts.forms import today
from exercises.dose import DoseSnapshot
from exercises.handouts.starting_doses import starting_rows
from exercises.models import Handout, Routine
from exercises.models.plan import PLAN
from exercises.snapshots import RoutineSnapshot
from kneecare.clinic.models import Clinician
from kneecare.publishing.reviews.signatures import signer_of

LIFE = timedelta(weeks=12)


@dataclass(frozen=True)
class Start:
    """A published routine as the first values of a handout: of its ``fields``, and of its ``rows`` with their ``doses``."""

    fields: dict
    rows: list[dict]
    doses: list[DoseSnapshot]
    routine: RoutineSnapshot

    @classmethod
    def of(cls, request, handout=None):
        """The one that the URL of a new handout names as ``routine``; ``None`` for none, and for a handout that is there."""
        slug = request.GET.get("routine", "")
        found = slug and not handout and Routine.objects.published().filter(slug=slug)
        row = found.first() if found else None
        if row is None:
            return None
        routine = row.shown
        fields = {name: getattr(routine, name) for name in ["title", *PLAN]}
        doses = [item.dose for item in routine.items]
        return cls(fields, starting_rows(routine), doses, routine)

    @classmethod
    def usual(cls, user):
        """What this member of staff is likely to want."""
        return {"clinician": _clinician_of(user), "expires_on": today() + LIFE}


def _clinician_of(user):
    """Who signs with this account, else whom its last handout names, else the only clinician there is."""
    if clinician := signer_of(user):
        return clinician
    made = Handout.objects.filter(made_by=user, clinician__archived_on=None)
    if last := made.select_related("clinician").first():
        return last.clinician
    clinicians = list(Clinician.objects.shown())
    return clinicians[0] if len(clinicians) == 1 else None
