"""The drawing of an exercise as fields that a person can fill in, with its JSON behind a fold."""

import json
from typing import Any

from django import forms
from js_asset import Script

from exercises.admin.drawing.editor import editor
from exercises.admin.drawing.fields import (
    acted,
    assembled,
    digest,
    dumped,
    flat,
    poses_of,
)
from exercises.models import Exercise
from kneecare.core.identifiers import parse_id
from kneecare.core.text.characters import PrintableDecoder


class PoseEditor(forms.Textarea):
    """Its fields say the drawing, unless somebody has changed the JSON, which then does."""

    template_name = "admin/widgets/pose_editor.html"
    use_fieldset = True

    @property
    def media(self):
        return forms.Media(
            css={"all": ["css/admin/pose-editor.css"]},
            js=[Script("js/admin/pose-editor.js", type="module")],
        )

    def id_for_label(self, id_: str | None) -> str:
        return ""  # many fields: each has its own label

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        text = said(data, name)
        act = data.get(f"{name}-act", "")
        if not act:
            return text
        figure = parsed(text)
        copied = copy_of(data.get(f"{name}-copy"))
        # What is no JSON stays as it was typed, unless another drawing takes its place.
        after = acted({} if figure is None else figure, act, copied)
        return text if figure is None and not after else dumped(after)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(key in data for key in (name, f"{name}-poses", f"{name}-act"))

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        figure = parsed(value)
        shown = editor(figure if isinstance(figure, dict) else {}, name)
        if not poses_of(figure):
            shown["text"] = dumped(figure) if figure is not None else value
        copies = Exercise.objects.exclude(figure={}).order_by("title")
        return context | shown | {"copies": copies.values_list("pk", "title")}


def said(data: Any, name: str) -> str:
    """The JSON of what stands in the form: as it was shown, where neither it nor a field was changed."""
    text = data.get(name)
    if f"{name}-poses" not in data:
        return text or ""
    if text is None:  # a script sends the fields alone
        return dumped(assembled(data, name))
    shown = data.get(f"{name}-seen") == digest(text)
    typed = assembled(data, name)
    before = parsed(text)
    is_as_before = isinstance(before, dict) and assembled(flat(before, name), name) == typed  # fmt: skip
    return dumped(typed) if shown and not is_as_before else text


def parsed(text: Any) -> Any:
    """What the JSON says, or None where it is none."""
    try:
        return json.loads(text or "null", cls=PrintableDecoder)
    except ValueError:
        return None


def copy_of(key: Any) -> Any:
    found = Exercise.objects.filter(pk=parse_id(key) or 0).first()
    return found.figure if found else None
