"""What our forms are laid out with besides their fields.

Crispy's own buttons, legends and HTML compile what they are given as a template. These compile nothing: what a
person typed reaches their templates as a value.
"""

from crispy_forms.layout import LayoutObject
from django.template.loader import render_to_string


class SendButton:
    """The one button that sends the form."""

    def __init__(self, label):
        self.label = label

    def render(self, form, context, **kwargs):
        return render_to_string(
            "clinic_forms/layout/send_button.html", {"label": self.label}
        )


class Part(LayoutObject):
    """Some of the fields under a heading of their own."""

    template: str

    def __init__(self, heading, *fields):
        self.heading = heading
        self.fields = list(fields)

    def render(self, form, context, **kwargs):
        fields = self.get_rendered_fields(form, context, **kwargs)
        return render_to_string(
            self.template, {"heading": self.heading, "fields": fields}
        )


class Step(Part):
    """A numbered part of a long form."""

    template = "clinic_forms/layout/step.html"


class Wishes(Part):
    """The wishes for a call-back, in sight once that is chosen."""

    template = "clinic_forms/layout/wishes.html"
