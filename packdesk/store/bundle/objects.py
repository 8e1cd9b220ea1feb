"""Objects of panels in a bundle: recipe and outlines in its `version.json`, pictures among its textures.

There, because packdesk from before objects refuses a bundle with an entry it does not know, and passes over
an unknown name in that file. It then sees what other programs see: one picture a panel.
"""

from __future__ import annotations

import base64
import hashlib
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from packdesk.domain.objects.kept import MOST_PACKED_BYTES, KeptObjects, read_objects
from packdesk.errors import BadPictureError, BadRecipeError
from packdesk.store.bundle.archive import picture_name
from packdesk.textures.check import clean_picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from packdesk.store.bundle.archive import Archive
    from packdesk.textures.check import CleanPicture

MOST_OBJECT_BYTES = 6 * 2**20
"""Of all panels' objects, as they stand in `version.json`."""
DAMAGED = "The objects of the {panel_id} panel cannot be read; it stays a picture."
_log = logging.getLogger(__name__)
_Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_Packed = Annotated[str, Field(max_length=MOST_OBJECT_BYTES)]


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True)

    packed: _Packed
    artwork: _Hash
    dpi: Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)]
    wraps: bool = False


@dataclass(frozen=True)
class BundledObjects:
    """The objects of a panel, with what is needed to draw them.

    Attributes:
        kept: recipe and outlines.
        artwork: the panel's picture without them.
        dpi: of what that was cut from.
        wraps: whether its left and right edges meet.
        pictures: those among the objects, by SHA-256.
    """

    kept: KeptObjects
    artwork: bytes = field(repr=False)
    dpi: float = 72.0
    wraps: bool = False
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class ReadObjects:
    """As `BundledObjects`, as they were read: every picture checked."""

    kept: KeptObjects
    artwork: CleanPicture
    dpi: float
    wraps: bool
    pictures: Mapping[str, CleanPicture]


def told_objects(objects: Mapping[str, BundledObjects]) -> dict[str, Any]:
    """What stands in `version.json`, by panel; panels that find no room are left out and stay pictures."""
    told, room = {}, MOST_OBJECT_BYTES
    for panel_id, one in objects.items():
        packed = base64.b64encode(one.kept.packed()).decode("ascii")
        room -= len(packed)
        if room < 0:
            _log.warning("The objects of %s are too large for a bundle; it is a picture there.", panel_id)
            continue
        artwork = hashlib.sha256(one.artwork).hexdigest()
        told[panel_id] = _Told(packed=packed, artwork=artwork, dpi=one.dpi, wraps=one.wraps).model_dump()
    return told


def object_entries(objects: Mapping[str, BundledObjects]) -> Iterator[tuple[str, bytes]]:
    """The pictures that come with them, by the name of their entry."""
    for one in objects.values():
        yield picture_name(hashlib.sha256(one.artwork).hexdigest()), one.artwork
        yield from ((picture_name(sha256), png) for sha256, png in one.pictures.items())


def read_bundled(archive: Archive, version: Mapping[str, Any], damages: list[str]) -> dict[str, ReadObjects]:
    """The objects of a bundle, by panel. What cannot be read is told in `damages`."""
    told = version.get("objects", {})
    found: dict[str, ReadObjects] = {}
    for panel_id, one in told.items() if isinstance(told, dict) else ():
        try:
            found[panel_id] = _read(archive, _Told.model_validate(one))
        except (ValidationError, ValueError, BadRecipeError, BadPictureError):
            damages.append(DAMAGED.format(panel_id=str(panel_id)[:40]))
    return found


def _read(archive: Archive, told: _Told) -> ReadObjects:
    packed = base64.b64decode(told.packed, validate=True)
    if len(packed) > MOST_PACKED_BYTES:
        raise BadRecipeError("The objects of this panel are more than can be read.")
    kept = read_objects(packed)
    pictures = {sha256: _picture(archive, sha256) for sha256 in kept.pictures}
    return ReadObjects(kept, _picture(archive, told.artwork), told.dpi, told.wraps, pictures)


def _picture(archive: Archive, sha256: str) -> CleanPicture:
    data = archive.read(picture_name(sha256))
    if data is None or hashlib.sha256(data).hexdigest() != sha256:
        raise BadPictureError("The picture is damaged.")
    return clean_picture(data)
