"""What is said of a file that was written, and the folder it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from packdesk.ui.spoken import error_text
from packdesk.ui.translation import translate
from packdesk.ui.wording import panel_name

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.jobs.exporting import Exported


def saved_words(file: Path) -> str:
    """That a file was written."""
    return translate("saved", "Saved as {0}.").format(file)


def exported_words(exported: Exported) -> tuple[str, bool]:
    """That a file was written, perhaps without some of the artwork; and whether all of it is there."""
    if not exported.missing:
        return saved_words(exported.target), True
    panels = ", ".join(panel_name(panel_id) for panel_id in exported.missing)
    text = translate("saved", "Saved as {0}, but without artwork on: {1}.").format(exported.target, panels)
    return f"{text} {error_text(next(iter(exported.missing.values())))}", False


def show_folder(file: Path) -> None:
    """Open the folder of a file in the computer's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.absolute().parent)))
