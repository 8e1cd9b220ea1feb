"""Changing the shared state: read, apply a pure function, write if nobody was faster, else again."""

from __future__ import annotations

import asyncio
import contextlib
import random
from typing import TYPE_CHECKING

from packdesk.domain.state import PackagingState, default_state
from packdesk.domain.transitions import IDLE
from packdesk.domain.wire import decode_state, encode_state
from packdesk.errors import PackdeskError, StoreBusyError
from packdesk.store.base import KEY, LeaseStep, Verdict, Write, WriteResult, revision_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from packdesk.store.base import StateStore, StoreStatus
    from packdesk.store.last_seen import LastSeen
    from packdesk.textures.addresses import TextureAddresses

    Mutation = Callable[[PackagingState], PackagingState]
    Listener = Callable[[PackagingState, bool], None]
    Recorder = Callable[[PackagingState, PackagingState], None]
    Follower = Callable[[PackagingState, PackagingState, bool], None]

MAX_ATTEMPTS = 60
_CALM_ATTEMPTS = 3
_LONGER_PAUSE_S = 0.002  # from attempt to attempt, at most
WAIT_SLICE_S = 0.25


class SharedState:
    """The one way services read and change the store, and the owner of what stands in it.

    Remembers what stood last, so that a change usually costs one round trip; what it remembers is never
    believed: a refusal, and a mutation that has nothing to do, are judged on a fresh reading.

    Args:
        store: where it stands.
        last_seen: keeps a copy on this machine.
        addresses: how our own pictures are named in what is written; without it by their files.

    Attributes:
        gone: the design stood here and nothing does any more. It goes on as it was seen last, and the next
            change puts it back, until it is forgotten.
        listener: called, on the thread of whoever read or wrote, with each state that is known to stand, and
            `gone`.
        follower: likewise, with the state that stood before; at first what this machine saw last.
        recorder: called on a thread of its own with the states before and after each write of ours that
            changes pictures, before anybody hears of it.
    """

    def __init__(
        self,
        store: StateStore,
        last_seen: LastSeen | None = None,
        addresses: TextureAddresses | None = None,
    ) -> None:
        self._store = store
        self._last_seen = last_seen
        self._addresses = None if addresses is None or addresses.plain else addresses
        self._last: bytes | None = None
        self._known = False
        self._answers = 0
        self._on_the_way: list[bytes] = []
        self._named: tuple[bytes | None, str] = (None, "")
        self._shown: PackagingState | None = None
        self._recalled: PackagingState | None = None
        self.gone = False
        self.listener: Listener = _ignore
        self.follower: Follower = _ignore_both
        self.recorder: Recorder | None = None

    def unfollow(self) -> None:
        """Tell nobody any more."""
        self.listener = _ignore

    async def load(self) -> PackagingState:
        """Read the current state."""
        while True:
            stands, _, state = await self._fresh()
            if stands:
                return state

    async def status(self) -> StoreStatus:
        """Revision and lease."""
        return await asyncio.to_thread(self._store.status)

    async def renew(self, record: str) -> bool:
        """Let the holder's lease run on; False when it is lost."""
        return await asyncio.to_thread(self._store.renew, record)

    async def wait(self, seconds: float) -> None:
        """Return when the state may have changed, at the latest after that time."""
        # In slices, so that a cancelled wait keeps its thread only for a moment.
        for _ in range(max(1, round(seconds / WAIT_SLICE_S))):
            if await asyncio.to_thread(self._store.wait, WAIT_SLICE_S):
                return

    async def set_aside(self) -> str | None:
        """Move what stands in the store aside; returns the name it has now."""
        name = await asyncio.to_thread(self._store.set_aside)
        if self._shown is not None and not self.gone:
            self.follower(self._shown, default_state(), True)  # noqa: FBT003  (as a listener)
        self.forget()
        return name

    @property
    def revision(self) -> str | None:
        """Revision of what was read or written here last; None while nothing is known."""
        if not self._known:
            return None
        if self._named[0] is not self._last:
            self._named = (self._last, revision_of(self._last))
        return self._named[1]

    def is_writing(self, revision: str) -> bool:
        """Whether a write that makes that revision is on its way; its answer tells."""
        return any(revision_of(raw) == revision for raw in self._on_the_way)

    def forget(self) -> None:
        """Nothing stood here: an empty store is the default design."""
        self._known = self.gone = False
        self._answers += 1
        self._shown = None

    async def named(self, name: str) -> bytes | None:
        """The bytes stored under a name, whether they can be read or not; None for nothing."""
        if name == KEY:
            return await asyncio.to_thread(self._store.load)
        return await asyncio.to_thread(self._store.load_named, name)

    async def mend(self) -> int:
        """Drop what is damaged beside the value; returns how much that was."""
        return await asyncio.to_thread(self._store.mend)

    async def commit(self, mutate: Mutation) -> PackagingState:
        """Apply `mutate` to the current state and store the result; returns what stands then.

        The function is re-run on the newest state whenever another program was faster, so no edit of either
        side is lost. A mutation that returns its argument unchanged writes nothing.

        Raises:
            StoreBusyError: others were faster every time.
            PackdeskError: whatever `mutate` or the store raises; nothing is written then.
        """
        state, _ = await self.commit_with_lease(mutate, LeaseStep.KEEP)
        return state

    async def commit_with_lease(
        self, mutate: Mutation, step: LeaseStep, record: str = "", fencing_token: int = 0
    ) -> tuple[PackagingState, WriteResult]:
        """As `commit`, changing the lease in the same step.

        The result's verdict says whether it was written, or `BUSY` or `SUPERSEDED` instead.
        """
        for attempt in range(MAX_ATTEMPTS):
            raw, before, after = await self._mutated(mutate)
            if after is None:
                return self._state_of(raw), WriteResult(Verdict.WRITTEN)
            if self._addresses is not None:
                after = await asyncio.to_thread(self._addresses.written, after)
            write = Write(raw, encode_state(after), step, record, fencing_token)
            answers = self._answers
            result = await self._sent(write)
            if result.verdict is Verdict.WRITTEN:
                if self.recorder is not None and before.texture_urls() != after.texture_urls():
                    await asyncio.to_thread(self.recorder, before, after)
                await self._take_written(write.new, after, answers)
                return after, result
            if result.verdict is not Verdict.CONFLICT:
                return self._state_of(raw), result
            self._known = False
            if attempt >= _CALM_ATTEMPTS:
                longest = _LONGER_PAUSE_S * attempt
                await asyncio.sleep(random.uniform(0, longest))  # noqa: S311  (spreads writers)
        raise StoreBusyError("Other programs kept changing the design, so the edit was not saved.")

    async def _sent(self, write: Write) -> WriteResult:
        self._on_the_way.append(write.new)
        try:
            return await asyncio.to_thread(self._write, write)
        finally:
            self._on_the_way.remove(write.new)

    async def _take_written(self, raw: bytes, state: PackagingState, answers: int) -> None:
        if answers == self._answers:
            self._take(raw, state)
        else:  # the answers of two calls have crossed, and none says which is the newer
            with contextlib.suppress(PackdeskError):  # it is written; whoever follows the store reads again
                await self.load()

    async def _mutated(self, mutate: Mutation) -> tuple[bytes | None, PackagingState, PackagingState | None]:
        """What stands, as bytes and read, and what it becomes; None when nothing changes."""
        if self._known:
            raw = self._last
            with contextlib.suppress(PackdeskError):  # judged below, on what stands now
                before = self._state_of(raw)
                after = mutate(before)
                if after is not before:
                    return raw, before, after
        _, raw, before = await self._fresh()
        after = mutate(before)
        return raw, before, None if after is before else after

    async def _fresh(self) -> tuple[bool, bytes | None, PackagingState]:
        """Read the store: whether that is known to stand now, and what it is."""
        self._known, answers = False, self._answers
        raw, state = await asyncio.to_thread(self._read)
        stands = answers == self._answers  # else a call that was answered meanwhile may be the newer
        if stands:
            self._take(raw, state)
        return stands, raw, state

    def _take(self, raw: bytes | None, state: PackagingState) -> None:
        self._last, self._known = raw, True
        self._answers += 1
        before, was_gone = self._shown or self._recalled, self.gone
        self._recalled = None
        self.gone = raw is None and self._shown is not None
        if raw is not None:
            self._shown = state
        if before is not None and not was_gone:
            self.follower(before, state, raw is None)
        self.listener(state, self.gone)

    def _read(self) -> tuple[bytes | None, PackagingState]:
        raw = self._store.load()
        state = self._state_of(raw)
        if self._last_seen is not None and self._answers == 0:
            with contextlib.suppress(PackdeskError):  # it was somebody else's, or damaged
                self._recalled = state_from(self._last_seen.recall_state())
        self._keep(raw)  # never a document that cannot be read
        return raw, state

    def _write(self, write: Write) -> WriteResult:
        result = self._store.write(write)
        if result.verdict is Verdict.WRITTEN:
            self._keep(write.new)
        return result

    def _keep(self, raw: bytes | None) -> None:
        if raw is not None and self._last_seen is not None:
            self._last_seen.keep_state(raw)

    def _state_of(self, raw: bytes | None) -> PackagingState:
        if raw is None and self._shown is not None:
            return self._shown.model_copy(update=IDLE)
        return state_from(raw)


def state_from(raw: bytes | None) -> PackagingState:
    """The state behind stored bytes; without any, the default design."""
    return default_state() if raw is None else decode_state(raw)


def _ignore_both(_before: PackagingState, _after: PackagingState, _gone: bool) -> None:  # noqa: FBT001  (as below)
    pass


def _ignore(_state: PackagingState, _gone: bool) -> None:  # noqa: FBT001  (a listener)
    pass
