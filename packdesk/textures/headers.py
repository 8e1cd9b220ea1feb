"""What a picture file's beginning says already of why it cannot be used; nothing is decoded."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET  # expat resolves no external entities and stops those that grow

from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from packdesk.chosen_file import read_chosen
from packdesk.errors import BadPictureError
from packdesk.sentence import Sentence
from packdesk.textures.check import check_kind, check_size
from packdesk.textures.foreign.decoding import entities_in_drawing
from packdesk.textures.kinds import JPEG, PNG, SVG, WEBP, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO

    from PIL.ImageFile import ImageFile

_LOOKED_AT = 256 * 1024
"""Bytes; drawings that are longer are not looked through for entities."""
_READERS: dict[str | None, Callable[[BinaryIO], ImageFile]] = {
    PNG: PngImageFile,
    JPEG: JpegImageFile,
    WEBP: WebPImageFile,
}
"""They read the header, and unlike `Image.open` tell the size of a picture of any size."""


def why_unusable(file: Path) -> BadPictureError | None:
    """Why a file cannot be used as artwork, as far as its beginning tells; None where it does not."""
    try:
        head = read_chosen(file, _LOOKED_AT, BadPictureError, Sentence("Name the file of a picture."))
        kind = kind_of(head)
        check_kind(head, kind)
        if kind in _READERS:
            _check_header(file, _READERS[kind])
        elif kind == SVG and b"<!ENTITY" in head and len(head) <= _LOOKED_AT:
            _check_entities(head)
    except BadPictureError as error:
        return error
    return None


def _check_header(file: Path, reader: Callable[[BinaryIO], ImageFile]) -> None:
    try:
        with file.open("rb") as data, reader(data) as opened:
            size = opened.size
    except Exception:  # noqa: BLE001  (a hostile file: what it is is told when it is decoded)
        return
    check_size(*size)


def _check_entities(text: bytes) -> None:
    try:
        ET.fromstring(text)  # noqa: S314  (see above; it is short)
    except ET.ParseError as error:
        raise entities_in_drawing() from error
