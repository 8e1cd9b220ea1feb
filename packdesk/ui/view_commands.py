"""What the View menu does, and pictures of the view."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QWidget

from packdesk.textures.images import save_png
from packdesk.ui.dropping import ask_where_to_save, png_kind

if TYPE_CHECKING:
    from packdesk.jobs.session import Session
    from packdesk.ui.actions import WindowActions
    from packdesk.ui.centre import Centre


class ViewCommands(QObject):
    """Connects the view's actions to the views."""

    def __init__(self, session: Session, actions: WindowActions, centre: Centre, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._centre = centre
        actions.views.triggered.connect(self._on_view)
        actions["perspective"].setChecked(True)
        actions["flat"].setChecked(True)
        actions["perspective"].toggled.connect(centre.view.set_perspective)
        actions["turntable"].toggled.connect(centre.view.set_turning)
        actions["fold"].triggered.connect(centre.look_bar.toggle_fold)
        actions["flat"].toggled.connect(centre.show_flat)
        actions["beside"].toggled.connect(centre.set_beside)
        actions["copy_view"].triggered.connect(self._copy)
        actions["save_view"].triggered.connect(self._save)
        centre.view.turning_changed.connect(actions["turntable"].setChecked)

    @Slot(QAction)
    def _on_view(self, action: QAction) -> None:
        self._centre.view.show_named_view(action.data())

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setImage(self._centre.view.grabFramebuffer())

    @Slot()
    def _save(self) -> None:
        window = self.parent()
        assert isinstance(window, QWidget), "see __init__"
        title = self.tr("Save the view as a picture")
        file = ask_where_to_save(window, title, Path("package.png"), png_kind())
        if file is not None:
            self._session.save_picture(partial(save_png, self._centre.view.grabFramebuffer()), file)
