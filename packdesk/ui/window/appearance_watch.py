"""How the design is shown in this window, as one value: told when it rests, and set from one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker, QTimer, Signal, Slot

if TYPE_CHECKING:
    from packdesk.domain.appearance import Appearance
    from packdesk.domain.dieline.values import DielineOptions
    from packdesk.domain.saved_view import SavedView
    from packdesk.ui.actions import WindowActions
    from packdesk.ui.view.centre import Centre

REST_MS = 400


class AppearanceWatch(QObject):
    """Follows the look, the camera and what shapes the blank.

    Args:
        actions: of the window.
        centre: has the view and its look.

    Signals:
        changed: the `Appearance`, without named views, once it rests in another form.
        blank_wanted: the `DielineOptions` of a design that is shown.
    """

    changed = Signal(object)
    blank_wanted = Signal(object)

    def __init__(self, actions: WindowActions, centre: Centre) -> None:
        super().__init__(centre)
        self._perspective, self._bar, self._view = actions["perspective"], centre.look_bar, centre.view
        self._blank: DielineOptions | None = None
        self._told: Appearance | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.tell)
        self._bar.changed.connect(self._rest.start)
        self._view.camera_moved.connect(self._rest.start)

    def shown(self) -> Appearance:
        """How the design is shown now."""
        from packdesk.domain.appearance import PRESENT_VIEW, Appearance  # noqa: PLC0415  (the first frame does without)

        return Appearance(self._bar.look, self._view.saved_view(PRESENT_VIEW), self._blank)

    @Slot(object)
    def show(self, appearance: Appearance) -> None:
        """Show the design so."""
        self._bar.show_look(appearance.look, self._bar.folded)
        self._bar.changed.emit()
        if appearance.blank is not None:
            self.blank_wanted.emit(appearance.blank)
        if appearance.view is not None:
            self.show_view(appearance.view)
        self._told = self.shown()
        self._rest.stop()

    def show_view(self, view: SavedView) -> None:
        """Look at the package from there, folded as far."""
        self._bar.show_look(self._bar.look, view.folded)
        self._bar.changed.emit()
        with QSignalBlocker(self._perspective):
            self._perspective.setChecked(not view.flat)
        self._view.show_saved_view(view)

    def set_blank(self, blank: DielineOptions) -> None:
        """The blank is shaped otherwise."""
        if blank != self._blank:
            self._blank = blank
            self._rest.start()

    @Slot()
    def tell(self) -> None:
        """Emit `changed` if there is anything to tell."""
        self._rest.stop()
        shown = self.shown()
        if shown != self._told:
            self._told = shown
            self.changed.emit(shown)

    def flush(self) -> None:
        """Tell at once what would be told in a moment."""
        if self._rest.isActive():
            self.tell()
