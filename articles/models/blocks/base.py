from typing import Any, ClassVar

from content_editor.models import create_plugin_base

from articles.models.article import Article

Plugin: Any = create_plugin_base(Article)


class Block(Plugin):
    """A part of an article's body. ``snapshot()`` is what a version keeps of it, ``from_snapshot()`` leads back."""

    types: ClassVar[list[str]] = []
    kept: ClassVar[list[str]] = []

    class Meta(Plugin.Meta):
        abstract = True

    def snapshot(self):
        return {
            "type": self.types[0],
            **{name: getattr(self, name) for name in self.kept},
        }

    @classmethod
    def from_snapshot(cls, snapshot):
        """The field values to make the block again from ``snapshot``."""
        return {name: snapshot[name] for name in cls.kept}
