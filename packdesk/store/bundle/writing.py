"""Writes a design and its pictures as a bundle."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import zipfile
from typing import TYPE_CHECKING

from packdesk import __version__
from packdesk.domain.handover import carried
from packdesk.domain.wire import encode_state
from packdesk.errors import BundleError
from packdesk.files import output_file
from packdesk.store.bundle.format import (
    FORMAT,
    MAX_ENTRY_BYTES,
    PREVIEW_NAME,
    STATE_NAME,
    VERSION,
    VERSION_NAME,
    picture_name,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from packdesk.domain.state import PackagingState

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same design makes the same bytes


def write_bundle(
    file: Path, state: PackagingState, pictures: Mapping[str, bytes], preview: bytes | None = None
) -> None:
    """Write a design, beside the file first; if anything goes wrong, nothing is left of it.

    Args:
        file: the bundle; by custom it ends in `format.SUFFIX`.
        state: the design. Panels that are not in `pictures` are bare in the bundle.
        pictures: checked PNG by panel, each at most `format.MAX_PICTURE_BYTES`.
        preview: a PNG of the package; one too large for a bundle is left out.

    Raises:
        OutputUnwritableError: the file cannot be written.
        BundleError: other programs keep more in the design than a bundle can hold.
    """
    entries = _entries(state, pictures, preview)
    with output_file(file) as beside, beside.open("xb") as opened:
        with zipfile.ZipFile(opened, "w", zipfile.ZIP_STORED) as archive:
            for name, data in entries.items():
                archive.writestr(_info(name), data)
        opened.flush()
        os.fsync(opened.fileno())


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.external_attr = (stat.S_IFREG | 0o644) << 16
    return info


def _entries(state: PackagingState, pictures: Mapping[str, bytes], preview: bytes | None) -> dict[str, bytes]:
    # What is needed first comes first: a file that was cut off is read from its start.
    names = {panel_id: picture_name(hashlib.sha256(png).hexdigest()) for panel_id, png in pictures.items()}
    raw = encode_state(carried(state, names))
    if len(raw) > MAX_ENTRY_BYTES[STATE_NAME]:
        raise BundleError(
            "Other programs keep more in this design than a bundle can hold.",
            "Start a new design, or have that program take its data out.",
        )
    entries = {VERSION_NAME: _version(), STATE_NAME: raw}
    entries |= {names[panel_id]: png for panel_id, png in pictures.items()}
    if preview is not None and len(preview) <= MAX_ENTRY_BYTES[PREVIEW_NAME]:
        entries[PREVIEW_NAME] = preview
    return entries


def _version() -> bytes:
    return json.dumps({"format": FORMAT, "version": VERSION, "made_by": f"packdesk {__version__}"}).encode()
