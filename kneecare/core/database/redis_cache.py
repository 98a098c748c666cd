import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def _forgiving(name: str, when_away: Callable[..., Any]) -> Callable[..., Any]:
    operation = getattr(RedisCache, name)

    def call(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
        try:
            return operation(self, *args, **kwargs)
        except RedisError:
            logger.warning("Redis did not answer: %s went without the cache.", name)
            return when_away(*args, **kwargs)

    return call


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache, but a page goes on without it when Redis is away."""

    get = _forgiving("get", lambda key, default=None, version=None: default)
    get_many = _forgiving("get_many", lambda *args, **kwargs: {})
    set = _forgiving("set", lambda *args, **kwargs: None)
    set_many = _forgiving("set_many", lambda data, *args, **kwargs: list(data))
    add = _forgiving("add", lambda *args, **kwargs: True)
    touch = _forgiving("touch", lambda *args, **kwargs: False)
    delete = _forgiving("delete", lambda *args, **kwargs: False)
    delete_many = _forgiving("delete_many", lambda *args, **kwargs: None)
    has_key = _forgiving("has_key", lambda *args, **kwargs: False)
    incr = _forgiving("incr", lambda key, delta=1, version=None: delta)
    clear = _forgiving("clear", lambda *args, **kwargs: None)
