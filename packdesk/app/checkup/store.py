"""The store: does it answer, how fast, how safe is what it holds, what design is that, and who generates."""

from __future__ import annotations

import contextlib
import statistics
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from packdesk.app.checkup.finding import Finding, to_mend
from packdesk.app.core import choose_store
from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.state import PackagingState, default_state
from packdesk.domain.text import cut, cut_names
from packdesk.domain.wire import decode_state
from packdesk.errors import ForeignDocumentError, PackdeskError
from packdesk.store.base import KEY, holder_in
from packdesk.store.job_records import JobFolder
from packdesk.store.links import KeptLinks
from packdesk.store.reviews import KeptReviews

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from packdesk.settings import Settings
    from packdesk.store.base import StateStore, StoreStatus

_ROUND_TRIPS = 5
_SLOW_MS = 250
_ERROR_LENGTH = 600


@runtime_checkable
class KnowsItsServer(Protocol):
    """A store that can tell what it stands on."""

    def server_facts(self) -> dict[str, str]:
        """Facts by name, in the server's own words."""
        ...


@dataclass
class StoreExamined:
    """What was found at the store.

    Attributes:
        place: where it is; empty when its address is none.
        status: its status, when it answered.
        state: the design, when it could be read.
        findings: in words.
    """

    place: str = ""
    status: StoreStatus | None = None
    state: PackagingState | None = None
    findings: list[Finding] = field(default_factory=list)


@contextlib.contextmanager
def looking_store(settings: Settings) -> Iterator[StateStore]:
    """The store, only looked at."""
    with contextlib.closing(choose_store(settings.model_copy(update={"repair": False}))) as store:
        yield store


def examine_store(settings: Settings) -> StoreExamined:
    """Ask the store everything there is to ask, once."""
    found = StoreExamined()
    try:
        with looking_store(settings) as store:
            found.place = store.place
            _ask(store, found)
    except PackdeskError as error:
        found.findings.append(to_mend("store", error))
    return found


def _ask(store: StateStore, found: StoreExamined) -> None:
    raw = None
    try:
        raw = store.load()
        found.state = default_state() if raw is None else decode_state(raw)
        design = _design(found.state, raw)
    except ForeignDocumentError as error:
        design = to_mend("design", error)
    found.findings.append(_answers(store, found))
    if isinstance(store, KnowsItsServer):
        found.findings += _server(store)
    found.findings.append(design)


def _answers(store: StateStore, found: StoreExamined) -> Finding:
    where = f"{store.kind}, {store.place}"
    if store.kind == "offline":
        found.status = store.status()
        return Finding("store", "note", f"{where}: not asked, packdesk is offline on purpose")
    times = []
    try:
        for _ in range(_ROUND_TRIPS):
            started = time.perf_counter()
            found.status = store.status()
            times.append(1000 * (time.perf_counter() - started))
    except ForeignDocumentError:  # told as the design
        return Finding("store", "ok", f"{where}: answers")
    middle = statistics.median(times)
    text = f"{where}: answers in {middle:.1f} ms"
    if middle > _SLOW_MS:
        return Finding("store", "note", text, "The network to the server is slow; packdesk still works.")
    return Finding("store", "ok", text)


def _server(store: KnowsItsServer) -> list[Finding]:
    try:
        facts = store.server_facts()
    except PackdeskError:
        return [Finding("server", "note", "The server does not say what it is.", "It works without that.")]
    if "role" not in facts:
        return [Finding("server", "ok", ", ".join(f"{name} {value}" for name, value in facts.items()))]
    return [_durability(facts), *_losing(facts), _writing(facts)]


def _durability(facts: dict[str, str]) -> Finding:
    server, kept = facts["server"], facts.get("appendonly")
    if kept == "yes":
        return Finding(
            "server", "ok", f"{server}, appendonly yes: what is saved survives a crash of the server"
        )
    if kept is None:
        text = f"{server}; it does not say whether what is saved survives a crash (CONFIG is refused)"
        return Finding(
            "server", "note", text, "Ask whoever runs it for the line “appendonly yes” in redis.conf."
        )
    return Finding(
        "server",
        "note",
        f"{server}, appendonly {kept}: the newest edits are lost when the server crashes",
        "Write the line “appendonly yes” into its redis.conf and start it again.",
    )


def _losing(facts: dict[str, str]) -> list[Finding]:
    """What makes the server drop the design by itself."""
    found = []
    if facts.get("eviction", "").startswith("allkeys-"):
        limit = int(facts.get("maxmemory", 0))
        when = f"once its {limit / 2**20:,.0f} MB are full" if limit else "if its memory is ever limited"
        found.append(
            Finding(
                "eviction",
                "note",
                f"maxmemory-policy {facts['eviction']}: the server may remove the design {when}",
                "Write “maxmemory-policy noeviction” into its redis.conf, or use a server of your own.",
            )
        )
    if "expires_s" in facts:
        found.append(
            Finding(
                "expiry",
                "mend",  # not a risk but a date
                f"some program has set an expiry: the design will be lost in {facts['expires_s']} s",
                f"“redis-cli persist {KEY}” takes it away, until that program sets it again.",
            )
        )
    return found


def _writing(facts: dict[str, str]) -> Finding:
    if facts["role"] in {"slave", "replica"}:
        return Finding(
            "writing",
            "mend",
            "The server is a read-only replica: the design can be looked at, not changed.",
            "Point PACKDESK_REDIS_URL at the primary server.",
        )
    return Finding("writing", "ok", "the server is a primary and takes writes")


def _design(state: PackagingState, raw: bytes | None) -> Finding:
    known = PANEL_IDS[state.package_type]
    shown = [panel_id for panel_id in known if panel_id in state.panel_textures]
    size = " × ".join(f"{side:g}" for side in state.package_dimensions.as_tuple())
    moment = cut(state.updated_at or "at an unknown time", 40)
    saved = f"saved {moment}, {len(raw):,} bytes" if raw else "never saved"
    text = f"{state.package_type} {size} mm, artwork on {len(shown)} of {len(known)} panels, {saved}"
    if not state.last_error:
        return Finding("design", "ok", text)
    remedy = "Generate the panels it names again; the others are as they should be."
    error = cut(state.last_error, _ERROR_LENGTH)
    return Finding("design", "note", f"{text}. Its last error: {error}", remedy)


def generation(status: StoreStatus | None, state: PackagingState | None) -> list[Finding]:
    """Who generates, and whether the flags in the design agree."""
    if status is None:
        return []
    lease = _lease(status)
    return [lease] if state is None else [lease, _flags(status, state)]


def _lease(status: StoreStatus) -> Finding:
    if not status.record:
        return Finding("generation", "ok", "nobody is generating")
    if status.lease_ms:
        return Finding("generation", "ok", f"{_holder(status.record)} is generating")
    text = f"{_holder(status.record)} was generating and ended before it was done"
    return Finding("generation", "note", text, "The next window or generation clears that up by itself.")


def _holder(record: str) -> str:
    holder = holder_in(record)
    if holder is None or not holder.since:
        return "some program"
    return f"packdesk on {cut(holder.host, 60)} (process {holder.pid}, since {cut(holder.since, 30)})"


def _flags(status: StoreStatus, state: PackagingState) -> Finding:
    if not state.generating:
        return Finding("flags", "ok", "the design is not marked as being generated")
    panels = cut_names(state.panels_in_work(), "and {0} more") or "no panel named"
    what = f"the design is marked as being generated ({panels})"
    if status.record:
        return Finding("flags", "ok", what)
    return Finding(
        "flags",
        "note",
        f"{what} by a program that is not packdesk, since {cut(state.updated_at or 'an unknown time', 40)}",
        "If no such program runs any more, “packdesk reset --flags” clears the marks.",
    )


def remarks(settings: Settings, place: str) -> list[Finding]:
    """What reviewers said and cannot be read any more; nothing where all can be."""
    remedy = "Put the file back from a backup, or add the answers once more, then remove it."
    return _damaged("remarks", KeptReviews(settings.data_dir, place).damaged(), remedy)


def links(settings: Settings, place: str) -> list[Finding]:
    """Links to files that cannot be read any more; nothing where all can be."""
    remedy = "Link the panels to their files again, then remove it."
    return _damaged("links", KeptLinks(settings.data_dir, place).damaged(), remedy)


def _damaged(subject: str, files: list[Path], remedy: str) -> list[Finding]:
    if not files:
        return []
    names = cut_names([path.name for path in files], "and {0} more")
    return [Finding(subject, "note", f"damaged in {files[0].parent}: {names}", remedy)]


def unfinished_jobs(settings: Settings, place: str) -> Finding:
    """Generations of this machine whose pictures are not on the design."""
    records = JobFolder(settings.data_dir / "jobs", place).interrupted()
    if not records:
        return Finding("jobs", "ok", "no generation was left unfinished")
    told = [f"{record.id} ({len(record.textures)} of {len(record.panel_ids)} panels)" for record in records]
    named = cut_names(told, "and {0} more")
    remedy = "“packdesk jobs” lists them: continue, apply or discard each."
    return Finding("jobs", "note", f"left unfinished: {named}", remedy)
