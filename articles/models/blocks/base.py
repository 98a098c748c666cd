from typing import Any, ClassVar

from content_editor.models import create_plugin_base

from articles.models.article import Article

Plugin: Any = create_plugin_base(Article)


class Block(Plugin):
    """A part of an article's body. ``frozen()`` is what a publication keeps of it, ``thawed()`` leads back."""

    types: ClassVar[list[str]] = []
    kept: ClassVar[list[str]] = []

    class Meta(Plugin.Meta):
        abstract = True

    def frozen(self):
        return {
            "type": self.types[0],
            **{name: getattr(self, name) for name in self.kept},
        }

    @classmethod
    def thawed(cls, frozen):
        """The field values to make the block again from ``frozen``."""
        return {name: frozen[name] for name in cls.kept}
