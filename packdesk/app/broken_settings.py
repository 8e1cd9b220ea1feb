"""A window that says why there is none: settings that cannot be read, where no terminal shows it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox

from packdesk.app.translations import use_language
from packdesk.settings import settings_file
from packdesk.ui.icons import app_icon
from packdesk.ui.spoken import spoken
from packdesk.ui.theme import apply_theme, load_fonts, wanted_theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from packdesk.errors import PackdeskError


def shows_terminal() -> bool:
    """Whether somebody reads what is printed; who starts a program by its icon does not."""
    return sys.stderr is not None and sys.stderr.isatty()


def settings_problem(app: QApplication, error: PackdeskError) -> QMessageBox:
    """A message box, not yet open, that says it and leads to the settings file."""
    use_language(app, "system")  # which language is set cannot be read either
    load_fonts()
    apply_theme(app, wanted_theme("system"))
    box = QMessageBox(QMessageBox.Icon.Warning, "packdesk", spoken(error.sentence))
    box.setWindowIcon(app_icon())
    box.setInformativeText(spoken(error.remedy))
    words = QCoreApplication.translate("Preferences", "Show the settings file")
    folder = box.addButton(words, QMessageBox.ButtonRole.ActionRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Close))
    place = QUrl.fromLocalFile(str(settings_file().parent))
    folder.clicked.connect(lambda: QDesktopServices.openUrl(place))
    return box
