"""Changing settings for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.settings.file import read_stored, write_stored
from packdesk.settings.values import Settings, read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping


def save_setting(name: str, value: object) -> Settings:
    """Keep one setting in the file; None returns it to its default. Blocks on the disk.

    Returns:
        All settings as they are then. What the environment says still wins.

    Raises:
        InvalidSettingError: the value cannot be used (nothing is written), or the file cannot be written.
    """
    return save_settings({name: value})


def save_settings(values: Mapping[str, object]) -> Settings:
    """As `save_setting`, for several at once."""
    read_settings(**values)
    stored = {key: kept for key, kept in read_stored().items() if key not in values}
    write_stored({**stored, **{name: value for name, value in values.items() if value is not None}})
    return read_settings()
