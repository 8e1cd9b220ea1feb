"""The lease of the local store, and files beside the store, to the millisecond, the byte and the folder."""

from __future__ import annotations

import io
import json
import logging
import os
import sqlite3
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest
from support.hostile_bundles import entries_of, sound_bundle, zipped
from support.providers import picture_bytes

from packdesk.domain.merge import WINDOW_MS, Merge
from packdesk.domain.size_edit import SizeEdit
from packdesk.domain.state import default_state
from packdesk.errors import BundleError, ReadOnlyError, StoreUnavailableError
from packdesk.services.lease import new_record
from packdesk.services.uses import documents_in
from packdesk.store import sqlite_lease
from packdesk.store.base import (
    LEASE_MS,
    MAX_RECORD_BYTES,
    LeaseStep,
    Verdict,
    Write,
    readable_record,
    revision_of,
)
from packdesk.store.bundle import archive as bundle_archive
from packdesk.store.bundle.files import read_bundle, write_bundle
from packdesk.store.journal import MAX_ENTRY_BYTES, StaleWriteRepair, entry_of, log_repair, merge_for
from packdesk.store.last_seen import LastSeen
from packdesk.store.read_only import OfflineStore, ReviewStore
from packdesk.store.sqlite import _SCHEMA, SqliteStore
from packdesk.store.sqlite_lease import Lease
from packdesk.textures.check import clean_picture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW_MS = 1_000_000
START = b'{"package_type":"box","package_dimensions":{"width":100,"height":150,"depth":100}}'


@pytest.fixture
def connection(monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """A database with a lease, at a time that stands still."""
    monkeypatch.setattr(sqlite_lease, "now_ms", lambda: NOW_MS)
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.executescript(_SCHEMA)
    yield made
    made.close()


def leased(connection: sqlite3.Connection, record: object, left_ms: object, token: object) -> None:
    until = NOW_MS + left_ms if isinstance(left_ms, int) else left_ms
    connection.execute("UPDATE lease SET record = ?, until_ms = ?, turn = ?", (record, until, token))


@pytest.mark.parametrize(
    ("left_ms", "seen"),
    [(1, 1), (0, 0), (-5, 0), (LEASE_MS + 1000, 16_000), (LEASE_MS + 1001, 0), ("soon", 0)],
)
def test_how_long_a_lease_runs(connection: sqlite3.Connection, left_ms: object, seen: int) -> None:
    leased(connection, "me", left_ms, 3)
    assert sqlite_lease.read(connection) == Lease("me", seen, 3)


def test_where_no_lease_was_ever_taken_the_first_is_number_one(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM lease")
    assert sqlite_lease.read(connection) == Lease("", 0, 0)
    assert sqlite_lease.step(connection, Write(None, b"", LeaseStep.TAKE, "me")) == 1


@pytest.mark.parametrize(
    ("token", "seen"), [(0, 0), (-1, 0), (2**52 - 1, 2**52 - 1), (2**52, 0), ("many", 0)]
)
def test_how_often_a_lease_was_taken(connection: sqlite3.Connection, token: object, seen: int) -> None:
    leased(connection, "me", 5, token)
    assert sqlite_lease.read(connection).fencing_token == seen


def test_what_the_lease_refuses(connection: sqlite3.Connection) -> None:
    def verdict(step: LeaseStep, record: str = "me", token: int = 3) -> Verdict | None:
        answer = sqlite_lease.refused(connection, Write(None, b"", step, record, token))
        return None if answer is None else answer.verdict

    leased(connection, "me", 5, 3)
    assert verdict(LeaseStep.TAKE) is verdict(LeaseStep.RECOVER) is Verdict.BUSY
    assert verdict(LeaseStep.KEEP) is verdict(LeaseStep.END) is None
    assert verdict(LeaseStep.END, token=2) is Verdict.SUPERSEDED
    assert verdict(LeaseStep.END, token=4) is None
    leased(connection, "me", 0, 3)
    assert verdict(LeaseStep.TAKE) is verdict(LeaseStep.RECOVER) is None
    assert verdict(LeaseStep.RECOVER, "another") is Verdict.SUPERSEDED


def test_what_a_write_does_to_the_lease(connection: sqlite3.Connection) -> None:
    leased(connection, "", 0, 7)
    assert sqlite_lease.step(connection, Write(None, b"", LeaseStep.TAKE, "me")) == 8
    assert sqlite_lease.read(connection) == Lease("me", LEASE_MS, 8)
    assert sqlite_lease.step(connection, Write(None, b"", LeaseStep.KEEP)) == 0
    assert sqlite_lease.read(connection) == Lease("me", LEASE_MS, 8)
    leased(connection, "me", 5, 8)
    assert sqlite_lease.renew(connection, "me")
    assert sqlite_lease.read(connection).left_ms == LEASE_MS
    assert not sqlite_lease.renew(connection, "another")
    assert sqlite_lease.step(connection, Write(None, b"", LeaseStep.END, "me", 8)) == 0
    assert sqlite_lease.read(connection) == Lease("", 0, 8)


@pytest.mark.parametrize(
    ("record", "left_ms", "token", "mended"),
    [
        ("me", 5, 3, None),
        ("me", 0, 3, None),
        ("", -1000, 0, None),
        ("me", 5, "many", Lease("me", 5, 0)),
        ("me", "soon", 3, Lease("", 0, 3)),
        ("me", 10 * LEASE_MS, 3, Lease("", 0, 3)),
        (b"\xff", 5, 3, Lease("", 5, 3)),
    ],
)
def test_what_is_mended_of_a_lease(
    connection: sqlite3.Connection, record: object, left_ms: object, token: object, mended: Lease | None
) -> None:
    leased(connection, record, left_ms, token)
    before = sqlite_lease.read(connection)
    assert sqlite_lease.mend(connection) == (0 if mended is None else 1)
    assert sqlite_lease.read(connection) == (mended or before)
    assert sqlite_lease.mend(connection) == 0
    connection.execute("DELETE FROM lease")
    assert sqlite_lease.mend(connection) == 1
    assert sqlite_lease.read(connection) == Lease("", 0, 0)


def test_a_store_says_what_it_mended(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "state.db")
    assert store.load() is None
    with sqlite3.connect(tmp_path / "state.db") as other:
        other.execute("UPDATE lease SET turn = 'many'")
    other.close()
    assert (store.mend(), store.mend()) == (1, 0)
    store.close()


def test_a_record_is_read_up_to_its_limit() -> None:
    assert readable_record("x" * MAX_RECORD_BYTES) == "x" * 4096
    assert readable_record("x" * (MAX_RECORD_BYTES + 1)) == ""
    assert readable_record(b"me") == "me"
    assert readable_record(b"\xff") == readable_record(7) == readable_record(None) == ""
    assert (revision_of(None), len(revision_of(b""))) == ("", 40)


def test_documents_are_looked_for_three_folders_deep(tmp_path: Path) -> None:
    for depth in range(5):
        folder = tmp_path.joinpath(*[f"d{number}" for number in range(depth)])
        folder.mkdir(exist_ok=True)
        (folder / "a.json").write_bytes(b"%d" % depth)
        (folder / "a.txt").write_bytes(b"no document")
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "b.json").write_bytes(b"a note")
    (tmp_path / "c.json").mkdir()
    found = sorted(content for _, content in documents_in(tmp_path, tmp_path / "library"))
    assert found == [b"0", b"1", b"2", b"3"]
    assert list(documents_in(tmp_path / "none", tmp_path)) == []


def entry(number: int) -> bytes:
    """A document that is so many bytes long."""
    return b'{"a":' + b"1" * (number - 6) + b"}"


def test_the_journal_takes_what_is_small_without_its_pictures() -> None:
    assert entry_of(entry(500)) == entry(500)
    full = json.dumps({"a": [1] * 4}).encode() + b" " * (MAX_ENTRY_BYTES - 19)
    assert len(full) == MAX_ENTRY_BYTES
    assert entry_of(full) == full
    assert entry_of(full + b" ") == b""
    assert entry_of(None) == entry_of(b"no json" * 500) == b""
    assert len(entry_of(json.dumps({"url": "x" * 100_000}).encode())) < 200


@pytest.mark.parametrize(
    ("stamp", "counts"),
    [
        (b"100000 o ", True),
        (b"100000 f ", False),  # who wrote that last has read it
        (b"100000 x ", False),
        (b"-1 o ", False),
        (b"1" * 16 + b" o ", False),
    ],
)
def test_entries_of_the_journal_are_ours_or_no_entries(stamp: bytes, counts: bool) -> None:
    ours = START[:-1] + b',"ours":1}'
    entries = [stamp + ours, b"99999 o " + START]
    merge = merge_for(START[:-1] + b',"theirs":1}', entries, (100, 500_000), leased=False)
    assert (merge is not None) == counts


@pytest.mark.parametrize(("late_us", "counts"), [(0, True), (999, True), (1000, False)])
def test_the_server_s_time_counts_in_milliseconds(late_us: int, counts: bool) -> None:
    entries = [b"100250 o " + START[:-1] + b',"ours":1}', b"99999 o " + START]
    clock = (100 + WINDOW_MS // 1000, 250_000 + late_us)
    assert (merge_for(START[:-1] + b',"theirs":1}', entries, clock, leased=False) is not None) == counts


@pytest.mark.parametrize(("count", "more"), [(12, ""), (13, " and 1 more")])
def test_of_many_fields_twelve_are_logged(count: int, more: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "packdesk")
    log_repair(Merge(b"", tuple(f"f{number}" for number in range(count))))
    assert caplog.messages[0].endswith("f11" + more)


def test_a_value_is_examined_when_it_is_not_ours_and_new() -> None:
    repair = StaleWriteRepair()
    head = revision_of(b"ours")
    assert not repair.is_needed(b"ours", head)
    assert not repair.is_needed(b"theirs", "")
    assert repair.is_needed(b"theirs", head)
    assert repair.judge(b"theirs", head, ([], (1, 1), False), lambda: None) is None
    assert not repair.is_needed(b"theirs", head)
    assert repair.is_needed(b"theirs again", head)


def test_what_was_seen_last_is_recalled(tmp_path: Path) -> None:
    seen = LastSeen(tmp_path / "seen", "there")
    assert (seen.recall_state(), seen.recall_edit()) == (None, None)
    edit = SizeEdit.of("box", 20, 30, 40.5, switches=True)
    seen.keep_state(START)
    seen.keep_edit(edit)
    again = LastSeen(tmp_path / "seen", "there")
    assert (again.recall_state(), again.recall_edit()) == (START, edit)
    assert LastSeen(tmp_path / "seen", "elsewhere").recall_state() is None
    names = sorted(path.name for path in (tmp_path / "seen").iterdir())
    assert [len(name.partition(".")[0]) for name in names] == [16, 16]
    for path in (tmp_path / "seen").iterdir():
        path.unlink()
    seen.keep_state(START)
    assert again.recall_state() is None, "the same document is written once"
    seen.keep_edit(None)
    seen.keep_edit(edit)
    seen.keep_edit(None)
    assert seen.recall_edit() is None


def test_a_waiting_edit_that_cannot_be_read_is_none(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    seen = LastSeen(tmp_path, "there")
    seen.keep_edit(SizeEdit.of("box", 20, 30, 40))
    (file,) = tmp_path.iterdir()
    file.write_text(file.read_text().replace("20", "5"))
    assert seen.recall_edit() is None
    assert "cannot be read" in caplog.text


def test_a_design_that_is_looked_at_is_never_written(tmp_path: Path) -> None:
    review = ReviewStore(START, "tea.packdesk")
    offline = OfflineStore(LastSeen(tmp_path, "there"), "there")
    assert (review.load(), offline.load()) == (START, None)
    assert review.status().revision == revision_of(START)
    assert (review.status().lease_ms, review.mend(), review.backups(), review.load_named("x")) == (
        0,
        0,
        [],
        None,
    )
    assert review.wait(0) is False
    for call in (review.set_aside, lambda: review.renew("me"), lambda: review.write(Write(None, b""))):
        with pytest.raises(ReadOnlyError):
            call()
    with pytest.raises(StoreUnavailableError):
        offline.write(Write(None, b""))
    with pytest.raises(StoreUnavailableError):
        offline.backups()
    review.close()


def bundle_of(*pictures: int) -> bytes:
    """A bundle with that many bytes in pictures nobody names."""
    entries = {
        name: data for name, data in entries_of(sound_bundle()).items() if not name.startswith("textures/")
    }
    return zipped(
        entries | {f"textures/{number:064x}.png": bytes(size) for number, size in enumerate(pictures)}
    )


def test_a_bundle_has_no_more_entries_than_one_with_objects_needs(tmp_path: Path) -> None:
    file, most = tmp_path / "a.packdesk", bundle_archive.MAX_ENTRIES
    file.write_bytes(bundle_of(*[1] * (most - 3)))
    with zipfile.ZipFile(file) as archive:
        assert len(archive.infolist()) == most
    assert len(read_bundle(file).damages) == 6
    file.write_bytes(bundle_of(*[1] * (most - 2)))
    with pytest.raises(BundleError, match="more entries"):
        read_bundle(file)


def test_a_bundle_may_be_as_large_as_the_limits_and_no_larger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, data = tmp_path / "a.packdesk", bundle_of(100_000)
    file.write_bytes(data)
    for name, most in (("MAX_ARCHIVE_BYTES", len(data)), ("MAX_PICTURE_BYTES", 100_000)):
        with monkeypatch.context() as limited:
            limited.setattr(bundle_archive, name, most)
            assert read_bundle(file).preview
            limited.setattr(bundle_archive, name, most - 1)
            with pytest.raises(BundleError):
                read_bundle(file)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        unpacked = sum(info.file_size for info in archive.infolist())
    packed = zipped(entries_of(data), zipfile.ZIP_DEFLATED)
    assert bundle_archive.MAX_RATIO == 100
    monkeypatch.setattr(bundle_archive, "MAX_RATIO", 2000)
    file.write_bytes(packed)
    monkeypatch.setattr(bundle_archive, "MAX_ARCHIVE_BYTES", unpacked)
    assert read_bundle(file).preview
    monkeypatch.setattr(bundle_archive, "MAX_ARCHIVE_BYTES", unpacked - 1)
    with pytest.raises(BundleError, match="more than a bundle can hold"):
        read_bundle(file)


@pytest.mark.parametrize("version", ["0", "true", "1.0", '"1"', "null", "-1"])
def test_versions_that_are_none_are_damage(version: str, tmp_path: Path) -> None:
    entries = entries_of(sound_bundle()) | {
        "version.json": b'{"format":"packdesk","version":%s}' % version.encode()
    }
    (tmp_path / "a.packdesk").write_bytes(zipped(entries))
    with pytest.raises(BundleError, match="is damaged"):
        read_bundle(tmp_path / "a.packdesk")


@pytest.mark.parametrize(("size", "kept"), [(8 * 2**20, True), (8 * 2**20 + 1, False)])
def test_a_preview_too_large_is_left_out(size: int, kept: bool, tmp_path: Path) -> None:
    png = clean_picture(picture_bytes(1)).png
    write_bundle(tmp_path / "a.packdesk", default_state(), {}, png + bytes(size - len(png)))
    with zipfile.ZipFile(tmp_path / "a.packdesk") as archive:
        assert ("preview.png" in archive.namelist()) == kept


@pytest.mark.skipif(os.name != "posix", reason="asks the system for a process")
def test_nobody_waits_for_a_holder_that_has_ended(tmp_path: Path) -> None:
    code = "import os; print(os.getpid())"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    store = SqliteStore(tmp_path / "store.sqlite3")
    record = json.loads(new_record("job")) | {"pid": int(ended.stdout)}
    elsewhere = record | {"host": "another-machine"}
    for holder, waits in ((elsewhere, True), (json.loads(new_record("job")), True), (record, False)):
        store.write(Write(store.load(), b"{}", LeaseStep.TAKE, json.dumps(holder)))
        assert (store.status().lease_ms > 0) == waits
        store.write(Write(store.load(), b"{}", LeaseStep.END, json.dumps(holder), 99))
    store.close()
