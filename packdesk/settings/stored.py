"""Changing one setting for good."""

from __future__ import annotations

from packdesk.settings.file import read_stored, write_stored
from packdesk.settings.values import Settings, read_settings


def save_setting(name: str, value: object) -> Settings:
    """Keep one setting in the file; None returns it to its default. Blocks on the disk.

    Returns:
        All settings as they are then. What the environment says still wins.

    Raises:
        InvalidSettingError: the value cannot be used (nothing is written), or the file cannot be written.
    """
    if value is not None:
        read_settings(**{name: value})
    stored = {key: kept for key, kept in read_stored().items() if key != name}
    write_stored(stored if value is None else {**stored, name: value})
    return read_settings()
