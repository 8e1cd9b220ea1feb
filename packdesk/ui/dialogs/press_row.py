"""What press a PDF is made for: the printer's profile, and whether pictures get its inks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QSpinBox, QWidget

from packdesk.domain.text import cut
from packdesk.export.press.options import FULL_LIMIT, LEAST_LIMIT, USUAL_LIMIT, PressOptions
from packdesk.ui.dropping import ask_for_profile
from packdesk.ui.parts import GAP, choice_box, label

if TYPE_CHECKING:
    from pathlib import Path

_NAME_LENGTH = 28
_NONE, _FILE, _CHOOSE = "", "file", "choose"


class PressRow(QWidget):
    """Two lines of a form. Who placed it looks through the profile, and refuses it.

    Signals:
        edited: something was set.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profile: Path | None = None
        self._former: Path | None = None
        offered = ((_NONE, self.tr("None")), (_CHOOSE, self.tr("Choose …")))
        self.profiles = choice_box(self.tr("Press profile"), offered)
        self.separated = QCheckBox(self.tr("In its inks, at most"))
        self.limit = QSpinBox()
        self.limit.setRange(round(LEAST_LIMIT), round(FULL_LIMIT))
        self.limit.setValue(round(USUAL_LIMIT))
        self.limit.setSingleStep(10)
        self.limit.setSuffix(self.tr(" %") + " ")  # the last space keeps the unit off the border
        self.limit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.limit.setAccessibleName(self.tr("Ink limit"))
        self._place()
        self.profiles.activated.connect(self._on_profile)
        self.separated.toggled.connect(self._on_separated)
        self.limit.valueChanged.connect(self.edited)
        self._allow()

    def show_options(self, options: PressOptions | None) -> None:
        """Show what is set."""
        with QSignalBlocker(self):
            self._show_profile(None if options is None else options.profile)
            if options is not None:
                self.separated.setChecked(options.separated)
                self.limit.setValue(round(options.ink_limit))

    def options(self) -> PressOptions | None:
        """What is set now."""
        if self._profile is None:
            return None
        return PressOptions(self._profile, self.separated.isChecked(), float(self.limit.value()))

    def refuse(self, profile: Path) -> None:
        """That one cannot be used: go back to what was chosen before it."""
        if self._former == profile:
            self._former = None
        if self._profile == profile:
            self._show_profile(self._former)
            self._former = None
            self.edited.emit()

    def _place(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(12)
        layout.setVerticalSpacing(GAP)
        self.profiles.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout.addWidget(label(self.profiles.accessibleName()), 0, 0)
        layout.addWidget(self.profiles, 0, 1)
        layout.addWidget(self.separated, 1, 0)
        layout.addWidget(self.limit, 1, 1)
        layout.setColumnStretch(1, 1)

    def _show_profile(self, profile: Path | None) -> None:
        if profile != self._profile:
            self._former, self._profile = self._profile, profile
        known = self.profiles.findData(_FILE)
        if known >= 0:
            self.profiles.removeItem(known)
        if profile is not None:
            self.profiles.insertItem(1, cut(profile.name, _NAME_LENGTH), _FILE)
            self.profiles.setItemData(1, str(profile), Qt.ItemDataRole.ToolTipRole)
        self.profiles.setCurrentIndex(0 if profile is None else 1)
        self._allow()

    def _allow(self) -> None:
        known = self._profile is not None
        self.separated.setEnabled(known)
        self.limit.setEnabled(known and self.separated.isChecked())

    @Slot(int)
    def _on_profile(self, index: int) -> None:
        chosen = self.profiles.itemData(index)
        profile = self._profile
        if chosen == _NONE:
            profile = None
        elif chosen == _CHOOSE:
            profile = ask_for_profile(self) or profile
        self._show_profile(profile)
        self.edited.emit()

    @Slot()
    def _on_separated(self) -> None:
        self._allow()
        self.edited.emit()
