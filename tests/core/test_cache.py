import pytest

from kneecare.core.database.redis_cache import ForgivingRedisCache

pytestmark = pytest.mark.redis
AWAY = "redis://127.0.0.1:1/0"


@pytest.fixture
def cache(redis_url):
    cache = ForgivingRedisCache(redis_url, {"KEY_PREFIX": "kneecare-tests"})
    yield cache
    cache.delete_many(["a", "b"])


def test_the_cache_keeps_a_value_in_redis(cache):
    cache.set("a", {"sets": 2})

    assert cache.get("a") == {"sets": 2}
    assert cache.add("b", 1) is True
    assert cache.add("b", 1) is False
    assert cache.incr("b") == 2


def test_a_page_goes_on_when_redis_is_away(caplog):
    cache = ForgivingRedisCache(AWAY, {})

    assert cache.get("a", default="nothing") == "nothing"
    assert cache.get_many(["a"]) == {}
    assert cache.add("a", 1) is True
    assert cache.set("a", 1) is None
    assert cache.delete("a") is False
    assert cache.incr("a") == 1
    assert "Redis did not answer" in caplog.text
