"""A design and its pictures as a bundle file: reads one of any origin, writes one for others."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from packdesk import __version__
from packdesk.domain.appearance import appearance_values, read_appearance
from packdesk.domain.handover import carried
from packdesk.domain.pack_words import PackWords, check_words
from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.remarks import Reviews
from packdesk.domain.wire import decode_state, encode_state
from packdesk.errors import BadPictureError, BundleError, ForeignDocumentError, InvalidInputError
from packdesk.files import output_file
from packdesk.store.bundle.archive import (
    FORMAT,
    MAX_ENTRY_BYTES,
    PICTURE_NAME,
    PREVIEW_NAME,
    STATE_NAME,
    VERSION,
    VERSION_NAME,
    opened_archive,
    picture_name,
)
from packdesk.store.bundle.objects import object_entries, read_bundled, told_objects
from packdesk.textures.check import clean_picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from packdesk.domain.appearance import Appearance
    from packdesk.domain.state import PackagingState
    from packdesk.store.bundle.archive import Archive
    from packdesk.store.bundle.objects import BundledObjects, ReadObjects
    from packdesk.textures.check import CleanPicture


class BundledPicture(NamedTuple):
    """A picture of a bundle: its hash there, and what came through the check of pictures from outside."""

    sha256: str
    clean: CleanPicture


@dataclass(frozen=True)
class BundleContents:
    """What could be read of a bundle.

    Attributes:
        state: the design at rest, with the textures in `pictures`; their URLs are names in the bundle.
        pictures: by panel.
        preview: a picture of the package, if there is one.
        appearance: how the design was shown where it was saved, if that is told.
        damages: a sentence for each thing that could not be read.
        reviews: what was said of the design.
        words: those that stand on the pack, if that is told.
        objects: what lies over the pictures, by panel.
        inside: the pictures of `appearance.inside` by their hash.
    """

    state: PackagingState
    pictures: Mapping[str, BundledPicture]
    preview: CleanPicture | None
    appearance: Appearance | None = None
    damages: tuple[str, ...] = ()
    reviews: Reviews = field(default_factory=Reviews)
    words: PackWords | None = None
    objects: Mapping[str, ReadObjects] = field(default_factory=dict)
    inside: Mapping[str, CleanPicture] = field(default_factory=dict)


END_MISSING = "The end of the file is missing or damaged."
PREVIEW_DAMAGED = "The preview is damaged."
APPEARANCE_DAMAGED = "How the design was shown cannot be read."
WORDS_DAMAGED = "The words on the pack cannot be read."
REVIEWS_DAMAGED = "What reviewers said cannot be read."
PANELS_UNKNOWN = "Pictures of panels that this package does not have were left out."


def read_bundle(file: Path) -> BundleContents:
    """Read a bundle. Blocks, and decodes every picture: never on the GUI thread.

    Raises:
        BundleError: it is none, is of a newer version, holds what no bundle holds, or nothing can be saved.
    """
    with opened_archive(file) as archive:
        version = _version(archive)
        state = _state(archive)
        damages = [] if archive.whole else [END_MISSING]
        pictures = _pictures(archive, state, damages)
        preview = _preview(archive, damages)
        appearance = _appearance(version, damages)
        inside = _inside(archive, appearance, damages)
        reviews = _reviews(version, damages)
        words = _words(version, damages)
        objects = read_bundled(archive, version, damages)
    rest = _at_rest(state, pictures)
    return BundleContents(
        rest, pictures, preview, appearance, tuple(damages), reviews, words, objects, inside
    )


def _version(archive: Archive) -> dict[str, Any]:
    """What the bundle says of itself."""
    if VERSION_NAME not in archive:
        raise BundleError(
            "The file is not a packdesk bundle.", "Name one that packdesk has saved; it ends in .packdesk."
        )
    try:
        document: dict[str, Any] = json.loads(archive.read(VERSION_NAME) or b"")
        right, version = document["format"] == FORMAT, document["version"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise _lost() from None
    if not right or type(version) is not int or version < 1:
        raise _lost()
    if version > VERSION:
        raise BundleError("The bundle was saved by a newer packdesk.", "Update packdesk to open it.")
    return document


def _appearance(version: Mapping[str, Any], damages: list[str]) -> Appearance | None:
    if "appearance" not in version:
        return None
    try:
        return read_appearance(version["appearance"])
    except ValueError:
        damages.append(APPEARANCE_DAMAGED)
        return None


def _inside(archive: Archive, appearance: Appearance | None, damages: list[str]) -> dict[str, CleanPicture]:
    found: dict[str, CleanPicture] = {}
    for art in appearance.inside if appearance else ():
        if art.picture not in found:
            picture = _picture(archive, picture_name(art.picture))
            if picture is None:
                damages.append(f"The picture inside the {art.panel_id} panel is damaged.")
            else:
                found[art.picture] = picture.clean
    return found


def _reviews(version: Mapping[str, Any], damages: list[str]) -> Reviews:
    try:
        return Reviews.model_validate(version.get("reviews", {}))
    except ValidationError:
        damages.append(REVIEWS_DAMAGED)
        return Reviews()


def _words(version: Mapping[str, Any], damages: list[str]) -> PackWords | None:
    if "words" not in version:
        return None
    try:
        return check_words(PackWords.model_validate(version["words"]))
    except (ValidationError, InvalidInputError):
        damages.append(WORDS_DAMAGED)
        return None


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


_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same design makes the same bytes


def write_bundle(
    file: Path,
    state: PackagingState,
    pictures: Mapping[str, bytes],
    preview: bytes | None = None,
    *,
    appearance: Appearance | None = None,
    reviews: Reviews | None = None,
    words: PackWords | None = None,
    objects: Mapping[str, BundledObjects] | None = None,
    inside: Iterable[bytes] = (),
) -> None:
    """Write a design, beside the file first; if anything goes wrong, nothing is left of it.

    Args:
        file: the bundle; by custom it ends in `SUFFIX`.
        state: the design. Panels that are not in `pictures` are bare in the bundle.
        pictures: checked PNG by panel, each at most `MAX_PICTURE_BYTES`.
        preview: a PNG of the package; one too large for a bundle is left out.
        appearance: how it is shown.
        reviews: what was said of it.
        words: those that stand on the pack.
        objects: what lies over the pictures, by panel.
        inside: checked PNG that the appearance names, likewise.

    Raises:
        OutputUnwritableError: the file cannot be written.
        BundleError: other programs keep more in the design than a bundle can hold.
    """
    entries = {
        VERSION_NAME: _version_entry(appearance, reviews or Reviews(), words, objects or {}),
        **_entries(state, pictures, preview),
        **dict(object_entries(objects or {})),
        **{picture_name(hashlib.sha256(png).hexdigest()): png for png in inside},
    }
    _write_entries(file, entries)


def _write_entries(file: Path, entries: Mapping[str, bytes]) -> None:
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
    entries = {STATE_NAME: raw}
    entries |= {names[panel_id]: png for panel_id, png in pictures.items()}
    if preview is not None and len(preview) <= MAX_ENTRY_BYTES[PREVIEW_NAME]:
        entries[PREVIEW_NAME] = preview
    return entries


def _version_entry(
    appearance: Appearance | None,
    reviews: Reviews,
    words: PackWords | None,
    objects: Mapping[str, BundledObjects],
) -> bytes:
    version: dict[str, Any] = {"format": FORMAT, "version": VERSION, "made_by": f"packdesk {__version__}"}
    if appearance is not None:  # here, where older programs pass over it
        version["appearance"] = appearance_values(appearance)
    if reviews != Reviews():
        version["reviews"] = reviews.model_dump(mode="json")
    if words is not None:
        version["words"] = words.model_dump(mode="json")
    if objects:
        version["objects"] = told_objects(objects)
    return json.dumps(version).encode()
