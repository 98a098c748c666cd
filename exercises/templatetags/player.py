import json

from django import template

from exercises.player_script import GET_READY, READY, Step

register = template.Library()

# Where the dose is not stated, the player leaves the number to the patient and says so.
OPEN = "open"


@register.filter
def script_data(dose):
    """The script of a dose as JSON for static/js/player/run.js; what is empty is left out."""
    steps = dose.steps() or [Step(GET_READY, READY), Step(OPEN)]
    return json.dumps([_data(step) for step in steps], separators=(",", ":"))


def _data(step):
    data = {
        "kind": step.kind,
        "seconds": step.seconds,
        "round": step.round,
        "leg": step.leg,
        "rep": step.rep,
        "from": step.reps_from,
        "to": step.reps_to,
        "extra": step.is_extra,
    }
    always = ["kind", "seconds", "round", "leg"]
    return {name: value for name, value in data.items() if value or name in always}
