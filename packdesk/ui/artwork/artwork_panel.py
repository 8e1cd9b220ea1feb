"""Artwork: the panels, the prompt, and what is going on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from packdesk.domain.dieline.structures import panels_on_blank
from packdesk.domain.dieline.values import DielineStyle
from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.prompts import EXAMPLES
from packdesk.ui.artwork.panel_list import PanelList
from packdesk.ui.artwork.panel_rows import panel_rows
from packdesk.ui.artwork.progress_strip import ProgressStrip
from packdesk.ui.artwork.prompt_box import PromptBox
from packdesk.ui.parts import GAP, MARGIN, Scrolled, column, label
from packdesk.ui.units import MM, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from packdesk.domain.state import PackagingState
    from packdesk.jobs.generation_controller import JobView
    from packdesk.jobs.link_controller import LinkController
    from packdesk.jobs.texture_loader import TextureLoader
    from packdesk.ui.actions import WindowActions
    from packdesk.ui.artwork.panel_rows import PanelRow
    from packdesk.ui.theme import Theme


LOW = 640
_TOOLS = ("import", "link", "paste", "turn", "fit", "fill", "save_panel", "clear_panel")


class PanelTools(QWidget):
    """The panel's actions as icons; the same as in its menu."""

    def __init__(self, actions: WindowActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for name in _TOOLS:
            made = QToolButton()
            made.setProperty("kind", "tight")  # all of them beside their heading, in German too
            made.setIconSize(QSize(18, 18))
            made.setDefaultAction(actions[name])
            made.setAccessibleName(actions[name].text().replace("&", ""))
            layout.addWidget(made)


class ArtworkPanel(QWidget):
    """Panel list, prompt and progress."""

    def __init__(
        self,
        textures: TextureLoader,
        links: LinkController,
        actions: WindowActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._textures, self._links = textures, links
        self.list = PanelList()
        self.prompt = PromptBox()
        self.progress = ProgressStrip()
        self.tools = PanelTools(actions)
        self.heading = label(self.tr("Panels"), "heading")
        self._unit, self._style = MM, DielineStyle.STRAIGHT_TUCK
        self._read_only = False
        self._place()

    def show_panels(
        self,
        state: PackagingState,
        job: JobView,
        chosen: Sequence[str],
        inside: Callable[[PackagingState, Unit], list[PanelRow]] | None = None,
    ) -> None:
        """Show what is on the panels, which are selected, and whether artwork can be generated.

        `inside` makes the rows of the other side, which is not generated.
        """
        printed = panels_on_blank(state.package_type, self._style)
        self.prompt.set_printed(None if len(printed) == len(PANEL_IDS[state.package_type]) else printed)
        if inside is None:
            links = self._links.views
            rows = panel_rows(state, job, self._textures, self._unit, links, printed=printed)
        else:
            rows = inside(state, self._unit)
        self.list.show_rows(rows, chosen)
        self.heading.setText(self.tr("Panels") if inside is None else self.tr("Inside"))
        busy = job.running or state.generating or self._read_only or inside is not None
        self.prompt.set_ready(ready=not busy, panels=chosen)

    def show_progress(self, state: PackagingState, job: JobView, *, silent: bool) -> None:
        """Show what is being generated, here or elsewhere; `silent`: there without news for long."""
        elsewhere = state.generating and not job.running
        if elsewhere:
            single = [state.generating_panel] if state.generating_panel else []
            self.progress.show_elsewhere(state.generating_panels or single, silent=silent)
        else:
            self.progress.show_job(job)

    @Slot()
    def make_sample(self) -> None:
        """Fill an empty package, so that there is something to look at."""
        if not self.prompt.prompt():
            self.prompt.edit.setPlainText(EXAMPLES[0])
        self.prompt.send_sample()

    def set_read_only(self, read_only: bool) -> None:  # noqa: FBT001  (its only argument)
        """Take no prompt and no pictures, from the next state on."""
        self._read_only = read_only
        self.prompt.setEnabled(not read_only)
        self.list.setAcceptDrops(not read_only)

    def set_style(self, style: DielineStyle) -> None:
        """Which panels are on the blank follows from it, from the next state on."""
        self._style = style

    def set_unit(self, unit: Unit) -> None:
        """Show sizes in that unit, from the next state on."""
        self._unit = unit

    def set_theme(self, theme: Theme) -> None:
        """Draw list and icons in the theme's colours."""
        self.list.set_theme(theme)
        self.prompt.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """In a low window the panels come first."""
        super().resizeEvent(event)
        self.prompt.set_low(self.height() < LOW)
        self.progress.keep_place(keeps=self.height() >= LOW)

    def _place(self) -> None:
        content = QWidget()
        layout = column(content, gap=12)
        head = QHBoxLayout()
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addWidget(self.tools)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.progress)
        layout.addWidget(self.prompt)
        whole = column(self, margin=MARGIN, gap=GAP)
        whole.addWidget(Scrolled(content), 1)
        whole.addWidget(self.prompt.senders)
