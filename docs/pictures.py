"""Writes a picture for a page as WebP."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtCore import QBuffer

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

IMAGES = Path(__file__).resolve().parent / "images"


def write_picture(picture: QImage, path: Path) -> None:
    """Write it, and say how large it is."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    with Image.open(BytesIO(buffer.data().data())) as image:
        image.save(path, quality=90, method=6)
    print(f"{path.name}: {path.stat().st_size // 1000} kB")
