"""Points in time as they stand in the shared document: texts that other programs write in their own way."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(text: object) -> datetime | None:
    """The point in time an ISO 8601 text means, in UTC; None when it is none. Without a zone it is UTC."""
    if not isinstance(text, str):
        return None
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    try:
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:  # at the ends of the calendar
        return None


def same_moment(one: str | None, other: str | None) -> bool:
    """Whether two texts mean the same point in time: `…53Z` and `…53.000000Z` do.

    Texts that are no times are compared as texts.
    """
    if one == other:
        return True
    when = moment(one)
    return when is not None and when == moment(other)
