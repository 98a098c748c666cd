from gunicorn.config import Config
from gunicorn.glogging import Logger

from kneecare.core.http.logs import FORMATS, PrivateFormatter, chosen_format


class PrivateLogger(Logger):  # type: ignore[misc]
    """gunicorn's own logs, as private as ours: they name the path of a request, served or not."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(FORMATS.get(chosen_format(), PrivateFormatter)())
        for handler in self.access_log.handlers:
            handler.setFormatter(PrivateFormatter(self.access_fmt))
