"""The site's static files: stylesheets are written one a component and served as one, and all is hashed."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

FOLDER = settings.BASE_DIR / "static"
TOKENS = "css/tokens.css"
BUNDLE = "css/site.css"


def stylesheets() -> list[str]:
    """Every stylesheet of the public pages; the tokens first, as they name the order of the layers."""
    found = [*FOLDER.glob("css/*.css"), *FOLDER.glob("css/components/*.css")]
    return sorted(
        (path.relative_to(FOLDER).as_posix() for path in found),
        key=lambda name: (name != TOKENS, name),
    )


def bundle() -> str:
    """All of them as one text. Order means nothing after the tokens: the layers decide."""
    return "\n".join(
        (FOLDER / name).read_text(encoding="utf-8") for name in stylesheets()
    )


class StaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed, compressed files; ES modules that import each other are hashed too, stylesheets are served as one."""

    support_js_module_import_aggregation = True

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        if not dry_run:
            self.delete(BUNDLE)
            self.save(BUNDLE, ContentFile(bundle().encode()))
            paths[BUNDLE] = (self, BUNDLE)
        yield from super().post_process(paths, dry_run=dry_run, **options)
