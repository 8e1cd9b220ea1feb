"""What a store refuses with, looked at from all sides."""

from __future__ import annotations

import time
import traceback
from typing import TYPE_CHECKING

import pytest

from packdesk.errors import PackdeskError
from packdesk.store.base import Write
from packdesk.store.faults import FAULTS, store_error
from packdesk.store.redis import CALL_TIMEOUT_S, DEADLINE_S, RedisStore

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET = "s3cr3t-pass"
SLACK_S = 0.6


def load(store: RedisStore) -> object:
    return store.load()


def look(store: RedisStore) -> object:
    return store.status()


def write(store: RedisStore) -> object:
    return store.write(Write(store.load(), b'{"new": 1}'))


def refusal(url: str, call: Callable[[RedisStore], object] = load) -> PackdeskError:
    """The error of one call, raised in bounded time, with a remedy and without the password."""
    store = RedisStore(url)
    started = time.monotonic()
    with pytest.raises(PackdeskError) as caught:
        call(store)
    assert time.monotonic() - started < DEADLINE_S + CALL_TIMEOUT_S + SLACK_S
    store.close()
    check_discreet(caught.value, store.place)
    return caught.value


def check_discreet(error: PackdeskError, place: str) -> None:
    assert error.remedy
    assert error.__cause__ is None
    assert error.__context__ is None or error.__suppress_context__
    shown = "".join(traceback.format_exception(error, chain=True))
    assert SECRET not in error.full_text() + repr(error) + place + shown


def is_told(error: PackdeskError, kind: str) -> bool:
    """Whether it is the very sentence, remedy and class of that fault."""
    sentence, remedy = FAULTS[kind]
    before, _, after = sentence.partition("{place}")
    told = error.sentence.startswith(before) and error.sentence.endswith(after)
    return type(error) is type(store_error(kind, "")) and told and error.remedy == remedy
