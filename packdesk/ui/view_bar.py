"""The toolbar: named views, fit, theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QSizePolicy, QToolBar, QWidget

from packdesk.ui.icons import line_icon

if TYPE_CHECKING:
    from packdesk.ui.theme import Theme

_VIEWS = (
    ("home", "0", "Three-quarter"),
    ("front", "1", "Front"),
    ("right", "3", "Right"),
    ("top", "7", "Top"),
)
_ICONS = {"home": "home", "front": "front", "right": "side", "top": "top"}


class ViewBar(QToolBar):
    """Buttons around the picture.

    Signals:
        view_chosen: a named view.
        new_wanted: start over with the default design.
        theme_toggled: light to dark or back.
        settings_wanted: show the settings.
    """

    view_chosen = Signal(str)
    new_wanted = Signal()
    theme_toggled = Signal()
    settings_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("view bar")
        self.setWindowTitle(self.tr("View"))
        self.setMovable(False)
        self.setIconSize(QSize(20, 20))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.new_action = self._action(self.tr("New design"), "")
        self.new_action.setToolTip(self.tr("Back to the default box, without artwork"))
        self.new_action.triggered.connect(self.new_wanted)
        self.addSeparator()
        self._views = self._add_views()
        self._add_spring()
        self.theme_action = self._action(self.tr("Theme"), "")
        self.theme_action.setToolTip(self.tr("Switch between light and dark"))
        self.theme_action.triggered.connect(self.theme_toggled)
        self.settings_action = self._action(self.tr("Settings"), "Ctrl+,")
        self.settings_action.triggered.connect(self.settings_wanted)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in the theme's colours."""
        for name, action in self._views.items():
            action.setIcon(line_icon(_ICONS[name], theme.text))
        self.new_action.setIcon(line_icon("new", theme.text))
        self.settings_action.setIcon(line_icon("settings", theme.text))
        self.theme_action.setIcon(line_icon("sun" if theme.name == "dark" else "moon", theme.text))
        self.theme_action.setText(self.tr("Light") if theme.name == "dark" else self.tr("Dark"))

    def _add_views(self) -> dict[str, QAction]:
        group = QActionGroup(self)
        actions = {}
        for name, key, text in _VIEWS:
            action = self._action(self.tr(text), key)
            action.setData(name)
            group.addAction(action)
            actions[name] = action
        group.triggered.connect(self._on_view)
        return actions

    def _on_view(self, action: QAction) -> None:
        self.view_chosen.emit(action.data())

    def _action(self, text: str, key: str) -> QAction:
        action = QAction(text, self)
        if key:
            action.setShortcut(QKeySequence(key))
            action.setToolTip(f"{text} ({key})")
        self.addAction(action)
        return action

    def _add_spring(self) -> None:
        spring = QWidget()
        spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(spring)
