"""What stands at the key and is no design of ours: told, never overwritten, moved aside on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.refusals import is_told, load, look, refusal

from packdesk.errors import ForeignDocumentError
from packdesk.services.designs import DesignService
from packdesk.services.shared_state import SharedState
from packdesk.store.base import KEY, Write
from packdesk.store.redis import RedisStore

if TYPE_CHECKING:
    from support.redis_server import RedisServer


def test_another_type_at_the_key(empty_redis: RedisServer) -> None:
    empty_redis.client().lpush(KEY, "x")
    for call in (load, look, lambda store: store.write(Write(None, b"{}"))):
        error = refusal(empty_redis.url, call)
        assert is_told(error, "type")
        assert "packdesk reset" in error.terminal
    assert empty_redis.client().lrange(KEY, 0, -1) == [b"x"]


FOREIGN = {
    b"": "not valid JSON",
    b'{"package_type": "box"': "not valid JSON",
    b"\xff\xfe{}": "not valid JSON",
    b"[]": "not a JSON object",
    b"null": "not a JSON object",
    b'{"box_state": {"width": 100}}': "“package_type” is missing",
    b'{"package_type": "bag", "package_dimensions": {"width": 1}}': "what stands at “package_type”",
}


@pytest.mark.parametrize(("raw", "words"), FOREIGN.items(), ids=lambda value: str(value)[:30])
async def test_a_document_of_another_kind(empty_redis: RedisServer, raw: bytes, words: str) -> None:
    client = empty_redis.client()
    client.set(KEY, raw)
    store = RedisStore(empty_redis.url)
    designs = DesignService(SharedState(store))
    for call in (designs.get_state, designs.clear, designs.clear_flags):
        with pytest.raises(ForeignDocumentError, match=words) as caught:
            await call()
        assert "packdesk reset" in caught.value.terminal
    assert client.get(KEY) == raw
    name = await designs.reset()
    assert name
    assert client.get(name) == raw, "moved, not lost"
    assert (await designs.get_state()).package_type == "box"
    store.close()
