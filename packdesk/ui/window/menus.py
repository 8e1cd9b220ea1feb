"""The menu bar, its menus and the toolbar, all made of the same actions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QSizePolicy, QToolBar, QToolButton, QWidget

from packdesk.domain.text import cut
from packdesk.ui.parts import tip
from packdesk.ui.translation import translate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from packdesk.ui.actions import WindowActions


_NAME_LENGTH = 60
_GROUP_ENDS = {"designs", "save_design", "share", "settings", "redo", "paste", "cancel", "save_panel"}
_GROUP_ENDS |= {"supplied", "bottom", "fold", "beside", "inks", "dark", "cheat_sheet"}
_SHOWN_AS_ICON = ("undo", "redo", "perspective", "dark", "settings")
"""Known everywhere by their icons; with their words the toolbar would not fit a small screen."""

PANEL_ACTIONS = (
    "generate_one",
    "another",
    "change",
    "import",
    "link",
    "show_file",
    "follow_again",
    "unlink",
    "paste",
    "copy",
    "save_panel",
    "turn",
    "fit",
    "fill",
    "finish",
    "same_as_lead",
    "clear_panel",
)


def fill_menu_bar(bar: QMenuBar, actions: WindowActions, docks: Sequence[QAction], recent: QMenu) -> None:
    """Make the menus; those of the docks in one below View, recent designs below File."""
    titles = {
        "file": translate("menus", "&File"),
        "edit": translate("menus", "&Edit"),
        "artwork": translate("menus", "&Artwork"),
        "view": translate("menus", "&View"),
        "help": translate("menus", "&Help"),
    }
    for name, title in titles.items():
        menu = bar.addMenu(title)
        for spec, action in actions.of_menu(name):
            if spec.name == "reset_layout":  # a menu of their own: together they would not fit a small screen
                menu = menu.addMenu(translate("menus", "&Workspace"))
                menu.addActions(docks)
                menu.addSeparator()
            menu.addAction(action)
            if spec.name == "open":
                menu.addMenu(recent)
            if spec.name in _GROUP_ENDS:
                menu.addSeparator()


class PanelMenu(QMenu):
    """Tells of a linked file in a tooltip; those of other entries would only repeat them."""

    def __init__(self, parent: QWidget, actions: WindowActions) -> None:
        super().__init__(parent)
        self._telling = (actions["show_file"], actions["unlink"])
        self.hovered.connect(self._follow)

    @Slot(QAction)
    def _follow(self, action: QAction) -> None:
        self.setToolTipsVisible(action in self._telling)


def panel_menu(parent: QWidget, actions: WindowActions) -> QMenu:
    """What can be done with the selected panel."""
    menu = PanelMenu(parent, actions)
    for name in PANEL_ACTIONS:
        menu.addAction(actions[name])
        if name in {"change", "save_panel", "same_as_lead"}:
            menu.addSeparator()
    return menu


class MainToolBar(QToolBar):
    """The most used actions."""

    def __init__(self, actions: WindowActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self.setWindowTitle(self.tr("Toolbar"))
        self.setMovable(False)
        self.setIconSize(QSize(20, 20))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._add(actions, "new", "undo", "redo")
        self.addSeparator()
        self._add(actions, "home", "front", "right", "top", "perspective", "turntable")
        self.addSeparator()
        self._add(actions, "flat")
        spring = QWidget()
        spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(spring)
        self._add(actions, "export", "dark", "settings")
        for name in _SHOWN_AS_ICON:
            button = self.widgetForAction(actions[name])
            assert isinstance(button, QToolButton), "Qt makes one for each action"
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)

    def _add(self, actions: WindowActions, *names: str) -> None:
        for name in names:
            self.addAction(actions[name])


class RecentMenu(QMenu):
    """Files by name; their places are in the tooltips, their folders beside names that stand twice.

    Signals:
        chosen: the file (`Path`).
        cleared: the list shall be forgotten.
    """

    chosen = Signal(object)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Open &recent"))
        self.setToolTipsVisible(True)

    def show_files(self, files: Sequence[Path]) -> None:
        """Show them in their order."""
        self.clear()
        names = [file.name for file in files]
        for file in files:
            text = file.name if names.count(file.name) == 1 else f"{file.name} – {file.parent.name}"
            action = self.addAction(cut(text, _NAME_LENGTH).replace("&", "&&"))
            action.setToolTip(tip(str(file)))
            action.triggered.connect(partial(self.chosen.emit, file))
        self.addSeparator()
        self.addAction(self.tr("&Clear the list")).triggered.connect(self.cleared)
        self.menuAction().setEnabled(bool(files))
