"""Pictures the user names by a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.errors import BadPictureError
from packdesk.textures.check import MAX_BYTES, CleanPicture, clean_picture

if TYPE_CHECKING:
    from pathlib import Path


def read_picture_file(file: Path) -> CleanPicture:
    """Read and check a picture file.

    Raises:
        BadPictureError: it cannot be read, or is not a usable picture.
    """
    try:
        if not file.is_file():  # a device or a pipe may never end
            raise BadPictureError(f"{file} is not a file.", "Name a PNG, JPEG or WebP picture.")
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise BadPictureError(
            f"The file {file} cannot be read.", "Check its name and permissions."
        ) from error
    return clean_picture(data)
