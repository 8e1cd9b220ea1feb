"""Addresses of a server: which are none, and what an address may not decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.refusals import SECRET, check_discreet, is_told, refusal

from packdesk.errors import InvalidSettingError
from packdesk.store.redis import RedisStore

if TYPE_CHECKING:
    from support.redis_server import RedisServer


@pytest.mark.parametrize(
    "url",
    [
        "http://x",
        "nonsense",
        f"redis://:{SECRET}@host:port/",
        "redis://[::1",
        "redis://host/design",
        "redis://host:99999/0",
        f"redis://user:12/{SECRET}@host:6379/0",
        f"redis://:7#{SECRET}@host:6379/0",
        f"redis://:{SECRET}@host/0?no_such_option=1",
        f"redis://:{SECRET}@host/0?db=first",
        f"rediss://:{SECRET}@host/0?ssl_cert_reqs=perhaps",
        f"rediss://:{SECRET}@host/0?ssl_ca_certs=/no/such/file.pem",
    ],
)
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(InvalidSettingError) as caught:
        RedisStore(url)
    check_discreet(caught.value, "")


def test_the_time_limits_are_not_the_addresss_to_set(empty_redis: RedisServer) -> None:
    url = f"{empty_redis.url}?socket_timeout=90&decode_responses=true&protocol=2"
    assert RedisStore(url).status().revision == ""
    with empty_redis.frozen():
        assert is_told(refusal(url), "frozen")
