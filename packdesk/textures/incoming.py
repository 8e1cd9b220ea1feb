"""Pictures on their way in: dropped, pasted or chosen, and not read yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MAX_BYTES = 64 * 2**20
"""Of a picture's file."""
MAX_SHEET_BYTES = 512 * 2**20
"""Of a file of artwork of the whole blank: two pages, as our templates have, of 64 megapixels, not packed."""


@dataclass(frozen=True)
class Part:
    """What of a PDF document is wanted.

    Attributes:
        page: counted from 1.
        layers: the names of those that are shown; None for those the document shows by itself.
    """

    page: int = 1
    layers: frozenset[str] | None = None


FIRST_PAGE = Part()


@dataclass(frozen=True)
class IncomingPicture:
    """A picture nobody has looked into yet: a file, what a browser gave, or pixels of another program.

    Attributes:
        name: what it is called, for people.
        file: where it lies on this machine.
        html: what a browser put beside an address; a picture in it comes before the address.
        address: `http:`, `https:` or `data:`.
        encode: makes a picture file of the pixels of another program; slow.
        part: what of a file that is a PDF document.
        kept: SHA-256 of one the library has already; `name` is then what was asked for it.
    """

    name: str
    file: Path | None = None
    html: str = ""
    address: str = ""
    encode: Callable[[], bytes] | None = None
    kept: str = ""
    part: Part = FIRST_PAGE

    @classmethod
    def of_file(cls, file: Path, part: Part = FIRST_PAGE) -> IncomingPicture:
        """A file."""
        return cls(file.name, file, part=part)


def name_in_address(address: str) -> str:
    """The file's name in an address, else its server's."""
    try:
        parts = urlsplit(address)
        return unquote(parts.path.rpartition("/")[2]) or parts.hostname or ""
    except ValueError:
        return ""
