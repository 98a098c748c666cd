"""Pictures in S3: a part of a file is asked for as a part, and a bucket that is away says so in one way."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from storages.backends import s3

from kneecare.core.storage import StorageAway


def told(method: Callable[..., Any]) -> Any:
    """``method``, with whatever the client library raises as ``StorageAway``."""

    @wraps(method)
    def telling(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except (BotoCoreError, ClientError) as error:
            raise StorageAway from error

    return telling


class S3Storage(s3.S3Storage):
    def only(self, name: str, part: range) -> Any:
        """The bytes ``part`` of a file alone, to be read and closed; to read an open file is to fetch it whole first."""
        found = self.bucket.Object(self._normalize_name(s3.clean_name(name)))
        return found.get(Range=f"bytes={part.start}-{part.stop - 1}")["Body"]

    only, _open, _save, delete, exists, listdir, size = map(
        told,
        [
            only,
            s3.S3Storage._open,
            s3.S3Storage._save,
            s3.S3Storage.delete,
            s3.S3Storage.exists,
            s3.S3Storage.listdir,
            s3.S3Storage.size,
        ],
    )
