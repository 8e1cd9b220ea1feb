"""What a running generation tells, and what it ends with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.domain.state import PackagingState


@dataclass(frozen=True)
class Progress:
    """One panel was started, finished, or failed.

    Attributes:
        panel_id: the panel.
        finished: its picture is made (and not yet committed).
        error: why it failed, or None.
        done: how many panels of the batch are finished or failed.
        total: how many there are.
        note: what else is worth knowing, such as that the store is being waited for.
        left_s: seconds until the whole batch is probably done, once that can be judged.
        panel_left_s: the same for this panel.
    """

    panel_id: str
    finished: bool
    error: str | None
    done: int
    total: int
    note: str = ""
    left_s: float | None = None
    panel_left_s: float | None = None


@dataclass(frozen=True)
class GenerationOutcome:
    """What became of a generation.

    Attributes:
        before: the state its pictures were put on.
        state: the state then.
        finished: the panels that got a picture.
        failures: why the others did not.
    """

    before: PackagingState
    state: PackagingState
    finished: tuple[str, ...]
    failures: Mapping[str, str] = field(default_factory=dict)


def failure_sentence(failures: Mapping[str, str], total: int) -> str | None:
    """One sentence naming the failed panels and their reasons, or None when all went well."""
    if not failures:
        return None
    reasons = list(dict.fromkeys(failures.values()))
    if len(reasons) == 1:
        named = ", ".join(failures)
        return f"No artwork for {named} ({len(failures)} of {total}): {reasons[0]}"
    told = " ".join(f"{panel_id}: {reason}" for panel_id, reason in failures.items())
    return f"No artwork for {len(failures)} of {total} panels. {told}"
