"""The model field for an uploaded picture, its widget, and what a form and a template see of it."""

from django import forms
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.files import ImageFieldFile
from js_asset import Script

from kneecare.media import names, pending, renditions
from kneecare.media.reencode import MAX_BYTES, Reencoded, reencode


class KeptFileInput(AdminFileWidget):
    """A file input whose file is not lost with a form that comes back for a mistake elsewhere."""

    template_name = "admin/widgets/kept_file.html"
    token, kept, chosen = "", None, None  # of the one form that each copy belongs to

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        token = data.get(f"{name}_kept")
        self.chosen = self._taken(token) if value is None and token else value
        return self.chosen

    def _taken(self, token):
        """Read once: Django asks for the value again and again."""
        if self.token != token:
            self.token, self.kept = token, pending.taken(token)
        return self.kept

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        return context | {"kept": pending.keep(self.chosen)}


class PictureInput(KeptFileInput):
    """A file input that shows the picture, before it is saved too, and lets its focal point be set on it."""

    template_name = "admin/widgets/picture.html"

    def __init__(self, attrs=None):
        super().__init__({"accept": "image/jpeg,image/png,image/webp", **(attrs or {})})

    @property
    def media(self):
        return forms.Media(
            css={"all": ["css/admin/picture-input.css"]},
            js=[Script("js/admin/picture-input.js", type="module")],
        )

    def get_context(self, name, value, attrs):
        return super().get_context(name, value, attrs) | {"max_bytes": MAX_BYTES}


class ValidatedFormField(forms.FileField):
    """Takes what ``validated`` makes of an upload; Django's own fields go by the end of its name."""

    def __init__(self, *, validated, **kwargs):
        self.validated = validated
        super().__init__(**kwargs)

    def clean(self, data, initial=None):
        if data is pending.LOST:
            raise ValidationError(pending.LOST_WORDS)
        file = super().clean(data, initial)
        if not file or file is initial:
            return file
        cleaned = self.validated(file)
        file.is_taken = True
        if cleaned is not file:
            file.cleaned = cleaned
        return cleaned


class PictureFile(ImageFieldFile):
    """A stored picture. Its URL is that of a rendition: the master has none."""

    @property
    def url(self):
        if not self:
            raise ValueError("There is no picture.")
        return names.url(names.first(self.name))

    @property
    def focus(self):
        """Percent from the left and from the top; the centre where its row has no focal point."""
        return tuple(getattr(self.instance, f"focus_{axis}", 50) for axis in "xy")

    @property
    def square(self):
        """URLs of the picture cut square around its focal point, by format."""
        return {
            format: names.url(names.crop(self.name, "square", self.focus, format))
            for format in names.SHAPES["square"][2]
        }


class PictureField(models.ImageField):
    """An image field that stores only what ``reencode`` made of the upload, where nothing serves it.

    ``crops`` names the shapes of ``names.SHAPES`` that its pages need.
    """

    attr_class = PictureFile

    def __init__(self, *args, crops=(), **kwargs):
        kwargs.setdefault("upload_to", "pictures")
        self.crops = crops
        super().__init__(*args, **{**kwargs, "storage": renditions.masters})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("storage", None)
        if self.crops:
            kwargs["crops"] = self.crops
        return name, path, args, kwargs

    def clean(self, value, model_instance):
        value = super().clean(value, model_instance)
        if value and not value._committed and not isinstance(value.file, Reencoded):
            value = reencode(value.file)
        return value

    def pre_save(self, model_instance, add):
        """Store a new picture and record it in the transaction that saves its row."""
        given = getattr(model_instance, self.attname)
        is_new = bool(given) and not given._committed
        if is_new and not isinstance(given.file, Reencoded):
            # A row that no form has cleaned.
            setattr(model_instance, self.attname, reencode(given.file))
        file = super().pre_save(model_instance, add)
        if file and is_new:
            renditions.register_upload(file.name, file.width, file.height)
        if file:
            renditions.want_crops(file.name, self.crops, file.focus)
        return file

    def formfield(self, **kwargs):
        ours = {
            "form_class": ValidatedFormField,
            "validated": reencode,
            "widget": PictureInput,
            "max_length": None,  # the name that the browser sent is not kept
        }
        return super().formfield(**{**kwargs, **ours})
