"""The model field for an uploaded picture, and what a form and a template see of it."""

from django import forms
from django.db import models
from django.db.models.fields.files import ImageFieldFile

from kneecare.media import names, renditions
from kneecare.media.reencode import Redrawn, redraw
from kneecare.media.widgets import PictureInput


class PictureFormField(forms.FileField):
    """Takes a picture in by drawing it again; Django's own field would judge it by the end of its name."""

    widget = PictureInput

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        return redraw(file) if file and file is not initial else file


class PictureFile(ImageFieldFile):
    """A stored picture. Its address is that of a rendition: the master has none."""

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
        """Addresses of the picture cut square around its focal point, by format."""
        return {
            format: names.url(names.crop(self.name, "square", self.focus, format))
            for format in names.SHAPES["square"][2]
        }


class PictureField(models.ImageField):
    """An image field that stores only what ``redraw`` made of the upload, where nothing serves it.

    ``crops`` names the shapes of ``addresses.SHAPES`` that its pages need.
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
        if value and not value._committed and not isinstance(value.file, Redrawn):
            value = redraw(value.file)
        return value

    def pre_save(self, model_instance, add):
        """Store a new picture and record it in the transaction that saves its row."""
        given = getattr(model_instance, self.attname)
        is_new = bool(given) and not given._committed
        if is_new and not isinstance(given.file, Redrawn):
            # A row that no form has cleaned.
            setattr(model_instance, self.attname, redraw(given.file))
        file = super().pre_save(model_instance, add)
        if file and is_new:
            renditions.take_in(file.name, file.width, file.height)
        if file:
            renditions.want_crops(file.name, self.crops, file.focus)
        return file

    def formfield(self, **kwargs):
        # No limit to the length of the visitor's file name, which is not kept.
        ours = {"form_class": PictureFormField, "widget": PictureInput}
        return super().formfield(**{**kwargs, **ours, "max_length": None})
