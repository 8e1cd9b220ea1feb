"""Pictures that come by drag and drop, the clipboard or a file dialog, and where to save one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QUrl
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from packdesk.textures.encoding import encode_png
from packdesk.textures.incoming import MAX_BYTES, IncomingPicture, name_in_address
from packdesk.ui.picture_drag import dragged_pictures, is_picture
from packdesk.ui.translation import translate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QWidget

_PIXELS = (
    ".png",
    ".jpg",
    ".jpeg",
    ".jfif",
    ".jpe",
    ".webp",
    ".tif",
    ".tiff",
    ".psd",
    ".avif",
    ".heic",
    ".heif",
)
_DRAWINGS = (".svg", ".svgz", ".pdf", ".ai")
ENDINGS = (*_PIXELS, *_DRAWINGS)
WORKBOOKS = (".xlsx", ".xls", ".ods")
TABLES = (".csv", ".tsv", *WORKBOOKS)
_MOST_HTML = 2 * MAX_BYTES
_ADDRESSES = ("http", "https", "data")
_FOLDER, _PROFILES = "packdesk folder", "packdesk profiles"
"""Where the application keeps the folder its dialogs start in."""
_LOOK_IN = QT_TRANSLATE_NOOP("QFileDialog", "Look in:")
"""Qt's own German for it is wrong where a file is saved; the window's translation comes first."""
_REPLACE = "%1 already exists.\nDo you want to replace it?"
"""As Qt's own dialog asks, which is translated with Qt."""
_YES, _NO = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No


@dataclass(frozen=True)
class Offer:
    """What is dropped, pasted or chosen; nothing of it is read yet.

    Attributes:
        pictures: what may be a picture.
        others: names of files that are none.
    """

    pictures: tuple[IncomingPicture, ...] = ()
    others: tuple[str, ...] = ()


def is_offer(data: QMimeData) -> bool:
    """Whether a picture may be among what is dragged; nothing is fetched from where it comes."""
    return is_picture(data) or data.hasUrls() or data.hasImage() or data.hasHtml()


def offer(data: QMimeData) -> Offer:
    """What is dropped or pasted.

    Files come first: they are the original, and a picture that comes with one is its icon. Pixels come before
    an address, for they need no network.
    """
    if is_picture(data):
        return Offer(dragged_pictures(data))
    files = _files(data)
    if files:
        return offer_files(files)
    image = _image(data)
    if image is not None:
        name = translate("dropping", "a copied picture")
        return Offer((IncomingPicture(name, encode=partial(encode_png, image)),))
    html = data.html()[:_MOST_HTML] if data.hasHtml() else ""
    address = _address(data)
    name = name_in_address(address) or translate("dropping", "a picture from the web")
    return Offer((IncomingPicture(name, html=html, address=address),)) if html or address else Offer()


def offer_files(files: Sequence[Path]) -> Offer:
    """Files that are chosen or dropped. A single one is always looked into: then it is said what it is."""
    pictures = [file for file in files if file.suffix.lower() in ENDINGS]
    if len(files) == 1:
        pictures = list(files)
    others = tuple(file.name for file in files if file not in pictures)
    return Offer(tuple(map(IncomingPicture.of_file, pictures)), others)


def dropped_file(data: QMimeData) -> Path | None:
    """The first picture file among what is dragged, judged by its name only."""
    return next((file for file in _files(data) if file.suffix.lower() in ENDINGS), None)


def dropped_table(data: QMimeData) -> Path | None:
    """The first table among what is dragged, judged by its name only."""
    return next((file for file in _files(data) if file.suffix.lower() in TABLES), None)


def _files(data: QMimeData) -> list[Path]:
    return [file for url in data.urls() if (file := _file(url)) is not None]


def _file(url: QUrl) -> Path | None:
    if url.isLocalFile() and url.host().lower() == "localhost":  # RFC 8089: as good as none
        url = QUrl.fromLocalFile(url.path())
    return Path(url.toLocalFile()) if url.isLocalFile() else None


def _address(data: QMimeData) -> str:
    found = [*data.urls(), QUrl(data.text().strip()) if data.hasText() else QUrl()]
    return next((url.toString() for url in found if url.scheme().lower() in _ADDRESSES), "")


def _image(data: QMimeData) -> QImage | None:
    content = data.imageData() if data.hasImage() else None
    image = content.toImage() if isinstance(content, QPixmap) else content
    return image if isinstance(image, QImage) and not image.isNull() else None


def last_folder() -> str:
    """The folder a file was chosen in last, where a dialog starts; empty at first."""
    kept = QApplication.instance()
    folder = kept.property(_FOLDER) if kept is not None else None
    return folder if isinstance(folder, str) else ""


def use_folder(folder: str) -> None:
    """Have dialogs start there."""
    if (kept := QApplication.instance()) is not None:
        kept.setProperty(_FOLDER, folder)


def noted(file: Path) -> Path:
    """The file that was chosen; the next dialog starts in its folder."""
    use_folder(str(file.absolute().parent))
    return file


def ask_for_profile(parent: QWidget) -> Path | None:
    """Let the user choose the colour profile of a press. Where those are nothing else is kept."""
    kinds = translate("dropping", "Colour profiles (*.icc *.icm *.ICC *.ICM)")
    title = translate("dropping", "Choose a press profile")
    kept = QApplication.instance()
    folder = (kept.property(_PROFILES) if kept is not None else None) or last_folder()
    file, _ = QFileDialog.getOpenFileName(parent, title, str(folder), kinds)
    if file and kept is not None:
        kept.setProperty(_PROFILES, str(Path(file).absolute().parent))
    return Path(file) if file else None


def ask_for_picture(parent: QWidget, title: str) -> Path | None:
    """Let the user choose a picture file."""
    file, _ = QFileDialog.getOpenFileName(parent, title, last_folder(), _kinds())
    return noted(Path(file)) if file else None


def ask_for_pictures(parent: QWidget, title: str) -> list[Path]:
    """Let the user choose picture files."""
    files, _ = QFileDialog.getOpenFileNames(parent, title, last_folder(), _kinds())
    return [noted(Path(file)) for file in files]


def _kinds() -> str:
    endings = " ".join(f"*{ending}" for ending in ENDINGS)
    return translate("dropping", "Pictures ({0});;All files (*)").format(endings)


def png_kind() -> str:
    """What a picture to be saved is called."""
    return translate("dropping", "PNG picture")


def ask_where_to_save(
    parent: QWidget, title: str, suggested: Path, kind: str, others: Mapping[str, str] | None = None
) -> Path | None:
    """Let the user name a file of a kind; one that is there only if they agreed to replace it.

    Args:
        parent: the window it is asked for.
        title: what is saved.
        suggested: a name, which has the ending the file will have.
        kind: what such a file is called.
        others: what files of other kinds are called, by their endings.
    """
    ending = suggested.suffix
    kinds = {ending: kind, **(others or {})}
    filters = {f"{name} (*{one})": one for one, name in kinds.items()}
    start = str(Path(last_folder(), suggested))
    file, chosen = QFileDialog.getSaveFileName(parent, title, start, ";;".join(filters))
    ending = filters.get(chosen, ending)
    if not file or file.lower().endswith(tuple(kinds)):
        return noted(Path(file)) if file else None
    # The dialog asked about another name. With its default suffix, the dialogs of KDE and GNOME do so too,
    # and no dialog adds one to “tea 1.5 l”.
    target = Path(f"{file}{ending}")
    return noted(target) if not target.exists() or _may_replace(parent, title, target) else None


def _may_replace(parent: QWidget, title: str, target: Path) -> bool:
    words = QCoreApplication.translate("QFileDialog", _REPLACE).replace("%1", target.name)
    return QMessageBox.warning(parent, title, words, _YES | _NO, _NO) == _YES
