"""Pictures that come by drag and drop, the clipboard or a file dialog, and where to save one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QMessageBox

from packdesk.ui.translation import translate

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QWidget

ENDINGS = frozenset({".png", ".jpg", ".jpeg", ".webp"})
_REPLACE = "%1 already exists.\nDo you want to replace it?"
"""As Qt's own dialog asks, which is translated with Qt."""
_YES, _NO = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No


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


def png_kind() -> str:
    """What a picture to be saved is called."""
    return translate("dropping", "PNG picture")


def ask_where_to_save(parent: QWidget, title: str, suggested: Path, kind: str) -> Path | None:
    """Let the user name a file of a kind; one that is there only if they agreed to replace it.

    Args:
        parent: the window it is asked for.
        title: what is saved.
        suggested: a name, which has the ending the file will have.
        kind: what such a file is called.
    """
    ending = suggested.suffix
    file, _ = QFileDialog.getSaveFileName(parent, title, str(suggested), f"{kind} (*{ending})")
    if not file or file.lower().endswith(ending):
        return Path(file) if file else None
    # The dialog asked about another name. With its default suffix, the dialogs of KDE and GNOME do so too,
    # and no dialog adds one to “tea 1.5 l”.
    target = Path(f"{file}{ending}")
    return target if not target.exists() or _may_replace(parent, title, target) else None


def _may_replace(parent: QWidget, title: str, target: Path) -> bool:
    words = QCoreApplication.translate("QFileDialog", _REPLACE).replace("%1", target.name)
    return QMessageBox.warning(parent, title, words, _YES | _NO, _NO) == _YES
