"""The site's styles: a file a component to write, one file to serve."""

from django.conf import settings

FOLDER = settings.BASE_DIR / "static"
TOKENS = "css/tokens.css"
BUNDLE = "css/site.css"


def names():
    """Every stylesheet of the public pages; the tokens first, as they name the order of the layers."""
    found = [*FOLDER.glob("css/*.css"), *FOLDER.glob("css/components/*.css")]
    return sorted(
        (path.relative_to(FOLDER).as_posix() for path in found),
        key=lambda name: (name != TOKENS, name),
    )


def bundle():
    """All of them as one text. Order means nothing after the tokens: the layers decide."""
    return "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in names())
