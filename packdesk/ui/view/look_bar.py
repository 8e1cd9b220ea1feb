"""The strip below the 3D view: what the package is made of, how it is lit, and folding it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QObject, QSignalBlocker, QSize, Qt, QVariantAnimation, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QApplication,
    QColorDialog,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSlider,
    QStyle,
    QToolButton,
    QWidget,
)

from packdesk.domain.look import DARK_STUDIO, LIGHT_STUDIO, NOTHING, Finish, Lighting, Look
from packdesk.ui.icons import line_icon
from packdesk.ui.parts import choice_box

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QResizeEvent

    from packdesk.ui.theme import Theme


_WHOLE_WAY_MS = 2600
_MOST_STOPS = 2.0  # to both sides
_STEPS_PER_STOP = 4
_FOLD_STEPS = 100
_LEAST_CHOICE, _LEAST_SLIDER = 50, 36  # pixels
_FIRST_COLOUR = "#d8dde3"


class FoldAnimation(QVariantAnimation):
    """Moves from one share of folding, 0 to 1, to another; each step is its `valueChanged`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setEasingCurve(QEasingCurve.Type.InOutSine)

    def go(self, start: float, goal: float) -> None:
        """Move; at once where the desktop wants no animations."""
        self.stop()
        if not QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration):
            self.valueChanged.emit(goal)
            return
        self.setDuration(max(1, round(_WHOLE_WAY_MS * abs(goal - start))))
        self.setStartValue(start)
        self.setEndValue(goal)
        self.start()


class LookBar(QWidget):
    """Shows and changes a look, and how far the package is folded.

    Signals:
        changed: the user, or the folding, changed something.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("look bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look, self._folded = Look(), 1.0
        self.finish = self._choice(self.tr("Finish"), self._finishes())
        self.lighting = self._choice(self.tr("Light"), self._lights())
        self.background = self._choice(self.tr("Background"), self._backgrounds())
        self._sun = QLabel()
        most = round(_MOST_STOPS * _STEPS_PER_STOP)
        self.exposure = self._slider(self.tr("Exposure"), -most, most, 90)
        self.fold = self._slider(self.tr("How far the package is folded"), 0, _FOLD_STEPS, 130)
        self.fold_button = QToolButton()
        self.fold_button.setProperty("kind", "small")
        self.fold_button.setIconSize(QSize(18, 18))
        self._folding = FoldAnimation(self)
        self._place()
        self._connect()
        self.show_look(self._look, self._folded)

    @property
    def look(self) -> Look:
        """What is chosen."""
        return self._look

    @property
    def folded(self) -> float:
        """0 for the flat blank to 1 for the closed package."""
        return self._folded

    def show_look(self, look: Look, folded: float = 1.0) -> None:
        """Show another look, without telling of it."""
        self._look, self._folded = look, folded
        for choice, value in (
            (self.finish, look.finish),
            (self.lighting, look.lighting),
            (self.background, _kind(look.background)),
        ):
            with QSignalBlocker(choice):
                choice.setCurrentIndex(choice.findData(value))
        for slider, step in (
            (self.exposure, look.exposure * _STEPS_PER_STOP),
            (self.fold, folded * _FOLD_STEPS),
        ):
            with QSignalBlocker(slider):
                slider.setValue(round(step))
        self.exposure.setToolTip(self.tr("Exposure: {0} stops").format(f"{look.exposure:+g}"))
        closed = folded >= 1
        self.fold_button.setToolTip(self.tr("Unfold the package") if closed else self.tr("Fold the package"))
        self.fold_button.setAccessibleName(self.fold_button.toolTip())

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in the theme's colours."""
        self.fold_button.setIcon(line_icon("fold", theme.text, theme.disabled))
        self._sun.setPixmap(line_icon("sun", theme.muted).pixmap(16, 16))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Where there is no room for every word, go without the exposure, then without the folding slider."""
        choices = sum(one.sizeHint().width() for one in (self.finish, self.lighting, self.background))
        row = self.layout()
        assert row is not None, "it was placed"
        apart = row.contentsMargins().left() + row.contentsMargins().right() + 7 * row.spacing()
        folding = choices + apart + self.fold_button.sizeHint().width() + _LEAST_SLIDER
        roomy = self.width() >= folding + self._sun.sizeHint().width() + _LEAST_SLIDER
        for one in (self._sun, self.exposure):
            one.setVisible(roomy)
        self.fold.setVisible(self.width() >= folding)
        super().resizeEvent(event)

    @Slot()
    def toggle_fold(self) -> None:
        """Open a closed package, close any other, in a moment."""
        self._folding.go(self._folded, 0.0 if self._folded >= 1 else 1.0)

    def _place(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(5)
        for choice in (self.finish, self.lighting, self.background):
            row.addWidget(choice)
        row.addSpacing(6)
        row.addWidget(self._sun)
        row.addWidget(self.exposure)
        row.addStretch(1)
        row.addWidget(self.fold_button)
        row.addWidget(self.fold)

    def _connect(self) -> None:
        self.finish.activated.connect(self._on_choice)
        self.lighting.activated.connect(self._on_choice)
        self.background.activated.connect(self._on_background)
        self.exposure.valueChanged.connect(self._on_exposure)
        self.fold.valueChanged.connect(self._on_fold_slider)
        self.fold_button.clicked.connect(self.toggle_fold)
        self._folding.valueChanged.connect(self._on_moved)

    @Slot()
    def _on_choice(self) -> None:
        self._set(
            replace(
                self._look,
                finish=Finish(self.finish.currentData()),
                lighting=Lighting(self.lighting.currentData()),
            )
        )

    @Slot()
    def _on_background(self) -> None:
        kind = self.background.currentData()
        if kind == "colour":
            former = self._look.background
            start = QColor(former if former.startswith("#") else _FIRST_COLOUR)
            chosen = QColorDialog.getColor(start, self.window(), self.tr("Background"))
            if not chosen.isValid():
                self.show_look(self._look, self._folded)
                return
            kind = chosen.name()
        self._set(replace(self._look, background=kind))

    @Slot(int)
    def _on_exposure(self, step: int) -> None:
        self._set(replace(self._look, exposure=step / _STEPS_PER_STOP))

    @Slot(int)
    def _on_fold_slider(self, step: int) -> None:
        self._folding.stop()
        self._on_moved(step / _FOLD_STEPS)

    @Slot(object)
    def _on_moved(self, share: float) -> None:
        self.show_look(self._look, share)
        self.changed.emit()

    def _set(self, look: Look) -> None:
        self.show_look(look, self._folded)
        self.changed.emit()

    def _choice(self, name: str, offered: Iterable[tuple[object, str]]) -> QComboBox:
        box = choice_box(name, offered)
        box.setToolTip(name)
        # in a narrow window a shortened word is better than no room beside
        box.setMinimumWidth(_LEAST_CHOICE)
        return box

    def _slider(self, name: str, low: int, high: int, width: int) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(low, high)
        slider.setMinimumWidth(_LEAST_SLIDER)
        slider.setMaximumWidth(width)
        slider.setToolTip(name)
        slider.setAccessibleName(name)
        return slider

    def _finishes(self) -> list[tuple[object, str]]:
        return [
            (Finish.MATTE, self.tr("Matte board")),
            (Finish.GLOSS, self.tr("Gloss")),
            (Finish.KRAFT, self.tr("Kraft")),
            (Finish.FOIL, self.tr("Foil")),
        ]

    def _lights(self) -> list[tuple[object, str]]:
        return [
            (Lighting.SOFT, self.tr("Soft light")),
            (Lighting.SIDE, self.tr("Side light")),
            (Lighting.EVEN, self.tr("Even light")),
            (Lighting.FLAT, self.tr("True colours")),
        ]

    def _backgrounds(self) -> list[tuple[object, str]]:
        return [
            (LIGHT_STUDIO, self.tr("Light studio")),
            (DARK_STUDIO, self.tr("Dark studio")),
            ("colour", self.tr("Colour …")),
            (NOTHING, self.tr("Nothing")),
        ]


def _kind(background: str) -> str:
    return "colour" if background.startswith("#") else background
