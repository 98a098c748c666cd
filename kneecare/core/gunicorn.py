from gunicorn.glogging import Logger

from kneecare.core.logs import PrivateFormatter


class PrivateLogger(Logger):
    """gunicorn's own log, as private as ours: it names the address of a request that it could not serve."""

    def setup(self, cfg):
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(PrivateFormatter())
