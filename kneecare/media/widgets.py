from django.contrib.admin.widgets import AdminFileWidget
from django.forms import Media
from js_asset import Script

from kneecare.media.reencode import MAX_BYTES


class PictureInput(AdminFileWidget):
    """A file input that shows the picture, before it is saved too, and lets its focal point be set on it."""

    template_name = "admin/widgets/picture.html"

    def __init__(self, attrs=None):
        super().__init__({"accept": "image/jpeg,image/png,image/webp", **(attrs or {})})

    @property
    def media(self):
        return Media(
            css={"all": ["css/admin/picture-input.css"]},
            js=[Script("js/admin/picture-input.js", type="module")],
        )

    def get_context(self, name, value, attrs):
        return super().get_context(name, value, attrs) | {"max_bytes": MAX_BYTES}
