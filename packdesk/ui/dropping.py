"""Pictures that come by drag and drop, the clipboard or a file dialog, and where to save one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFileDialog

from packdesk.ui.translation import translate

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QWidget

ENDINGS = frozenset({".png", ".jpg", ".jpeg", ".webp"})


def dropped_picture(data: QMimeData) -> Path | None:
    """The first picture file among what is dragged, judged by its name only."""
    for url in data.urls():
        file = Path(url.toLocalFile())
        if url.isLocalFile() and file.suffix.lower() in ENDINGS:
            return file
    return None


def is_offer(data: QMimeData) -> bool:
    """Whether a picture is among what is dragged or copied; nothing is read or decoded."""
    return data.hasImage() or dropped_picture(data) is not None


def offer(data: QMimeData) -> Path | QImage | None:
    """The picture that is dropped or pasted: the file if there is one, for it is the original."""
    return dropped_picture(data) or _image(data)


def _image(data: QMimeData) -> QImage | None:
    content = data.imageData() if data.hasImage() else None
    image = content.toImage() if isinstance(content, QPixmap) else content
    return image if isinstance(image, QImage) and not image.isNull() else None


def ask_for_picture(parent: QWidget, title: str) -> Path | None:
    """Let the user choose a picture file."""
    kinds = translate("dropping", "Pictures (*.png *.jpg *.jpeg *.webp)")
    file, _ = QFileDialog.getOpenFileName(parent, title, "", kinds)
    return Path(file) if file else None


def ask_where_to_save(parent: QWidget, title: str, name: str) -> Path | None:
    """Let the user name a PNG file; the dialog asks before an existing one is replaced."""
    kinds = translate("dropping", "PNG picture (*.png)")
    file, _ = QFileDialog.getSaveFileName(parent, title, name, kinds)
    if not file:
        return None
    return Path(file) if Path(file).suffix else Path(file).with_suffix(".png")
