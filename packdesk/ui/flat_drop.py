"""Pictures that may be dropped on the flat view: files, or image data from another program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, QPixmap

from packdesk.ui.dropping import dropped_picture

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QMimeData


def is_offer(data: QMimeData) -> bool:
    """Whether a picture is among what is dragged; nothing is read or decoded."""
    return data.hasImage() or dropped_picture(data) is not None


def offer(data: QMimeData) -> Path | QImage | None:
    """The dropped picture: the file if there is one, for it is the original."""
    return dropped_picture(data) or _image(data)


def _image(data: QMimeData) -> QImage | None:
    content = data.imageData() if data.hasImage() else None
    image = content.toImage() if isinstance(content, QPixmap) else content
    return image if isinstance(image, QImage) and not image.isNull() else None
