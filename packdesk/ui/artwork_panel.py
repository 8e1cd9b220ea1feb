"""Artwork: the panels, the prompt, and what is going on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from packdesk.domain.prompts import used_prompts
from packdesk.ui.panel_list import PanelList
from packdesk.ui.panel_rows import panel_rows
from packdesk.ui.panel_tools import PanelTools
from packdesk.ui.parts import MARGIN, column, label
from packdesk.ui.progress_strip import ProgressStrip
from packdesk.ui.prompt_box import PromptBox
from packdesk.ui.units import MM, Unit

if TYPE_CHECKING:
    from packdesk.domain.state import PackagingState
    from packdesk.jobs.generation_controller import JobView
    from packdesk.jobs.texture_loader import TextureLoader
    from packdesk.ui.actions import WindowActions
    from packdesk.ui.theme import Theme


class ArtworkPanel(QWidget):
    """Panel list, import, prompt and progress.

    Signals:
        panel_selected: panel id.
        file_dropped: panel id and the file to put there (`Path`).
        menu_wanted: panel id and a place on the screen: show what can be done with it.
        cancelled: stop generating.
        disowned: the program that was generating elsewhere does so no more.
    """

    panel_selected = Signal(str)
    file_dropped = Signal(str, object)
    menu_wanted = Signal(str, QPoint)
    cancelled = Signal()
    disowned = Signal()

    def __init__(
        self, textures: TextureLoader, actions: WindowActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._textures = textures
        self.list = PanelList()
        self.prompt = PromptBox()
        self.progress = ProgressStrip()
        self.tools = PanelTools(actions)
        self._unit = MM
        self._place()
        self._connect()

    def show_all(
        self, state: PackagingState, job: JobView, selected: str | None, *, silent: bool = False
    ) -> None:
        """Show the panels, the selection, and what is being generated, here or elsewhere.

        `silent`: whoever generates elsewhere has given no news for long.
        """
        self.prompt.ideas.show_used(used_prompts(state))
        self.list.show_rows(panel_rows(state, job, self._textures, self._unit), selected)
        elsewhere = state.generating and not job.running
        if elsewhere:
            single = [state.generating_panel] if state.generating_panel else []
            self.progress.show_elsewhere(state.generating_panels or single, silent=silent)
        else:
            self.progress.show_job(job)
        self.prompt.set_ready(ready=not (job.running or elsewhere), panel=selected)

    def set_unit(self, unit: Unit) -> None:
        """Show sizes in that unit, from the next state on."""
        self._unit = unit

    def set_theme(self, theme: Theme) -> None:
        """Draw list and icons in the theme's colours."""
        self.list.set_theme(theme)
        self.prompt.set_theme(theme)

    def _place(self) -> None:
        layout = column(self, margin=MARGIN, gap=12)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Panels"), "heading"))
        head.addStretch(1)
        head.addWidget(self.tools)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.progress)
        layout.addWidget(self.prompt)

    def _connect(self) -> None:
        self.list.panel_selected.connect(self.panel_selected)
        self.list.file_dropped.connect(self.file_dropped)
        self.list.menu_wanted.connect(self.menu_wanted)
        self.progress.cancelled.connect(self.cancelled)
        self.progress.disowned.connect(self.disowned)
