import json

from django import template

from exercises.player_script import GET_READY, OPEN, READY, Step

register = template.Library()


@register.filter
def script_data(dose):
    """The script of a dose as JSON for static/js/player/run.js; what is empty is left out.

    Where the dose is not stated, the player leaves the number to the patient and says so.
    """
    steps = dose.steps() or [Step(GET_READY, READY), Step(OPEN)]
    return json.dumps([_data(step, dose.limb) for step in steps], separators=(",", ":"))


def _data(step, limb):
    data = {
        "kind": step.kind,
        "seconds": step.seconds,
        "round": step.round,
        "leg": step.leg,
        "rep": step.rep,
        "from": step.reps_from,
        "to": step.reps_to,
        "extra": step.is_extra,
        "enough": step.enough,
        "bound": step.bound,
        "words": step.words,
        "tempo": step.tempo,
        "pause": step.pause,
        "affected": step.is_affected,
        "limb": limb if limb != "leg" and (step.leg or step.is_affected) else "",
    }
    always = ["kind", "seconds", "round", "leg"]
    return {name: value for name, value in data.items() if value or name in always}
