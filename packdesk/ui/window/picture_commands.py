"""Saving pictures from the window: the dialog, where the files go, and the views that have names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QMessageBox

from packdesk.domain.look import NOTHING
from packdesk.errors import PackdeskError
from packdesk.ui.dropping import ask_where_to_save
from packdesk.ui.window.saved import WritingCommands, show_folder
from packdesk.viewer.shots import camera_of

if TYPE_CHECKING:
    from packdesk.domain.look import Look
    from packdesk.domain.saved_view import SavedView
    from packdesk.jobs.drawing import PictureOrder
    from packdesk.jobs.session import Session
    from packdesk.ui.actions import WindowActions
    from packdesk.ui.dialogs.picture_dialog import PictureDialog
    from packdesk.ui.dialogs.picture_form import PictureChoice
    from packdesk.ui.view.centre import Centre
    from packdesk.ui.window.appearance_watch import AppearanceWatch
    from packdesk.ui.window.export_commands import ExportCommands

REST_MS = 150
_PREVIEW_SIDE = 640


class PictureCommands(WritingCommands):
    """Opens the dialog and has pictures drawn.

    Args:
        session: has the design, and what draws it.
        actions: of the window.
        centre: has the view and its look.
        exports: says what shapes the blank of an open package.
        watch: shows the named views.
    """

    dialog: PictureDialog | None

    def __init__(
        self,
        session: Session,
        actions: WindowActions,
        centre: Centre,
        exports: ExportCommands,
        watch: AppearanceWatch,
    ) -> None:
        super().__init__(centre)
        self._session, self._drawings, self._appearance = session, session.drawings, session.appearance
        self._centre, self._view = centre, centre.view
        self._exports, self._watch = exports, watch
        self._previewed: object = None
        self._place = Path("package")
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._show_preview)
        actions["save_view"].triggered.connect(self.open)

    @Slot()
    def open(self) -> None:
        """Show the dialog."""
        dialog = self.dialog or self._made()
        ratio = self._view.devicePixelRatioF()
        dialog.form.show_view_size(round(self._view.width() * ratio), round(self._view.height() * ratio))
        self._appearance.read_views()
        self._show_preview()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    @Slot(object)
    def show_views(self, views: tuple[SavedView, ...]) -> None:
        """The named views are others."""
        if self.dialog is not None:
            self.dialog.views.show_views(views)

    def _made(self) -> PictureDialog:
        from packdesk.ui.dialogs.picture_dialog import PictureDialog  # noqa: PLC0415  (the window starts without it)

        dialog = self.dialog = PictureDialog(self._centre)
        dialog.edited.connect(self._rest.start)
        dialog.save_wanted.connect(self._save)
        dialog.writing.cancelled.connect(self._drawings.cancel)
        dialog.writing.folder_wanted.connect(show_folder)
        dialog.views.kept.connect(self._keep)
        dialog.views.removed.connect(self._appearance.remove_view)
        dialog.views.chosen.connect(self._show_view)
        self._view.frameSwapped.connect(self._follow)
        return dialog

    @Slot()
    def _follow(self) -> None:
        if self.dialog is not None and self.dialog.isVisible() and self._previewed != self._seen():
            self._rest.start()

    def _seen(self) -> object:
        return self._view.scene(), self._view.camera()

    @Slot()
    def _show_preview(self) -> None:
        scene = self._view.scene()
        if self.dialog is None or scene is None:
            return
        self._previewed = self._seen()
        choice = self.dialog.form.choice()
        scale = _PREVIEW_SIDE / max(choice.width, choice.height)
        size = max(1, round(choice.width * scale)), max(1, round(choice.height * scale))
        camera = camera_of(self._shown(), scene, choice.width / choice.height)
        picture = self._view.picture(*size, camera, transparent=choice.transparent)
        self.dialog.preview.show_picture(picture)

    def _shown(self, name: str = "") -> SavedView:
        return self._view.saved_view(name or self.tr("View"))

    @Slot(str)
    def _keep(self, name: str) -> None:
        self._appearance.add_view(self._shown(name))

    @Slot(str)
    def _show_view(self, name: str) -> None:
        if (view := self._named(name)) is not None:
            self._watch.show_view(view)

    def _named(self, name: str) -> SavedView | None:
        return next((view for view in self._appearance.views if view.name == name), None)

    @Slot()
    def _save(self) -> None:
        assert self.dialog is not None, "it asks"
        choice = self.dialog.form.choice()
        views = [self._named(name) or self._shown(name) for name in self.dialog.views.ticked()]
        target = self._ask_where(choice)
        if target is None or self._drawings.running:
            return
        self._place = target.with_suffix("")
        order = self._order(choice, views, target)
        if order is None:
            return
        self.dialog.writing.show_running(running=True)
        self._drawings.start(order)

    def _ask_where(self, choice: PictureChoice) -> Path | None:
        assert self.dialog is not None, "it asks"
        kind = {".png": "PNG", ".jpg": "JPEG", ".webp": "WebP", ".mp4": "MP4"}.get(choice.ending, "")
        name = self.tr("{0} film").format(kind) if choice.film else self.tr("{0} picture").format(kind)
        suggested = self._place.with_name(f"{self._place.name}{choice.ending}")
        return ask_where_to_save(self.dialog, self.dialog.windowTitle(), suggested, name)

    def _order(self, choice: PictureChoice, views: list[SavedView], target: Path) -> PictureOrder | None:
        from packdesk.export.turntable import Film  # noqa: PLC0415  (as the dialog)
        from packdesk.jobs.drawing import PictureOrder, Shot, view_files  # noqa: PLC0415  (likewise)

        shots: tuple[Shot, ...]
        film = None
        if choice.film:
            count = max(2, round(choice.seconds * choice.rate))
            film = Film(choice.width, choice.height, count, choice.seconds, choice.transparent)
            shots = (Shot(self._shown(), target),)
        elif len(views) == 1:
            shots = (Shot(views[0], target),)
        else:
            files = view_files(target, views)
            if not self._may_replace(files):
                return None
            shots = tuple(Shot(view, file) for view, file in zip(views, files, strict=True))
        order = PictureOrder(
            self._session.state,
            shots,
            choice.width,
            choice.height,
            self._look(choice),
            film,
            self._exports.dieline_options,
            force=True,  # the user has agreed to it
        )
        try:
            order.check()
        except PackdeskError as error:
            self._session.failed.emit(error)
            self.show_failure(error)
            return None
        return order

    def _look(self, choice: PictureChoice) -> Look:
        look = self._centre.look_bar.look
        return replace(look, background=NOTHING) if choice.transparent else look

    def _may_replace(self, files: list[Path]) -> bool:
        there = [file for file in files if file.exists()]
        if not there:
            return True
        yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No
        words = self.tr("{0} of these pictures exist already. Replace them?").format(len(there))
        return QMessageBox.warning(self.dialog, self.tr("Save pictures"), words, yes | no, no) == yes
