"""Reads a design and its checked pictures from a bundle of any origin."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from packdesk.domain.handover import carried
from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.wire import decode_state
from packdesk.errors import BadPictureError, BundleError, ForeignDocumentError
from packdesk.store.bundle.archive import opened_archive
from packdesk.store.bundle.format import (
    FORMAT,
    PICTURE_NAME,
    PREVIEW_NAME,
    STATE_NAME,
    VERSION,
    VERSION_NAME,
    BundleContents,
    BundledPicture,
)
from packdesk.textures.check import clean_picture

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.domain.state import PackagingState
    from packdesk.store.bundle.archive import Archive
    from packdesk.textures.check import CleanPicture

END_MISSING = "The end of the file is missing or damaged."
PREVIEW_DAMAGED = "The preview is damaged."
PANELS_UNKNOWN = "Pictures of panels that this package does not have were left out."


def read_bundle(file: Path) -> BundleContents:
    """Read a bundle. Blocks, and decodes every picture: never on the GUI thread.

    Raises:
        BundleError: it is none, is of a newer version, holds what no bundle holds, or nothing can be saved.
    """
    with opened_archive(file) as archive:
        _check_version(archive)
        state = _state(archive)
        damages = [] if archive.whole else [END_MISSING]
        pictures = _pictures(archive, state, damages)
        preview = _preview(archive, damages)
    return BundleContents(_at_rest(state, pictures), pictures, preview, tuple(damages))


def _check_version(archive: Archive) -> None:
    if VERSION_NAME not in archive:
        raise BundleError(
            "The file is not a packdesk bundle.", "Name one that packdesk has saved; it ends in .packdesk."
        )
    try:
        document = json.loads(archive.read(VERSION_NAME) or b"")
        right, version = document["format"] == FORMAT, document["version"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise _lost() from None
    if not right or type(version) is not int or version < 1:
        raise _lost()
    if version > VERSION:
        raise BundleError("The bundle was saved by a newer packdesk.", "Update packdesk to open it.")


def _state(archive: Archive) -> PackagingState:
    raw = archive.read(STATE_NAME)
    if raw is None:
        raise _lost()
    try:
        return decode_state(raw)
    except ForeignDocumentError as error:
        raise _lost() from error


def _lost() -> BundleError:
    return BundleError(
        "The bundle is damaged, and nothing in it could be saved.", "Copy it again, or ask for it again."
    )


def _pictures(archive: Archive, state: PackagingState, damages: list[str]) -> dict[str, BundledPicture]:
    if not set(state.panel_textures) <= set(PANEL_IDS[state.package_type]):
        damages.append(PANELS_UNKNOWN)
    checked: dict[str, BundledPicture | None] = {}
    named = state.texture_urls()
    for panel_id, name in named.items():
        if name not in checked:
            checked[name] = _picture(archive, name)
        if checked[name] is None:
            fate = "damaged" if PICTURE_NAME.fullmatch(name) and name in archive else "not in the bundle"
            damages.append(f"The picture of the {panel_id} panel is {fate}.")
    return {panel_id: found for panel_id, name in named.items() if (found := checked[name]) is not None}


def _picture(archive: Archive, name: str) -> BundledPicture | None:
    """The picture of that name if it is what its name says, and a picture at all."""
    named = PICTURE_NAME.fullmatch(name)
    data = archive.read(name) if named else None
    if named is None or data is None or hashlib.sha256(data).hexdigest() != named.group(1):
        return None
    try:
        return BundledPicture(named.group(1), clean_picture(data))
    except BadPictureError:
        return None


def _preview(archive: Archive, damages: list[str]) -> CleanPicture | None:
    if PREVIEW_NAME not in archive:
        return None
    try:
        return clean_picture(archive.read(PREVIEW_NAME) or b"")
    except BadPictureError:
        damages.append(PREVIEW_DAMAGED)
        return None


def _at_rest(state: PackagingState, pictures: dict[str, BundledPicture]) -> PackagingState:
    urls = state.texture_urls()
    return carried(state, {panel_id: urls[panel_id] for panel_id in pictures})
