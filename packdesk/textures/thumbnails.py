"""Small copies of kept pictures, for lists: made when they are first seen, and then kept."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

from packdesk.errors import BadPictureError
from packdesk.textures.check import large_picture
from packdesk.textures.disposable import DisposableDatabase

if TYPE_CHECKING:
    from pathlib import Path

THUMBNAIL_PX = 192
MOST = 12_000
"""Thumbnails kept, of some 10 KB each; those made first go first."""
_GROUND = "#f0ede8"  # plain board, which see-through artwork lies on
_LARGE_PIXELS = 8_000_000
_SCHEMA = "CREATE TABLE thumbnails (number INTEGER PRIMARY KEY, sha256 TEXT UNIQUE, jpeg BLOB NOT NULL);"


class ThumbnailCache:
    """Thumbnails by the hash of their picture, in a file that may be lost at any time."""

    def __init__(self, file: Path) -> None:
        self._database = DisposableDatabase(file, _SCHEMA, version=1)

    def get(self, sha256: str) -> bytes | None:
        """The thumbnail, as JPEG."""
        query = "SELECT jpeg FROM thumbnails WHERE sha256 = ?"
        row = self._database.run(lambda connection: connection.execute(query, (sha256,)).fetchone())
        return row[0] if row is not None and isinstance(row[0], bytes) else None

    def put(self, sha256: str, jpeg: bytes) -> None:
        """Keep a thumbnail."""
        insert = "INSERT OR REPLACE INTO thumbnails (sha256, jpeg) VALUES (?, ?)"
        evict = "DELETE FROM thumbnails WHERE number <= (SELECT max(number) FROM thumbnails) - ?"
        self._database.run(
            lambda connection: (
                connection.execute(insert, (sha256, jpeg)),
                connection.execute(evict, (MOST,)),
            )
        )

    def close(self) -> None:
        """Let go of what is held in memory."""
        self._database.close()


def make_thumbnail(png: bytes) -> bytes:
    """A checked picture as JPEG, at most `THUMBNAIL_PX` a side, on plain board. Slow for large art.

    Raises:
        BadPictureError: it cannot be decoded.
    """
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as picture:
            if picture.width * picture.height <= _LARGE_PIXELS:
                small = _small(picture)
            else:
                with large_picture:
                    small = _small(picture)
    except Exception as error:
        raise BadPictureError("The picture cannot be shown.") from error
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=82)
    return buffer.getvalue()


def _small(picture: Image.Image) -> Image.Image:
    picture.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX), Image.Resampling.LANCZOS, reducing_gap=3.0)
    if picture.mode != "RGBA":
        return picture.convert("RGB")
    ground = Image.new("RGB", picture.size, _GROUND)
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground
