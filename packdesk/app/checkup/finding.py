"""One thing that was looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from packdesk.errors import PackdeskError


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        subject: what it is.
        verdict: `ok`; `note` for what may be as it is meant; `mend` for what keeps somebody from working.
        text: what was found.
        remedy: what can be done about it.
    """

    subject: str
    verdict: Literal["ok", "note", "mend"]
    text: str
    remedy: str = ""


def to_mend(subject: str, error: PackdeskError) -> Finding:
    """A failure as a finding, in its own words."""
    return Finding(subject, "mend", error.sentence, error.terminal_remedy())
