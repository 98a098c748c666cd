"""The form's side of the editor: words for what no body can do, and buttons that save nothing."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from exercises.admin.drawing.editor import judged
from exercises.admin.drawing.widget import PoseEditor
from kneecare.core.text.characters import PrintableDecoder

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm

DRAWN = "drawn"
DRAWN_WORDS = "Drawn as it stands here, and not saved yet."


class DrawingForm(ModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        figure: Any = self.fields.get("figure")
        if figure:  # not for who may only look
            figure.decoder = PrintableDecoder
            figure.widget = PoseEditor()
            figure.help_text = ""

    def clean_figure(self) -> Any:
        figure = self.cleaned_data["figure"] or {}
        _, words = judged(figure) if figure else (None, "")
        if words:
            raise ValidationError(words, code="figure")
        if self.data.get(f"{self.add_prefix('figure')}-act"):
            raise ValidationError(DRAWN_WORDS, code=DRAWN)
        return figure
