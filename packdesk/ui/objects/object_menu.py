"""The menu of what is chosen among objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from packdesk.ui.translation import translate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

_KEYS = {  # Ctrl+G would have artwork made, which may cost money, wherever no object has the focus
    "cut": "Ctrl+X",
    "copy": "Ctrl+C",
    "paste": "Ctrl+V",
    "duplicate": "Ctrl+D",
    "group": "Ctrl+Alt+G",
    "ungroup": "Ctrl+Alt+Shift+G",
    "delete": "Del",
}


def object_keys() -> list[tuple[str, str]]:
    """What keys do with objects that are chosen, for people."""
    native = QKeySequence.SequenceFormat.NativeText
    words = object_words()
    rows = [(words[name].replace("&", ""), QKeySequence(_KEYS[name]).toString(native)) for name in _KEYS]
    return [
        (translate("objects", "Type lettering where it stands"), "F2"),
        (translate("objects", "Move by 1 mm; by 0.1 mm"), translate("objects", "Arrow keys; with Shift")),
        (
            translate("objects", "Turn by 15°; by 1°"),
            translate("objects", "Ctrl and left, right; with Shift"),
        ),
        *rows,
    ]


def object_words() -> dict[str, str]:
    """The entries of the menu."""
    return {
        "cut": translate("objects", "Cu&t"),
        "copy": translate("objects", "&Copy"),
        "paste": translate("objects", "&Paste"),
        "duplicate": translate("objects", "D&uplicate"),
        "group": translate("objects", "&Group"),
        "ungroup": translate("objects", "U&ngroup"),
        "front": translate("objects", "To the &front"),
        "raise": translate("objects", "&Raise"),
        "lower": translate("objects", "&Lower"),
        "back": translate("objects", "To the &back"),
        "lock": translate("objects", "Loc&k"),
        "unlock": translate("objects", "Unloc&k"),
        "hide": translate("objects", "&Hide"),
        "show": translate("objects", "S&how"),
        "delete": translate("objects", "&Delete"),
    }


def object_menu(parent: QWidget, does: Mapping[str, Callable[[], object]], can: Mapping[str, bool]) -> QMenu:
    """A menu of these; what cannot be done now is grey, and what is not in `does` is left out."""
    menu = QMenu(parent)
    for name, words in object_words().items():
        if name not in does:
            continue
        action = menu.addAction(words)
        action.setObjectName(name)
        action.setEnabled(can.get(name, True))
        if name in _KEYS:
            action.setShortcut(QKeySequence(_KEYS[name]))
        action.triggered.connect(lambda _checked=False, do=does[name]: do())
        if name in ("duplicate", "ungroup", "back", "hide", "show"):
            menu.addSeparator()
    return menu
