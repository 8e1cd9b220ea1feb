"""Edits a stale foreign write destroyed, on a real server."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

import pytest
from support.writing import put

from packdesk.domain import merge
from packdesk.store import journal
from packdesk.store.base import KEY, Verdict, Write, WriteResult, revision_of
from packdesk.store.journal import ENTRIES, MAX_ENTRY_BYTES
from packdesk.store.redis import RedisStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import redis
    from support.redis_server import RedisServer

HEAD, VERSIONS, WHOLE = (f"{{{KEY}}}:{name}" for name in ("head", "versions", "whole"))
START: dict[str, Any] = {
    "package_type": "box",
    "package_dimensions": {"width": 100, "height": 150, "depth": 100},
    "panel_textures": {},
}


def raw(**fields: Any) -> bytes:
    return json.dumps(START | fields).encode()


@pytest.fixture
def store(empty_redis: RedisServer) -> Iterator[RedisStore]:
    made = RedisStore(empty_redis.url)
    put(made, raw())
    put(made, raw(ours="secret text"))
    yield made
    made.close()


@pytest.fixture
def foreign(empty_redis: RedisServer) -> redis.Redis:
    return empty_redis.client()


def aged(judge: Callable[..., Any], seconds: int) -> Callable[..., Any]:
    """The same judgement, that much later by the server's clock."""

    def later(value: bytes, entries: Any, clock: tuple[int, int], **options: Any) -> Any:
        return judge(value, entries, (clock[0] + seconds, clock[1]), **options)

    return later


def fields(store: RedisStore) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(store.load() or b"null")
    return found


def test_both_edits_stand_and_for_everybody(store: RedisStore, foreign: redis.Redis) -> None:
    foreign.set(KEY, raw(theirs=1))
    assert fields(store) == START | {"theirs": 1, "ours": "secret text"}
    assert foreign.get(KEY) == store.load()


def test_a_repair_is_logged_without_values(
    store: RedisStore, foreign: redis.Redis, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "packdesk")
    foreign.set(KEY, raw(theirs=1))
    store.load()
    store.load()
    (record,) = caplog.records
    assert record.levelno == logging.INFO
    assert record.getMessage().endswith("brought back: ours")
    assert "secret" not in record.getMessage()


def test_without_a_journal_the_foreign_write_stands(store: RedisStore, foreign: redis.Redis) -> None:
    foreign.set(KEY, raw(theirs=1))
    plain = RedisStore(store.place.join(["redis://", ""]), journal=False)
    assert fields(plain) == START | {"theirs": 1}
    plain.close()


def test_after_the_window_the_foreign_write_stands(
    store: RedisStore, foreign: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "merge_for", aged(journal.merge_for, merge.WINDOW_MS // 1000 + 1))
    foreign.set(KEY, raw(theirs=1))
    assert fields(store) == START | {"theirs": 1}


def test_a_foreign_delete_clears(store: RedisStore, foreign: redis.Redis) -> None:
    foreign.delete(KEY)
    assert store.load() is None


def test_the_same_foreign_bytes_are_examined_once(
    store: RedisStore, foreign: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign.set(KEY, raw(ours="secret text", theirs=1))
    looks: list[bytes] = []
    judge = journal.merge_for

    def watched(value: bytes, *words: Any, **options: Any) -> Any:
        looks.append(value)
        return judge(value, *words, **options)

    monkeypatch.setattr(journal, "merge_for", watched)
    for _ in range(3):
        assert store.load() == raw(ours="secret text", theirs=1)
    assert len(looks) == 1
    put(store, raw(ours="newer", theirs=1))
    foreign.set(KEY, raw(ours="secret text", theirs=1))
    store.load()
    assert len(looks) == 2, "the same bytes after another edit of ours are another case"


def test_an_ordinary_load_is_one_command(store: RedisStore, foreign: redis.Redis) -> None:
    def served() -> int:
        return int(foreign.info("stats")["total_commands_processed"])

    store.load()
    before = served()
    store.load()
    assert served() - before == 2, "the load, and the counting"


@pytest.mark.parametrize("faster", [raw(theirs=2), raw(theirs=2, ours="secret text")])
def test_a_lost_race_is_judged_anew(
    store: RedisStore, foreign: redis.Redis, monkeypatch: pytest.MonkeyPatch, faster: bytes
) -> None:
    foreign.set(KEY, raw(theirs=1))
    write = store.write
    lost: list[Write] = []

    def beaten(attempt: Write) -> Any:
        if not lost:
            lost.append(attempt)
            foreign.set(KEY, faster)
        return write(attempt)

    monkeypatch.setattr(store, "write", beaten)
    assert fields(store) == START | {"ours": "secret text", "theirs": 2}


def test_a_program_faster_than_any_mending_loses_us_nothing(
    store: RedisStore, foreign: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = iter(range(1, 10_000))
    look = store._journal_now

    def written_meanwhile() -> Any:
        seen = look()
        foreign.set(KEY, raw(theirs=next(numbers)))
        return seen

    foreign.set(KEY, raw(theirs=0))
    with monkeypatch.context() as faster:
        faster.setattr(store, "_journal_now", written_meanwhile)
        faster.setattr("packdesk.store.redis.DEADLINE_S", 0.05)
        seen = store.load()
    assert json.loads(seen or b"")["ours"] == "secret text", "though it stands nowhere yet"
    assert store.write(Write(seen, raw(mine=1))).verdict is Verdict.CONFLICT
    foreign.set(KEY, raw(theirs=7))
    with monkeypatch.context() as beaten:
        beaten.setattr(store, "write", lambda _: WriteResult(Verdict.CONFLICT))
        beaten.setattr("packdesk.store.redis.DEADLINE_S", 0.05)
        seen = store.load()
    edited = json.dumps(json.loads(seen or b"") | {"mine": 1}).encode()
    assert store.write(Write(seen, edited)).verdict is Verdict.WRITTEN
    assert fields(store) == START | {"ours": "secret text", "theirs": 7, "mine": 1}


def test_two_who_notice_repair_once(
    store: RedisStore, empty_redis: RedisServer, foreign: redis.Redis
) -> None:
    foreign.set(KEY, raw(theirs=1))
    other = RedisStore(empty_redis.url)
    assert store.load() == other.load()
    assert foreign.llen(VERSIONS) == 4, "the start, our edit, what they wrote, what was made of it"
    other.close()


def test_a_version_only_others_wrote_is_known_too(store: RedisStore, foreign: redis.Redis) -> None:
    theirs = raw(ours="secret text", theirs=1)
    foreign.set(KEY, theirs)
    put(store, raw(ours="newer", theirs=1))
    foreign.set(KEY, raw(ours="secret text", theirs=2))
    assert fields(store) == START | {"ours": "newer", "theirs": 2}


def test_the_first_version_is_known_whoever_wrote_it(empty_redis: RedisServer, foreign: redis.Redis) -> None:
    foreign.set(KEY, raw())
    store = RedisStore(empty_redis.url)
    put(store, raw(ours=1))
    foreign.set(KEY, raw(theirs=1))
    assert fields(store) == START | {"ours": 1, "theirs": 1}
    store.close()


def test_a_quiet_server_forgets_the_journal(store: RedisStore, foreign: redis.Redis) -> None:
    assert foreign.pttl(VERSIONS) > 0
    assert foreign.pttl(HEAD) > 0


def test_the_journal_stays_short(store: RedisStore, foreign: redis.Redis) -> None:
    for number in range(2 * ENTRIES):
        put(store, raw(number=number))
    assert foreign.llen(VERSIONS) == ENTRIES


def picture(number: int) -> dict[str, str]:
    return {"panel_id": "front", "texture_url": f"data:{number}" + "x" * 2_000_000, "prompt": f"{number}"}


def test_a_document_with_pictures_in_it_is_mended_and_its_journal_is_small(
    store: RedisStore, foreign: redis.Redis
) -> None:
    put(store, raw(panel_textures={"front": picture(1)}))
    put(store, raw(panel_textures={"front": picture(2), "back": picture(3)}))
    foreign.set(KEY, raw(panel_textures={"front": picture(1), "top": picture(4)}))
    assert fields(store)["panel_textures"] == {"front": picture(2), "back": picture(3), "top": picture(4)}
    assert sum(len(entry) for entry in foreign.lrange(VERSIONS, 0, -1)) < 10_000
    assert 0 < foreign.pttl(WHOLE) <= journal.KEPT_MS


def test_what_is_large_without_pictures_keeps_no_journal_and_is_no_ground_for_repairs(
    store: RedisStore, foreign: redis.Redis
) -> None:
    put(store, raw(numbers=list(range(MAX_ENTRY_BYTES))))
    assert foreign.exists(HEAD, VERSIONS) == 0
    foreign.set(KEY, raw(theirs=1))
    assert fields(store) == START | {"theirs": 1}
    put(store, raw(theirs=1, ours="again"))
    assert foreign.get(HEAD) == revision_of(raw(theirs=1, ours="again")).encode()
    foreign.set(KEY, raw(theirs=2, ours="secret text"))
    assert fields(store)["ours"] == "secret text", "nothing older than the large one counts"


def test_who_may_only_read_reads_what_stands(
    store: RedisStore, empty_redis: RedisServer, foreign: redis.Redis
) -> None:
    allowed = ["+@connection", "+get", "+mget"]
    foreign.acl_setuser("reader", enabled=True, passwords=["+pw"], keys=["*"], commands=allowed)
    foreign.set(KEY, raw(theirs=1))
    reader = RedisStore(empty_redis.url.replace("//", "//reader:pw@"))
    assert fields(reader) == START | {"theirs": 1}
    reader.close()
    foreign.acl_deluser("reader")


def test_a_generation_s_end_does_not_lose_to_a_stale_write(store: RedisStore, foreign: redis.Redis) -> None:
    put(store, raw(in_progress=True, ours=1))
    put(store, raw(in_progress=False, ours=2))
    foreign.set(KEY, raw(in_progress=True, ours=1, theirs=1))
    assert fields(store) == START | {"in_progress": False, "ours": 2, "theirs": 1}


def test_an_edit_on_top_of_an_unseen_stale_write_keeps_all_three(
    store: RedisStore, foreign: redis.Redis
) -> None:
    known = store.load()
    foreign.set(KEY, raw(theirs=1))
    assert store.write(Write(known, raw(mine=1))).verdict is Verdict.CONFLICT
    before = store.load()
    put(store, json.dumps(json.loads(before or b"") | {"mine": 1}).encode())
    assert set(fields(store)) - set(START) == {"ours", "theirs", "mine"}


def test_a_program_that_writes_all_the_time_is_mended_in_the_end(
    store: RedisStore, foreign: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes = iter(range(1, 60))
    look = store._journal_now

    def written_meanwhile() -> Any:
        seen = look()
        if (number := next(writes, None)) is not None:
            foreign.set(KEY, raw(theirs=number))
        return seen

    monkeypatch.setattr(store, "_journal_now", written_meanwhile)
    foreign.set(KEY, raw(theirs=0))
    assert fields(store) == START | {"theirs": 59, "ours": "secret text"}
