"""Reads what was dropped, pasted or chosen, in a worker."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

from packdesk.errors import BadPictureError, TextureUnavailableError
from packdesk.textures.check import clean_artwork, read_picture_file

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
    """Read and check it, for that panel; addresses are fetched by the rules of the design's own. Blocks.

    Raises:
        BadPictureError: it cannot be read, or is no usable picture.
        TextureUnavailableError: its address is not answered, or must not be asked.
    """
    if picture.file is not None:
        return read_picture_file(picture.file, panel, picture.part)
    if picture.encode is not None:
        return clean_artwork(picture.encode(), panel)
    address = _picture_in(picture.html) or picture.address
    if not address.lower().startswith(_SCHEMES):
        raise BadPictureError("There is no picture in what the browser gave.", _SAVE)
    try:
        return clean_artwork(reader.fetch(address), panel)
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
