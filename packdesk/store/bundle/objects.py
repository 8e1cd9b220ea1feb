"""Objects of panels in a bundle: recipe and outlines in its `version.json`, pictures among its textures.

There, because packdesk from before objects refuses a bundle with an entry it does not know, and passes over
an unknown name in that file. It then sees what other programs see: one picture a panel.
"""

from __future__ import annotations

import base64
import hashlib
import logging
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from packdesk.domain.objects.kept import MOST_PACKED_BYTES, KeptObjects, read_objects
from packdesk.domain.panels import FlatSize
from packdesk.domain.units import MM_PER_INCH
from packdesk.errors import BadPictureError, BadRecipeError
from packdesk.store.bundle.archive import picture_name
from packdesk.textures.check import clean_artwork, clean_picture
from packdesk.textures.comparing import changed_places
from packdesk.textures.notes import MOST_PICTURES
from packdesk.textures.objects.flattening import LEAST_DPI

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
    drawings: Annotated[dict[_Hash, _Packed], Field(max_length=MOST_PICTURES)] = {}


@dataclass(frozen=True)
class BundledObjects:
    """The objects of a panel, with what is needed to draw them.

    Attributes:
        kept: recipe and outlines.
        artwork: the panel's picture without them.
        dpi: of what that was cut from.
        wraps: whether its left and right edges meet.
        pictures: those among the objects, by SHA-256.
        drawings: the PDF and SVG files some of them were drawn from, likewise.
    """

    kept: KeptObjects
    artwork: bytes = field(repr=False)
    dpi: float = 72.0
    wraps: bool = False
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    drawings: Mapping[str, bytes] = field(default_factory=dict, repr=False)


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
        drawings = {}
        for name, data in one.drawings.items():
            text = base64.b64encode(data).decode("ascii")
            if len(text) > room:
                _log.warning("A drawing on %s is too large for a bundle; it is a picture there.", panel_id)
                continue
            room -= len(text)
            drawings[name] = text
        one_told = _Told(packed=packed, artwork=artwork, dpi=one.dpi, wraps=one.wraps, drawings=drawings)
        told[panel_id] = one_told.model_dump()
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
    pictures = {
        sha256: _with_drawing(_picture(archive, sha256), told.drawings.get(sha256, ""))
        for sha256 in kept.pictures
    }
    return ReadObjects(kept, _picture(archive, told.artwork), told.dpi, told.wraps, pictures)


def _with_drawing(picture: CleanPicture, packed: str) -> CleanPicture:
    """With the file it was drawn from, if that shows the same: it is printed in its place."""
    if not packed:
        return picture
    data = base64.b64decode(packed, validate=True)
    try:
        drawn = clean_artwork(data, _as_fine_as(picture))
    except BadPictureError as error:
        _log.warning("A drawing of a bundle is left out: %s", error.sentence)
        return picture
    if not drawn.drawing or changed_places(picture.png, drawn.png):
        _log.warning("A drawing of a bundle shows something else than its picture, and is left out.")
        return picture
    return replace(picture, drawing=data)


def _as_fine_as(picture: CleanPicture) -> FlatSize:
    """What a drawing would be printed on to have as many pixels."""
    return FlatSize(
        width=picture.width / LEAST_DPI * MM_PER_INCH, height=picture.height / LEAST_DPI * MM_PER_INCH
    )


def _picture(archive: Archive, sha256: str) -> CleanPicture:
    data = archive.read(picture_name(sha256))
    if data is None or hashlib.sha256(data).hexdigest() != sha256:
        raise BadPictureError("The picture is damaged.")
    return clean_picture(data)
