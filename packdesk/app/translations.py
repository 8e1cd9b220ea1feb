"""Puts the application into the user's language before any widget is made."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from packdesk.assets import asset_path

SOURCE_LANGUAGE = "en"
"""What the sources are written in; it needs no translation."""

LANGUAGES = (SOURCE_LANGUAGE, "de")
_SYSTEM = "system"


def use_language(app: QCoreApplication, wanted: str) -> None:
    """Translate packdesk and Qt's own dialogs, and write numbers as is usual there.

    Args:
        app: the application; it keeps the translators.
        wanted: one of `LANGUAGES`, or `system` for the first of the system's languages spoken here. Numbers
            follow the system then, whatever its language.
    """
    for former in app.findChildren(QTranslator):
        app.removeTranslator(former)
        former.deleteLater()
    language = spoken_language(wanted)
    QLocale.setDefault(_locale(wanted))
    if language == SOURCE_LANGUAGE:
        return
    qt_folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    own = asset_path("translations", f"packdesk_{language}.qm")
    for file in (qt_folder / f"qtbase_{language}.qm", own):
        translator = QTranslator(app)
        # Qt's own texts may be missing from a lean installation; its few dialogs are English then.
        if translator.load(str(file)):
            app.installTranslator(translator)


def spoken_language(wanted: str) -> str:
    """The language of `LANGUAGES` to show."""
    names = QLocale.system().uiLanguages() if wanted == _SYSTEM else [wanted]
    asked = (name.partition("-")[0] for name in names)
    return next((name for name in asked if name in LANGUAGES), SOURCE_LANGUAGE)


def writes_commas(wanted: str) -> bool:
    """Whether decimals have a comma where that language is shown."""
    return _locale(wanted).decimalPoint() == ","


def _locale(wanted: str) -> QLocale:
    system = QLocale.system()
    # A Swiss user who chooses German writes numbers as the Swiss do.
    if wanted == _SYSTEM or system.name().partition("_")[0] == wanted:
        return system
    return QLocale(wanted)
