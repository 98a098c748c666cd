"""The site's static files: stylesheets are served as one, scripts without their comments, and all is hashed."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import IsDirectoryError, MissingFileError
from whitenoise.storage import CompressedManifestStaticFilesStorage

FOLDER = settings.BASE_DIR / "static"
TOKENS = "css/tokens.css"
BUNDLE = "css/site.css"
# Of our scripts alone: a comment that has lines to itself. No text in them has such a line: a test says so.
COMMENT = re.compile(
    r"^[ \t]*(?:/\*(?:[^*]|\*(?!/))*\*/|//[^\n]*)[ \t]*\n", re.MULTILINE
)
HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")


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


def without_comments(script: str) -> str:
    """A script as it is served: what is written for who reads the code would be a quarter of its bytes."""
    return COMMENT.sub("", script)


class StaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed, compressed files; ES modules that import each other are hashed too, stylesheets are served as one."""

    support_js_module_import_aggregation = True

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        if not dry_run:
            self._put(BUNDLE, bundle(), paths)
            for script in FOLDER.rglob("*.js"):
                name = script.relative_to(FOLDER).as_posix()
                self._put(name, without_comments(script.read_text("utf-8")), paths)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _put(self, name: str, text: str, paths: dict[str, Any]) -> None:
        self.delete(name)
        self.save(name, ContentFile(text.encode()))
        paths[name] = (self, name)


class StaticFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]
    """A process serves the files of the release after it as well, and answers 404 where one is gone since it started.

    While a site is upgraded a page of the new release may ask a process of the old one for its stylesheet.
    """

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        url = request.path_info
        if not self.autorefresh and url not in self.files:
            self._look_for(url)
        try:
            response: HttpResponseBase = super().__call__(request)
        except FileNotFoundError:
            if self.files.pop(url, None) is None:
                raise
            response = self.get_response(request)
        return response

    def _look_for(self, url: str) -> None:
        is_ours = url.startswith(self.static_prefix) and HASHED.search(url)
        if not is_ours or not self.url_is_canonical(url):
            return
        path = Path(self.static_root) / url.removeprefix(self.static_prefix)
        try:
            self.files[url] = self.get_static_file(str(path), url)
        except (MissingFileError, IsDirectoryError):
            return
