"""The title of a dock, with buttons to float and to hide it. Dragging it moves the dock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QToolButton, QWidget

from packdesk.ui.icons import line_icon
from packdesk.ui.parts import MARGIN, label

if TYPE_CHECKING:
    from packdesk.ui.theme import Theme


class DockTitle(QWidget):
    """Stands in for the platform's title bar, whose buttons have neither a size nor a name of their own."""

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        self._dock = dock
        self.setObjectName("dock title")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.float_button = self._button(self.tr("Float {0}, or dock it again").format(dock.windowTitle()))
        self.hide_button = self._button(self.tr("Hide {0}").format(dock.windowTitle()))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, 10, 8, 0)
        layout.setSpacing(0)
        layout.addWidget(label(dock.windowTitle(), "heading"), 1)
        layout.addWidget(self.float_button)
        layout.addWidget(self.hide_button)
        self.float_button.clicked.connect(self._float)
        self.hide_button.clicked.connect(dock.hide)
        dock.toggleViewAction().setObjectName(dock.objectName())  # found by typing in English, too
        dock.toggleViewAction().triggered.connect(self._show)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in the theme's colours."""
        self.float_button.setIcon(line_icon("float", theme.muted))
        self.hide_button.setIcon(line_icon("close", theme.muted))

    def _button(self, name: str) -> QToolButton:
        made = QToolButton()
        made.setProperty("kind", "small")
        made.setIconSize(QSize(14, 14))
        made.setToolTip(name)
        made.setAccessibleName(name)
        return made

    @Slot()
    def _float(self) -> None:
        self._dock.setFloating(not self._dock.isFloating())

    @Slot(bool)
    def _show(self, shown: bool) -> None:  # noqa: FBT001  (a slot)
        # Qt closes it by way of the window it had while it floated; if it was docked while hidden,
        # that window is gone and nothing is closed.
        self._dock.setVisible(shown)
        if shown:
            self._dock.raise_()  # it may share its place with another


class _Dock(QDockWidget):
    """Gives the focus to `home` when what had it in the floating dock is hidden or disabled."""

    def __init__(self, title: str, parent: QWidget, home: QWidget) -> None:
        super().__init__(title, parent)
        self._home = home

    def focusNextPrevChild(self, following: bool) -> bool:  # noqa: FBT001, N802  (Qt's name)
        """By itself Qt goes on to the next widget, such as a button of the title."""
        if self.isFloating() and has_lost_focus(self):
            self._home.setFocus()
            return True
        return super().focusNextPrevChild(following)


def has_lost_focus(window: QWidget) -> bool:
    """Whether the widget that has the focus of a window can no longer have it."""
    focused: QWidget | None = window.focusWidget()
    return focused is not None and not (focused.isEnabled() and focused.isVisible())


def titled_dock(parent: QWidget, name: str, title: str, content: QWidget, home: QWidget) -> QDockWidget:
    """A dock with a `DockTitle`, named for saving the layout; see `_Dock` for `home`."""
    dock = _Dock(title, parent, home)
    dock.setObjectName(name)
    dock.setTitleBarWidget(DockTitle(dock))
    dock.setWidget(content)
    return dock
