"""What is said of a file that was written, in words and in the dialog that asked for it; and its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from packdesk.ui.spoken import error_text, spoken
from packdesk.ui.translation import translate
from packdesk.ui.wording import panel_name

if TYPE_CHECKING:
    from pathlib import Path

    from packdesk.errors import PackdeskError
    from packdesk.jobs.exporting import Exported
    from packdesk.ui.dialogs.export_dialog import ExportDialog
    from packdesk.ui.dialogs.picture_dialog import PictureDialog


def saved_words(file: Path) -> str:
    """That a file was written."""
    return translate("saved", "Saved as {0}.").format(file)


def exported_words(exported: Exported) -> tuple[str, bool]:
    """That a file was written, perhaps without some of the artwork; and whether all of it is there."""
    if not exported.missing:
        return " ".join([saved_words(exported.target), *_outlined(exported)]), True
    panels = ", ".join(panel_name(panel_id) for panel_id in exported.missing)
    text = translate("saved", "Saved as {0}, but without artwork on: {1}.").format(exported.target, panels)
    return f"{text} {error_text(next(iter(exported.missing.values())))}", False


def _outlined(exported: Exported) -> list[str]:
    """Why the first of the texts is outlines that were to be live text, and where the others are told."""
    words = [spoken(one) for one in exported.outlined[:1]]
    if exported.outlined[1:]:
        words.append(translate("saved", "Preflight lists the others."))
    return words


def show_folder(file: Path) -> None:
    """Open the folder of a file in the computer's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.absolute().parent)))


class WritingCommands(QObject):
    """Commands that have files written from a dialog; it tells what becomes of them.

    Attributes:
        dialog: made when it is opened first.
    """

    dialog: ExportDialog | PictureDialog | None = None

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """That many steps of so many are done."""
        if self.dialog is not None:
            self.dialog.writing.show_progress(done, total)

    @Slot()
    def end(self) -> None:
        """Nothing is being written any more."""
        if self.dialog is not None:
            self.dialog.writing.show_running(running=False)

    @Slot()
    def show_cancelled(self) -> None:
        """Nothing was written, as was wanted."""
        if self.dialog is not None:
            self.dialog.writing.show_result(translate("saved", "Cancelled. Nothing was written."))

    @Slot(object)
    def show_written(self, exported: Exported) -> None:
        """A file was written."""
        if self.dialog is not None:
            text, whole = exported_words(exported)
            self.dialog.writing.show_result(text, file=exported.target, failed=not whole)

    @Slot(object)
    def show_failure(self, error: PackdeskError) -> None:
        """No file was written."""
        if self.dialog is not None:
            self.dialog.writing.show_result(error_text(error), failed=True)
