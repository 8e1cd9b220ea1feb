"""Places the parts and connects them to the session; nothing else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QWidget

from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.prompt_help import used_prompts
from packdesk.errors import DisplayError
from packdesk.ui.artwork_panel import ArtworkPanel
from packdesk.ui.cost_question import cost_question
from packdesk.ui.icons import app_icon
from packdesk.ui.message_bar import MessageBar
from packdesk.ui.package_panel import PackagePanel
from packdesk.ui.parts import column, shortened
from packdesk.ui.status import Status
from packdesk.ui.theme import DARK, LIGHT, Theme, apply_theme
from packdesk.ui.view_bar import ViewBar
from packdesk.viewer.scene import STUDIO_DARK, STUDIO_LIGHT, Scene
from packdesk.viewer.view import PackageView

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from packdesk.generation.base import Estimate
    from packdesk.jobs.session import Session
    from packdesk.services.progress import GenerationOutcome
    from packdesk.store.job_records import JobRecord

FIRST_SIZE = QSize(1440, 900)
PACKAGE_WIDTH = 300
ARTWORK_WIDTH = 340


class MainWindow(QMainWindow):
    """The window of one design.

    Signals:
        settings_wanted: the user wants to see the settings.
    """

    settings_wanted = Signal()

    def __init__(self, session: Session, theme: Theme, samples: int | None = None) -> None:
        super().__init__()
        self.setWindowTitle("packdesk")
        self.setWindowIcon(app_icon())
        self._session = session
        self._theme = theme
        self._selected: str | None = None
        self._hovered = ""
        self._told_error: str | None = None
        self.view = PackageView(samples=samples)
        self.messages = MessageBar()
        self.package = PackagePanel()
        self.artwork = ArtworkPanel(session.textures)
        self.bar = ViewBar()
        self.status = Status(session.services.store_place, session.services.generation.provider_name)
        self._place()
        self._connect_intents()
        self._connect_session()
        self.set_theme(theme)
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Dress the window light or dark."""
        self._theme = theme
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, theme)
        for part in (self.package, self.artwork, self.bar, self.messages):
            part.set_theme(theme)
        self._show_scene()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  (Qt's name)
        """Save what waits, end the work, free the graphics card."""
        self.hide()  # a store that does not answer may take seconds
        self._session.close()
        self.view.release_gl()
        super().closeEvent(event)

    def _place(self) -> None:
        centre = QWidget()
        layout = column(centre, gap=0)
        layout.addWidget(self.messages)
        layout.addWidget(self.view, 1)
        self.setCentralWidget(centre)
        self.addToolBar(self.bar)
        self.setStatusBar(self.status)
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        self._dock(self.tr("Package"), self.package, left, PACKAGE_WIDTH)
        self._dock(self.tr("Artwork"), self.artwork, right, ARTWORK_WIDTH)
        self.resize(FIRST_SIZE)

    def _dock(self, title: str, content: QWidget, area: Qt.DockWidgetArea, width: int) -> None:
        dock = QDockWidget(title, self)
        dock.setObjectName(title)
        dock.setWidget(content)
        dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetMovable)
        content.setMinimumWidth(width - 40)
        self.addDockWidget(area, dock)
        self.resizeDocks([dock], [width], Qt.Orientation.Horizontal)

    def _connect_intents(self) -> None:
        self.package.type_chosen.connect(self._session.set_package_type)
        self.package.sized.connect(self._session.set_dimensions)
        self.artwork.panel_selected.connect(self._select)
        self.artwork.generate_one.connect(self._session.generate)
        self.artwork.generate_all.connect(self._session.generate_all)
        self.artwork.import_wanted.connect(self._session.import_picture)
        self.artwork.cancelled.connect(self._session.cancel)
        self.bar.view_chosen.connect(self.view.show_named_view)
        self.bar.new_wanted.connect(self._session.clear)
        self.bar.theme_toggled.connect(self._toggle_theme)
        self.bar.settings_wanted.connect(self.settings_wanted)
        self.view.panel_clicked.connect(self._select)
        self.view.panel_hovered.connect(self._hover)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.activated.connect(self._session.cancel)

    def _connect_session(self) -> None:
        self._session.state_changed.connect(self._show)
        self._session.job.changed.connect(self._on_job)
        self._session.textures.changed.connect(self._show)
        self._session.connection_changed.connect(self.status.show_connection)
        self._session.saving_changed.connect(self.status.show_saving)
        self._session.failed.connect(self.messages.show_error)
        self._session.generated.connect(self._on_generated)
        self._session.provider_changed.connect(self.status.show_provider)
        self._session.agreement.asked.connect(self._ask_agreement)
        self._session.unfinished_found.connect(self._offer_unfinished)
        self.view.draw_failed.connect(self._on_draw_failed)
        self.status.show_connection(self._session.connection)

    @Slot()
    def _show(self) -> None:
        state = self._session.state
        if self._selected not in PANEL_IDS[state.package_type]:
            self._selected = None
        self.package.show_state(state)
        self.artwork.show_all(state, self._session.job.view, self._selected)
        self._offer_prompt()
        self._tell_last_error(state.last_error)
        self._show_scene()

    def _show_scene(self) -> None:
        state = self._session.state
        self.view.set_scene(
            Scene(
                package_type=state.package_type,
                dimensions=state.package_dimensions,
                textures=self._session.textures.pixmaps.images(),
                selected=self._selected,
                hovered=self._hovered or None,
                backdrop=STUDIO_DARK if self._theme is DARK else STUDIO_LIGHT,
                accent=self._theme.accent,
            )
        )

    def _offer_prompt(self) -> None:
        for prompt in used_prompts(self._session.state)[:1]:
            self.artwork.prompt.set_prompt(prompt)

    def _tell_last_error(self, error: str | None) -> None:
        # What the state says went wrong, here or in another program, is told once.
        if error != self._told_error:
            self._told_error = error
            if error:
                self.messages.show_text(error, kind="error")

    @Slot(str)
    def _select(self, panel_id: str) -> None:
        self._selected = panel_id or None
        self._show()

    @Slot(str)
    def _hover(self, panel_id: str) -> None:
        self._hovered = panel_id
        self._show_scene()

    @Slot()
    def _on_job(self) -> None:
        if self._session.job.view.running and not self._session.job.view.panels:
            self.messages.hide()  # a new attempt outdates what was said of the last
        self._show()

    @Slot(object)
    def _on_generated(self, outcome: GenerationOutcome) -> None:
        if not outcome.failures:
            self.messages.hide()

    @Slot(object)
    def _offer_unfinished(self, jobs: list[JobRecord]) -> None:
        # The newest first; the others are offered when it is settled, at the next start.
        job, session = jobs[-1], self._session
        done, wanted = len(job.textures), len(job.panel_ids)
        self.messages.show_text(
            self.tr("{0} of {1} panels are done from “{2}”.").format(done, wanted, shortened(job.prompt, 60)),
            actions=(
                (self.tr("Continue"), partial(session.resume_job, job.id)),
                (self.tr("Apply the {0}").format(done), partial(session.apply_job, job.id)),
                (self.tr("Discard"), partial(session.discard_job, job.id)),
            ),
        )

    @Slot(object)
    def _ask_agreement(self, estimate: Estimate) -> None:
        question = cost_question(self, estimate)
        question.accepted.connect(self._session.agreement.agree)
        question.rejected.connect(self._session.agreement.decline)
        question.open()

    @Slot(str)
    def _on_draw_failed(self, reason: str) -> None:
        self.messages.show_error(DisplayError(reason))

    @Slot()
    def _toggle_theme(self) -> None:
        self.set_theme(LIGHT if self._theme is DARK else DARK)
