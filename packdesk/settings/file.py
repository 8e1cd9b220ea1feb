"""The settings file in the user's configuration folder: names and values as JSON, only what was changed."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import TypeAdapter

from packdesk.errors import InvalidSettingError
from packdesk.files import write_atomically
from packdesk.sentence import Sentence

_MAX_BYTES = 1_000_000
_OBJECT = TypeAdapter(dict[str, Any])


def settings_file() -> Path:
    """Where the file is: in PACKDESK_CONFIG_DIR, else where the platform keeps configurations."""
    folder = os.environ.get("PACKDESK_CONFIG_DIR")
    place = Path(folder) if folder else platformdirs.user_config_path("packdesk", appauthor=False)
    return place / "settings.json"


def read_stored() -> dict[str, Any]:
    """What the file holds; nothing when there is none.

    Raises:
        InvalidSettingError: it cannot be read.
    """
    file = settings_file()
    try:
        if not os.path.lexists(file):
            return {}
        if not file.is_file():  # a pipe may never end, a link may lead to itself
            raise InvalidSettingError(
                Sentence("The settings file {file} is not a file.", file=file),
                "Move it away to start with the defaults.",
            )
        with file.open("rb") as opened:
            return _OBJECT.validate_json(opened.read(_MAX_BYTES))  # a larger one is cut, and so refused
    except (OSError, ValueError) as error:
        raise InvalidSettingError(
            Sentence("The settings file {file} cannot be read.", file=file),
            "Correct it, or move it away to start with the defaults.",
        ) from error


def write_stored(values: dict[str, Any]) -> None:
    """Write the file anew; only its owner may read it, for a store's address may hold a password.

    Raises:
        InvalidSettingError: it cannot be written.
    """
    file = settings_file()
    text = json.dumps(values, indent=2, sort_keys=True) + "\n"
    try:
        write_atomically(file, text.encode(), private=True)
    except OSError as error:
        raise InvalidSettingError(
            Sentence(
                "The settings file {file} cannot be written, so the change lasts until packdesk is closed.",
                file=file,
            ),
            "Check that its folder is yours and has free space.",
        ) from error
