"""Reads what was dropped, pasted or chosen, in a worker."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

from packdesk.errors import BadPictureError, TextureUnavailableError
from packdesk.textures.check import chosen_data, clean_artwork
from packdesk.textures.incoming import MAX_BYTES

if TYPE_CHECKING:
    from packdesk.domain.panels import FlatSize
    from packdesk.textures.check import CleanPicture
    from packdesk.textures.incoming import IncomingPicture
    from packdesk.textures.reader import TextureReader

_SCHEMES = ("http:", "https:", "data:")
_SAVE = "Save the picture in the browser, and drop the file."


def read_incoming(
    picture: IncomingPicture, reader: TextureReader, panel: FlatSize | None = None
) -> CleanPicture:
    """Read and check it, for that panel; raises as `incoming_bytes`, and where it is no usable picture."""
    return clean_artwork(incoming_bytes(picture, reader), panel)


def incoming_bytes(picture: IncomingPicture, reader: TextureReader, most_bytes: int = MAX_BYTES) -> bytes:
    """Read it; addresses are fetched by the rules of the design's own. Blocks.

    Args:
        picture: what came in.
        reader: fetches addresses.
        most_bytes: of a file; one more is read.

    Raises:
        BadPictureError: it cannot be read.
        TextureUnavailableError: its address is not answered, or must not be asked.
    """
    if picture.kept:
        return reader.library.drawing(picture.kept) or reader.library.read(picture.kept)
    if picture.file is not None:
        return chosen_data(picture.file, picture.part, most_bytes)
    if picture.encode is not None:
        return picture.encode()
    address = _picture_in(picture.html) or picture.address
    if not address.lower().startswith(_SCHEMES):
        raise BadPictureError("There is no picture in what the browser gave.", _SAVE)
    try:
        return reader.fetch(address)
    except TextureUnavailableError as error:
        error.remedy = _SAVE
        raise


class _Pictures(HTMLParser):
    """Finds the first picture of a page that says where it is."""

    def __init__(self) -> None:
        super().__init__()
        self.address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Part of `HTMLParser`."""
        address = (dict(attrs).get("src") or "").strip() if tag == "img" else ""
        if not self.address and address.lower().startswith(_SCHEMES):
            self.address = address


def _picture_in(html: str) -> str:
    found = _Pictures()
    found.feed(html)
    return found.address
