"""What stands in the folder of a design beside its artwork: its name, its times, what it is a copy of."""

from __future__ import annotations

import contextlib
import hashlib
import logging
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from packdesk.domain.design_name import UNTITLED
from packdesk.files import read_file, write_atomically
from packdesk.store.base import Verdict, Write
from packdesk.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.domain.state import PackagingState

_FILE = "about.json"
_log = logging.getLogger(__name__)


class About(BaseModel):
    """What stands in `about.json`; times are UTC."""

    model_config = ConfigDict(frozen=True)

    name: str = UNTITLED
    created_at: str = ""
    used_at: str = ""
    deleted_at: str = ""
    origin: str = ""
    content: str = ""


def read_about(folder: Path) -> About | None:
    """What stands in a folder; None where nothing does, or nothing that can be used, which is logged."""
    try:
        return About.model_validate_json(read_file(folder / _FILE))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        _log.warning("What is known of the design %s cannot be read: %s", folder.name, type(error).__name__)
        return None


def write_about(folder: Path, about: About) -> None:
    """Write it there.

    Raises:
        OSError: the folder cannot be written.
    """
    write_atomically(folder / _FILE, about.model_dump_json().encode(), private=True)


def fill_store(file: Path, raw: bytes) -> None:
    """Make the store of a design nobody else knows yet.

    Raises:
        StoreUnavailableError: it cannot be written.
    """
    with contextlib.closing(SqliteStore(file)) as store:
        result = store.write(Write(None, raw))
        assert result.verdict is Verdict.WRITTEN, "nobody else knows this file yet"


def content_of(state: PackagingState) -> str:
    """Names what a design shows, whatever it is called and whenever it was written."""
    shown = [state.package_type, state.package_dimensions.as_tuple(), sorted(state.texture_urls().items())]
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:32]
