"""How far a generation is, here or elsewhere, and the way to stop it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from packdesk.domain.text import cut_names
from packdesk.ui.parts import ElidedLabel, button, column, tip
from packdesk.ui.wording import panel_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packdesk.jobs.generation_controller import JobView


class ProgressStrip(QWidget):
    """Text, bar and Cancel; keeps its place while nothing runs, so nothing jumps, where there is room.

    Signals:
        cancelled: the user wants to stop.
        disowned: the user says that the other program is not generating any more.
    """

    cancelled = Signal()
    disowned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ElidedLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setProperty("role", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Generation progress"))
        self.cancel_button = button(self.tr("Cancel"), tip=self.tr("Stop generating (Esc)"))
        self.cancel_button.clicked.connect(self.cancelled)
        self.disown_button = button(
            self.tr("Not generating any more?"),
            tip=self.tr("Clears the mark the other program left, so that you can generate"),
        )
        self.disown_button.clicked.connect(self.disowned)
        self.disown_button.hide()
        layout = column(self, gap=6)
        row = QHBoxLayout()
        row.addWidget(self._bar, 1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.disown_button)
        layout.addWidget(self._text)
        layout.addLayout(row)
        self.keep_place(keeps=True)
        self._job: JobView | None = None
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._show_text)
        self.hide()

    def keep_place(self, *, keeps: bool) -> None:
        """Whether its place stays free while nothing runs."""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(keeps)
        self.setSizePolicy(policy)

    def show_job(self, job: JobView) -> None:
        """A generation of this window."""
        self.setVisible(job.running)
        self._job = job if job.running else None
        if not job.running:
            self._tick.stop()
            return
        self._offer(self.cancel_button)
        self._bar.setRange(0, job.total)
        self._show_done(job.done)
        self._show_text()
        self._tick.start()

    def show_elsewhere(self, panel_ids: Sequence[str], *, silent: bool = False) -> None:
        """A generation of another program, not to be cancelled from here; `silent`: it may have died."""
        self._job = None
        self._tick.stop()
        self._offer(self.disown_button if silent else None)
        self._bar.setRange(0, 0)
        if silent:
            self._say(self.tr("The other program has not reported for a minute"))
        else:
            named = cut_names(panel_ids, self.tr("and {0} more"), panel_name) or self.tr("artwork")
            self._say(self.tr("Another program is generating {0}").format(named))
        self.show()

    def _offer(self, offered: QWidget | None) -> None:
        for one in (self.cancel_button, self.disown_button):
            one.setVisible(one is offered)
        self._bar.setVisible(offered is not self.disown_button)  # nothing is known to move

    def _show_done(self, done: int) -> None:
        # The bar would repaint at once, and beside an OpenGL view that draws the whole window.
        self._bar.setUpdatesEnabled(False)
        self._bar.setValue(done)
        self._bar.setUpdatesEnabled(True)

    @Slot()
    def _show_text(self) -> None:
        job = self._job
        if job is None:
            return
        if job.total <= 1:
            self._say(self.tr("Generating …"))
            return
        told = self.tr("{0} of {1} candidates done") if job.candidates else self.tr("{0} of {1} panels done")
        text = told.format(job.done, job.total)
        self._say(f"{text}{self._time_left(job)}")

    def _say(self, text: str) -> None:
        self._text.setText(text)
        self._text.setAccessibleName(text)  # all of it, where there is no room to show it
        self._text.setToolTip(tip(text))

    def _time_left(self, job: JobView) -> str:
        if job.left_s is None:
            return ""
        left = job.left_s - (time.monotonic() - job.estimated_at)
        if left < 1:
            return self.tr(", nearly there")
        if left < 90:
            return self.tr(", about {0} s left").format(round(left))
        return self.tr(", about {0} min left").format(round(left / 60))
