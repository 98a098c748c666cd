from itertools import groupby

from django import forms

from articles.readability.self_score import INSTRUMENTS, NO, NOT_APPLICABLE, YES


class SelfScoreForm(forms.Form):
    """One question for each item of an instrument."""

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.instrument = INSTRUMENTS[kind]
        for item in self.instrument.items:
            self.fields[f"item_{item.number}"] = _question(item)

    def parts(self):
        """``(part, fields)`` in the order of the instrument."""
        for part, items in groupby(self.instrument.items, lambda item: item.part):
            yield part, [self[f"item_{item.number}"] for item in items]

    def answers(self):
        return {
            str(item.number): self.cleaned_data[f"item_{item.number}"]
            for item in self.instrument.items
        }


def _question(item):
    choices = [(YES, "Yes"), (NO, "No")]
    if item.may_not_apply:
        choices.append((NOT_APPLICABLE, "Does not apply"))
    return forms.ChoiceField(
        label=f"{item.number}. {item.text}",
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer."},
    )
