"""What is being generated, by whom, and what earlier generations have left."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from packdesk.app.checkup.finding import Finding
from packdesk.domain.text import cut, cut_names
from packdesk.store.job_records import JobFolder

if TYPE_CHECKING:
    from packdesk.domain.state import PackagingState
    from packdesk.settings import Settings
    from packdesk.store.base import StoreStatus


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
    try:
        held = json.loads(record)
        host, pid, since = cut(str(held["host"]), 60), int(held["pid"]), cut(str(held["started_at"]), 30)
    except (ValueError, KeyError, TypeError):
        return "some program"
    return f"packdesk on {host} (process {pid}, since {since})"


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


def unfinished_jobs(settings: Settings, place: str) -> Finding:
    """Generations of this machine whose pictures are not on the design."""
    records = JobFolder(settings.data_dir / "jobs", place).interrupted()
    if not records:
        return Finding("jobs", "ok", "no generation was left unfinished")
    told = [f"{record.id} ({len(record.textures)} of {len(record.panel_ids)} panels)" for record in records]
    named = cut_names(told, "and {0} more")
    remedy = "“packdesk jobs” lists them: continue, apply or discard each."
    return Finding("jobs", "note", f"left unfinished: {named}", remedy)
