"""The export dialog: kinds of files, a preview, what can be set, and what preflight found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.inside import seen_from_inside
from packdesk.domain.dieline.sizes import sizes_of
from packdesk.domain.dieline.values import Sized
from packdesk.domain.preflight import Finding, Level, preflight
from packdesk.domain.preflight.object_rules import STAYS_OUTLINES
from packdesk.domain.state import default_state
from packdesk.errors import InvalidInputError
from packdesk.export.options import ExportFormat
from packdesk.export.press.options import press_facts
from packdesk.ui.dialogs.blank_preview import BlankPreview
from packdesk.ui.dialogs.export_form import ExportForm
from packdesk.ui.dialogs.export_kinds import KindList
from packdesk.ui.dialogs.finding_list import FindingList, gravest_role, summary
from packdesk.ui.dialogs.writing_row import WritingRow
from packdesk.ui.parts import MARGIN, Scrolled, button, column, label, restyle, rule
from packdesk.ui.screens import fit
from packdesk.ui.spoken import error_text
from packdesk.ui.translation import translate
from packdesk.ui.units import MM, Unit, sides_text
from packdesk.ui.wheel import guard_wheel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QShowEvent

    from packdesk.domain.dieline.values import DielineOptions
    from packdesk.domain.dimensions import Dimensions
    from packdesk.domain.preflight import PictureFacts
    from packdesk.domain.state import PackagingState
    from packdesk.export.options import ExportOptions
    from packdesk.ui.theme import Theme

FINDINGS_WIDTH = 264
SECTION_GAP = 16
TALLER_PREVIEW = 130


class ExportDialog(QDialog):
    """Non-modal: what preflight found can be mended beside it.

    Signals:
        export_wanted: the kind of file (`ExportFormat`).
        shown_wanted: the `Finding` whose place shall be seen.
        lettering_wanted: words in the pictures shall be read.
    """

    export_wanted = Signal(object)
    shown_wanted = Signal(object)
    lettering_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self._state = default_state()
        self._pictures: Mapping[str, QPixmap] = {}
        self._inside: Mapping[str, QPixmap] = {}
        self._package = QPixmap()
        self._facts: Mapping[str, PictureFacts] | None = None
        self._wanted_dpi = 300.0
        self._unit = MM
        self._found: tuple[Finding, ...] = ()
        self.kinds = KindList()
        self.preview = BlankPreview()
        self.form = ExportForm()
        self.findings = FindingList()
        self.mend_button = button(self.tr("Mend what can be set"))
        self.read_button = button(self.tr("Look for words near a cut"))
        self._sizes = label("", "small", wrap=True)
        self._summary = label("")
        self.writing = WritingRow(self.tr("Export …"))
        self.writing.start_button.setDefault(True)
        self._place()
        self._connect()
        guard_wheel(self)

    def show_options(self, options: ExportOptions, wanted_dpi: float) -> None:
        """Show what is set, and the resolution preflight asks for."""
        self._wanted_dpi = wanted_dpi
        self.form.show_options(options)
        self._refresh()

    def show_design(
        self, state: PackagingState, pictures: Mapping[str, QPixmap], package: QImage | None = None
    ) -> None:
        """Show a design, its panels' pictures, and the package in 3D if that was drawn anew."""
        self._state, self._pictures = state, pictures
        if package is not None:
            self._package = QPixmap.fromImage(package)
        self._refresh()

    @property
    def shows_package(self) -> bool:
        """Whether it is the package in 3D that is shown, not a blank."""
        kind = self.kinds.kind.format
        return kind.is_model or kind.keeps_look

    def show_package(self, package: QImage) -> None:
        """Show the package in 3D, which was drawn anew."""
        self._package = QPixmap.fromImage(package)
        self._refresh()

    def show_inside(self, pictures: Mapping[str, QPixmap]) -> None:
        """Show what is inside, where that is to be written."""
        self._inside = pictures
        self._refresh()

    @Slot(object)
    def show_facts(self, facts: Mapping[str, PictureFacts]) -> None:
        """What preflight has to know of the pictures; until then it says nothing of them."""
        self._facts = facts
        self._show_findings()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt's name)
        """Be as large as what is shown at first, where the screen has room for it."""
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            fit(self, self.sizeHint() + QSize(0, TALLER_PREVIEW))
        super().showEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Paint in the theme's colours."""
        for part in (self.kinds, self.preview, self.findings):
            part.set_theme(theme)

    def set_unit(self, unit: Unit) -> None:
        """Show lengths in a unit."""
        self._unit = unit
        self.form.set_unit(unit)
        self._refresh()

    @property
    def errors(self) -> int:
        """How many errors preflight has found; with one the print will be wrong."""
        return sum(finding.level is Level.ERROR for finding in self._found)

    def _place(self) -> None:
        middle, right = QVBoxLayout(), QVBoxLayout()
        middle.setSpacing(10)
        middle.addWidget(self.preview, 1)
        middle.addWidget(self._sizes)
        middle.addWidget(self.form)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Preflight"), "heading"))
        head.addStretch(1)
        head.addWidget(self._summary)
        right.addLayout(head)
        right.addWidget(self.findings, 1)
        right.addWidget(self.mend_button)
        right.addWidget(self.read_button)
        self.findings.setMinimumWidth(FINDINGS_WIDTH)
        content = QWidget()
        columns = QHBoxLayout(content)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(SECTION_GAP)
        columns.addWidget(self.kinds)
        columns.addLayout(middle, 3)
        columns.addLayout(right, 1)
        layout = column(self, margin=MARGIN, gap=MARGIN)
        layout.addWidget(Scrolled(content, sideways=True), 1)
        layout.addWidget(rule())
        layout.addWidget(self.writing)

    def _connect(self) -> None:
        self.kinds.chosen.connect(self._refresh)
        self.kinds.itemActivated.connect(self._on_export)
        self.form.edited.connect(self._refresh)
        self.form.judged.connect(self._refresh)
        self.findings.shown_wanted.connect(self.shown_wanted)
        self.read_button.clicked.connect(self._read)
        self.mend_button.clicked.connect(self._mend)
        self.writing.close_button.clicked.connect(self.close)
        self.writing.wanted.connect(self._on_export)

    def show_reading(self, *, possible: bool, running: bool) -> None:
        """Whether words can be read here, and are just being read."""
        words = self.tr("Reading the pictures …") if running else self.tr("Look for words near a cut")
        self.read_button.setText(words)
        self.read_button.setEnabled(possible and not running)
        tip = self.tr("What reads lettering is not installed; the troubleshooting guide says how to add it.")
        self.read_button.setToolTip("" if possible else tip)

    @Slot()
    def _read(self) -> None:
        self.show_reading(possible=True, running=True)
        self.lettering_wanted.emit()

    @Slot()
    def _on_export(self) -> None:
        unusable = self.form.unusable()
        if unusable is not None and self.form.isEnabled():
            unusable.setFocus()  # what is wrong with it stands below it
        elif self.writing.start_button.isEnabled():
            self.export_wanted.emit(self.kinds.kind.format)

    @Slot()
    def _refresh(self) -> None:
        kind, options, state = self.kinds.kind.format, self.form.options(), self._state
        self.form.show_for(kind, state.package_type, state.package_dimensions)
        if self.shows_package:
            self.preview.show_package(self._package)
        else:
            self._show_blank(options)
        unusable = self.form.unusable()
        if unusable is not None and self.form.isEnabled():
            self.preview.show_words(f"{unusable.accessibleName()}: {unusable.accessibleDescription()}")
        reason = self._impossible(options) if self._cuts else ""
        self.writing.allow(not reason, reason)
        self._sizes.setText(_size_words(state, options.dieline, self._unit))
        self._show_findings()

    @property
    def _cuts(self) -> bool:
        """Whether the file is made of the blank."""
        kind = self.kinds.kind.format
        return kind.is_flat or kind is ExportFormat.PROOF or (kind.is_model and self.form.flaps.isChecked())

    def _impossible(self, options: ExportOptions) -> str:
        """Why there is no such blank; empty where there is."""
        state = self._state
        try:
            make_dieline(state.package_type, state.package_dimensions, options.dieline)
        except InvalidInputError as error:
            return error_text(error)
        return ""

    def _show_blank(self, options: ExportOptions) -> None:
        kind, state = self.kinds.kind.format, self._state
        drawn = replace(options.flat, artwork=options.flat.artwork and kind.has_artwork)
        try:
            dieline = make_dieline(state.package_type, state.package_dimensions, options.dieline)
        except InvalidInputError as error:
            self.preview.show_words(error_text(error))
            return
        inside = options.flat.inside and self.form.inside.isEnabled()
        if inside:
            dieline = seen_from_inside(dieline)
        self.preview.show_blank(dieline, self._inside if inside else self._pictures, drawn)

    def _show_findings(self) -> None:
        options = self.form.options()
        press = press_facts(options.flat.press)
        found = preflight(self._state, self._facts or {}, options.dieline, self._wanted_dpi, press)
        if not (options.flat.live_text and self.form.live_text.isEnabled()):
            found = tuple(one for one in found if one.rule != STAYS_OUTLINES)
        self._found = found
        self.findings.show_findings(found)
        self.mend_button.setVisible(any(finding.mend is not None for finding in found))
        self._summary.setText(summary(found))
        self._summary.setProperty("role", gravest_role(found))
        restyle(self._summary)

    @Slot()
    def _mend(self) -> None:
        options = self.form.options()
        mended: dict[str, Any] = {
            one.mend.name: one.mend.value for one in self._found if one.mend is not None
        }
        self.form.show_options(replace(options, dieline=replace(options.dieline, **mended)))
        self.form.edited.emit()


def _size_words(state: PackagingState, blank: DielineOptions, unit: Unit) -> str:
    """What the sliders set, and what that comes to elsewhere."""
    size, sized = state.package_dimensions, blank.sized
    words = _meaning(state, sized).format(_sides(state, size, unit))
    try:
        sizes = sizes_of(state.package_type, size, blank)
    except InvalidInputError:  # preflight says why
        return words
    others, shown = {
        Sized.CREASE: (translate("preflight", "Inside {0}, outside {1}."), (sizes.inside, sizes.outside)),
        Sized.INSIDE: (
            translate("preflight", "Crease to crease {0}, outside {1}."),
            (sizes.manufacturing, sizes.outside),
        ),
        Sized.OUTSIDE: (
            translate("preflight", "Inside {0}, crease to crease {1}."),
            (sizes.inside, sizes.manufacturing),
        ),
    }[sized]
    return f"{words}\n{others.format(*(_sides(state, named, unit) for named in shown))}"


def _meaning(state: PackagingState, sized: Sized) -> str:
    if sized is Sized.INSIDE:
        return translate("preflight", "The sliders set the inside size: {0}.")
    if sized is Sized.OUTSIDE:
        return translate("preflight", "The sliders set the outside size: {0}.")
    if state.package_type == "box":
        return translate("preflight", "The sliders set the manufacturing size, crease to crease: {0}.")
    return translate("preflight", "The sliders set the manufacturing size, to the middle of the wall: {0}.")


def _sides(state: PackagingState, size: Dimensions, unit: Unit) -> str:
    sides = size.as_tuple()
    return sides_text(sides[:2] if state.package_type == "cylinder" else sides, unit)
