"""Pictures on their way in: dropped, pasted or chosen, and read here, in a worker."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from packdesk.errors import BadPictureError, TextureUnavailableError
from packdesk.textures.check import clean_picture, read_picture_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from packdesk.textures.check import CleanPicture
    from packdesk.textures.reader import TextureReader

_SCHEMES = ("http:", "https:", "data:")
_SAVE = "Save the picture in the browser, and drop the file."


@dataclass(frozen=True)
class IncomingPicture:
    """A picture nobody has looked into yet: a file, what a browser gave, or pixels of another program.

    Attributes:
        name: what it is called, for people.
        file: where it lies on this machine.
        html: what a browser put beside an address; a picture in it comes before the address.
        address: `http:`, `https:` or `data:`.
        encode: makes a picture file of the pixels of another program; slow.
    """

    name: str
    file: Path | None = None
    html: str = ""
    address: str = ""
    encode: Callable[[], bytes] | None = None

    @classmethod
    def of_file(cls, file: Path) -> IncomingPicture:
        """A file."""
        return cls(file.name, file)


def read_incoming(picture: IncomingPicture, reader: TextureReader) -> CleanPicture:
    """Read and check it; addresses are fetched by the rules of the design's own. Blocks.

    Raises:
        BadPictureError: it cannot be read, or is no usable picture.
        TextureUnavailableError: its address is not answered, or must not be asked.
    """
    if picture.file is not None:
        return read_picture_file(picture.file)
    if picture.encode is not None:
        return clean_picture(picture.encode())
    address = _picture_in(picture.html) or picture.address
    if not address.lower().startswith(_SCHEMES):
        raise BadPictureError("There is no picture in what the browser gave.", _SAVE)
    try:
        return clean_picture(reader.fetch(address))
    except TextureUnavailableError as error:
        error.remedy = _SAVE
        raise


def name_in_address(address: str) -> str:
    """The file's name in an address, else its server's."""
    try:
        parts = urlsplit(address)
        return unquote(parts.path.rpartition("/")[2]) or parts.hostname or ""
    except ValueError:
        return ""


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
