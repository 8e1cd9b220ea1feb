"""Exporting from the window: the dialog, where the file goes, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot

from packdesk.domain.dieline.board import BOARDS
from packdesk.domain.state import default_state
from packdesk.export.options import ExportFormat, ExportOptions, ReviewOptions
from packdesk.jobs.exporting import ExportOrder
from packdesk.textures.encoding import encode_png
from packdesk.ui.dropping import ask_where_to_save
from packdesk.ui.spoken import spoken
from packdesk.ui.theme import LIGHT
from packdesk.ui.translation import translate
from packdesk.ui.units import MM, Unit
from packdesk.ui.window.questions import preflight_question
from packdesk.ui.window.saved import WritingCommands, show_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QImage, QPixmap

    from packdesk.domain.appearance import Appearance
    from packdesk.domain.dieline.board import Board
    from packdesk.domain.dieline.values import DielineOptions
    from packdesk.domain.preflight import PictureFacts
    from packdesk.domain.state import PackagingState
    from packdesk.errors import PackdeskError
    from packdesk.export.press.options import PressOptions
    from packdesk.jobs.export_controller import ExportController
    from packdesk.textures.pixmaps import PixmapMap
    from packdesk.ui.actions import WindowActions
    from packdesk.ui.dialogs.export_dialog import ExportDialog
    from packdesk.ui.theme import Theme
    from packdesk.ui.view.centre import Centre

REST_MS = 300
PREVIEW_SIZE = 800, 600


class ExportCommands(WritingCommands):
    """Opens the dialog and has files written.

    Args:
        exports: writes files.
        pixmaps: the pictures on screen.
        actions: of the window.
        centre: has the package in 3D, drawn for a bundle's preview; dialogs open above it.
        shown: how the design is shown, for a bundle or a review page.

    Signals:
        shown_wanted: a `Finding` whose place shall be seen.
        kept: what of the options a shop sets once, by the names of the settings.
        dieline_changed: see `dieline_options`.
        press_changed: the `PressOptions` in the dialog may be others.
    """

    dialog: ExportDialog | None
    shown_wanted = Signal(object)
    kept = Signal(object)
    dieline_changed = Signal()
    press_changed = Signal(object)

    def __init__(
        self,
        exports: ExportController,
        pixmaps: PixmapMap,
        actions: WindowActions,
        centre: Centre,
        shown: Callable[[], Appearance],
    ) -> None:
        super().__init__(centre)
        self._exports, self._pixmaps = exports, pixmaps
        self._state = default_state()
        self._view, self._shown = centre.view, shown
        self._above = centre
        self._options, self._wanted_dpi = ExportOptions(), 300.0
        self._boards: tuple[Board, ...] = BOARDS
        self._inside: Callable[[], Mapping[str, QPixmap]] = dict
        self._theme, self._unit = LIGHT, MM
        self._place = Path("package")
        self._profile: Path | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._examine)
        self._drawing = QTimer(self, singleShot=True, interval=REST_MS)
        self._drawing.timeout.connect(self._show_drawn)
        actions["export"].triggered.connect(self.open)
        actions["save_design"].triggered.connect(self.save_design)

    def set_options(self, options: ExportOptions, wanted_dpi: float) -> None:
        """What the dialog shows at first, and the resolution preflight asks for."""
        self._options, self._wanted_dpi = options, wanted_dpi
        if self.dialog is not None:
            self.dialog.show_options(options, wanted_dpi)
            self.dialog.writing.forget()
            self._drawing.start()
        self.dieline_changed.emit()

    def set_inside(self, thumbnails: Callable[[], Mapping[str, QPixmap]]) -> None:
        """Who has the pictures of the inside, by panel."""
        self._inside = thumbnails

    def use_boards(self, boards: tuple[Board, ...]) -> None:
        """Offer these boards in the dialog."""
        self._boards = boards

    @property
    def dieline_options(self) -> DielineOptions:
        """What shapes the blank: as set in the dialog, until then as in the settings."""
        return self.dialog.form.options().dieline if self.dialog is not None else self._options.dieline

    @property
    def press(self) -> PressOptions | None:
        """The press a PDF is made for, as set in the dialog."""
        return (self.dialog.form.options() if self.dialog is not None else self._options).flat.press

    @Slot()
    def _tell_press(self) -> None:
        self._check_press()
        self.press_changed.emit(self.press)
        self._rest.start()

    def _check_press(self) -> None:
        profile = None if self.press is None else self.press.profile
        if self.press is not None and profile != self._profile:
            self._exports.check_press(self.press)
        self._profile = profile

    @Slot(object, object)
    def refuse_press(self, press: PressOptions, error: PackdeskError) -> None:
        """The profile of a press cannot be used: what was chosen before it is shown again."""
        if self.dialog is not None:
            self.dialog.form.press.refuse(press.profile)
            if self.dialog.isVisible():  # else a message says so
                self.show_failure(error)
        elif self.press == press:
            self._options = replace(self._options, flat=replace(self._options.flat, press=None))
            self.press_changed.emit(None)

    @Slot(object)
    def use_press(self, press: PressOptions) -> None:
        """Make PDFs for this press from now on."""
        shown = self.dialog.form.options() if self.dialog is not None else self._options
        self.set_options(replace(shown, flat=replace(shown.flat, press=press)), self._wanted_dpi)
        self._check_press()

    @Slot(object)
    def show_blank(self, blank: DielineOptions) -> None:
        """Shape the blank as the design that is shown wants it."""
        if blank != self.dieline_options:
            shown = self.dialog.form.options() if self.dialog is not None else self._options
            self.set_options(replace(shown, dieline=blank), self._wanted_dpi)

    def use_resolution(self, wanted_dpi: float) -> None:
        """Have preflight ask for that resolution from now on."""
        self._wanted_dpi = wanted_dpi
        if self.dialog is not None:
            self.dialog.show_options(self.dialog.form.options(), wanted_dpi)

    def set_theme(self, theme: Theme) -> None:
        """Apply the theme to the dialog."""
        self._theme = theme
        if self.dialog is not None:
            self.dialog.set_theme(theme)

    def set_unit(self, unit: Unit) -> None:
        """Show lengths in a unit."""
        self._unit = unit
        if self.dialog is not None:
            self.dialog.set_unit(unit)

    @Slot()
    def open(self) -> None:
        """Show the dialog."""
        dialog = self.dialog or self._made()
        if not dialog.isVisible():
            dialog.writing.forget()
        dialog.show_design(self._state, self._thumbnails(), self._drawn())
        dialog.show_inside(self._inside())
        self._examine()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    @Slot()
    def save_design(self) -> None:
        """Save the design as a bundle."""
        self._export(ExportFormat.BUNDLE)

    def _made(self) -> ExportDialog:
        from packdesk.ui.dialogs.export_dialog import ExportDialog  # noqa: PLC0415  (the window starts without it)

        dialog = self.dialog = ExportDialog(self._above)
        dialog.set_theme(self._theme)
        dialog.set_unit(self._unit)
        dialog.form.structure.use_boards(self._boards)
        dialog.show_options(self._options, self._wanted_dpi)
        dialog.form.edited.connect(self.dieline_changed)
        dialog.form.edited.connect(dialog.writing.forget)
        for changed in (dialog.form.edited, dialog.kinds.chosen):
            changed.connect(self._drawing.start)
        dialog.form.press.edited.connect(self._tell_press)
        dialog.form.live_text.toggled.connect(self._rest.start)
        dialog.export_wanted.connect(self._on_wanted)
        dialog.shown_wanted.connect(self.shown_wanted)
        dialog.lettering_wanted.connect(self._read_lettering)
        dialog.show_reading(possible=self._exports.can_read, running=False)
        dialog.writing.cancelled.connect(self._exports.cancel)
        dialog.writing.folder_wanted.connect(show_folder)
        return dialog

    @Slot(object)
    def follow_state(self, state: PackagingState) -> None:
        """Another design is shown."""
        self._state = state
        self.follow()

    @Slot()
    def follow(self) -> None:
        """The design is another, or its pictures are."""
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.show_design(self._state, self._thumbnails())
            self.dialog.show_inside(self._inside())
            self._rest.start()
            self._drawing.start()

    @Slot()
    def _show_drawn(self) -> None:
        """The package as it is now, with what was set in the dialog."""
        if self.dialog is not None and self.dialog.isVisible() and self.dialog.shows_package:
            self.dialog.show_package(self._drawn())

    @Slot()
    def _examine(self) -> None:
        self._exports.examine(self._state, self.press, live=self._wants_live_text)

    @property
    def _wants_live_text(self) -> bool:
        return self.dialog is not None and self.dialog.form.live_text.isChecked()

    @Slot()
    def _read_lettering(self) -> None:
        self._exports.read_lettering(self._state, self.press, live=self._wants_live_text)

    @Slot()
    def end_reading(self) -> None:
        """Words were read, or could not be."""
        if self.dialog is not None:
            self.dialog.show_reading(possible=self._exports.can_read, running=False)

    @Slot(object)
    def _on_wanted(self, kind: ExportFormat) -> None:
        assert self.dialog is not None, "it asks"
        if self.dialog.errors and kind is not ExportFormat.BUNDLE:
            question = preflight_question(self.dialog, self.dialog.errors)
            question.accepted.connect(partial(self._export_wanted, kind))
            question.open()
        else:
            self._export_wanted(kind)

    def _export_wanted(self, kind: ExportFormat) -> None:
        assert self.dialog is not None, "it was asked from there"
        self._options = self.dialog.form.options()
        if self._export(kind) and kind.is_flat:
            self.kept.emit(_kept(self._options))

    def _export(self, kind: ExportFormat) -> bool:
        """Ask where to and begin; whether anything was begun."""
        target = self._ask_where(kind)
        if target is None or self._exports.running:
            return False
        self._place = target.with_suffix("")
        preview = self._preview() if kind is ExportFormat.BUNDLE else None
        shown = self._shown() if kind.keeps_look or kind.is_model else None
        # A translation calls its own language here.
        review = ReviewOptions(translate("language", "en"))
        order = ExportOrder(self._state, target, self._options, preview, shown, review, kind, spoken)
        if self.dialog is not None:
            self.dialog.writing.show_running(running=True)
        self._exports.start(order)
        return True

    def _ask_where(self, kind: ExportFormat) -> Path | None:
        from packdesk.ui.dialogs.export_kinds import export_kinds  # noqa: PLC0415  (as above)

        name = next(one.name for one in export_kinds() if one.format is kind)
        saving = kind is ExportFormat.BUNDLE
        title = self.tr("Save the design") if saving else self.tr("Export")
        parent = self.dialog if self.dialog is not None and self.dialog.isVisible() else self._above
        suggested = self._place.with_name(f"{self._place.name}.{kind.value}")
        return ask_where_to_save(parent, title, suggested, name)

    def _thumbnails(self) -> dict[str, QPixmap]:
        shown = {panel_id: self._pixmaps.get(panel_id) for panel_id in self._state.panel_textures}
        return {panel_id: one.thumbnail for panel_id, one in shown.items() if one is not None}

    def _drawn(self) -> QImage:
        return self._view.picture()

    def _preview(self) -> Callable[[], bytes] | None:
        drawn = self._drawn()
        return None if drawn.isNull() else partial(_encoded, drawn)

    @Slot(object)
    def show_facts(self, facts: Mapping[str, PictureFacts]) -> None:
        """Preflight knows of the design's pictures."""
        if self.dialog is not None:
            self.dialog.show_facts(facts)


def _kept(options: ExportOptions) -> dict[str, object]:
    dieline = options.dieline
    return {
        "box_style": dieline.style.value,
        "caliper_mm": dieline.caliper,
        "board": dieline.board.name if dieline.board else "",
        "sized": dieline.sized.value,
        "glue_flap_mm": dieline.glue_flap,
        "bleed_mm": dieline.bleed,
        "safe_mm": dieline.safe,
        "line_colours": options.flat.colours.value,
    }


def _encoded(drawn: QImage) -> bytes:
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return encode_png(drawn.scaled(*PREVIEW_SIZE, keep, smooth))
