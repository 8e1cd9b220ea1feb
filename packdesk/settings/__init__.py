"""What can be set: in the environment, or in a file the settings dialog writes. Read by `app` and `cli`."""

from __future__ import annotations

from packdesk.settings.file import settings_file
from packdesk.settings.values import Settings, read_settings, save_setting, save_settings

__all__ = ["Settings", "read_settings", "save_setting", "save_settings", "settings_file"]
