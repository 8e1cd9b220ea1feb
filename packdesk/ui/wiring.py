"""Which signal of the window's parts goes where: intents to the session, news and states back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from packdesk.jobs.session import Session
    from packdesk.ui.main_window import MainWindow


def connect(window: MainWindow, session: Session) -> None:
    """Connect everything, once."""
    _package(window, session)
    _artwork(window, session)
    _views(window, session)
    _actions(window, session)
    _history(window, session)
    _designs(window)
    _session(window, session)


def _package(window: MainWindow, session: Session) -> None:
    package = window.package
    package.size_edited.connect(session.set_size)
    package.refused.connect(session.failed)
    package.edit_finished.connect(window.history.end_gesture)


def _artwork(window: MainWindow, session: Session) -> None:
    artwork = window.artwork
    artwork.panel_selected.connect(window.select)
    artwork.prompt.wanted.connect(session.generation.generate)
    artwork.file_dropped.connect(session.artwork.import_picture)
    artwork.menu_wanted.connect(window.show_panel_menu)
    artwork.cancelled.connect(session.generation.cancel)
    artwork.disowned.connect(session.flags.clear)
    window.news.details_wanted.connect(window.help.show_log)


def _views(window: MainWindow, session: Session) -> None:
    view, flat, drops = window.centre.view, window.centre.flat, window.centre.drops
    for one in (view, flat):
        one.panel_clicked.connect(window.select)
        one.panel_hovered.connect(window.hover)
        one.context_menu_wanted.connect(window.show_panel_menu)
    drops.hovered.connect(window.hover)
    for file_dropped in (drops.file_dropped, flat.picture_dropped):
        file_dropped.connect(session.artwork.import_picture)
    for image_dropped in (drops.image_dropped, flat.image_dropped):
        image_dropped.connect(window.commands.put_image)
    window.centre.look_bar.changed.connect(window.show_look)
    window.view_commands.arranged.connect(window.touch_layout)
    window.view_commands.save_wanted.connect(session.save_picture)
    welcome = window.centre.welcome
    welcome.sample_wanted.connect(window.make_sample)
    welcome.prompt_wanted.connect(window.artwork.prompt.edit.setFocus)
    welcome.import_wanted.connect(window.import_first)


def _actions(window: MainWindow, session: Session) -> None:
    actions, prompt = window.actions_, window.artwork.prompt
    actions["new"].triggered.connect(session.clear)
    actions["settings"].triggered.connect(window.settings_wanted)
    actions["quit"].triggered.connect(window.close)
    actions["generate_all"].triggered.connect(prompt.send_all)
    actions["generate_one"].triggered.connect(prompt.send_one)
    actions["cancel"].triggered.connect(window.escape)
    actions["full_screen"].toggled.connect(window.presentation.set_active)
    window.presentation.changed.connect(window.hold_layout)
    window.presentation.changed.connect(window.centre.set_alone)
    window.presentation.changed.connect(window.show_state)
    actions["dark"].triggered.connect(window.choose_theme)
    actions["reset_layout"].triggered.connect(window.reset_layout)


def _history(window: MainWindow, session: Session) -> None:
    stack, actions = window.history.stack, window.actions_
    actions["undo"].triggered.connect(stack.undo)
    actions["redo"].triggered.connect(stack.redo)
    actions["undo"].setEnabled(False)
    actions["redo"].setEnabled(False)
    stack.canUndoChanged.connect(actions["undo"].setEnabled)
    stack.canRedoChanged.connect(actions["redo"].setEnabled)
    session.changed_here.connect(window.history.record)
    session.saving_changed.connect(window.history.follow_saving)
    session.edit_refused.connect(window.history.forget_unsaved)
    window.history.wanted.connect(session.history.apply)
    session.history.refused.connect(window.history.refuse)


def _designs(window: MainWindow) -> None:
    window.exports.dieline_changed.connect(window.show_dieline)
    window.exports.bundle_saved.connect(window.designs.remember)
    window.designs.recent.changed.connect(window.touch_layout)
    window.news.dismissed_changed.connect(window.touch_layout)


def _session(window: MainWindow, session: Session) -> None:
    session.state_changed.connect(window.show_state)
    session.generation.changed.connect(window.show_state)
    session.flags.silent_changed.connect(window.show_state)
    session.textures.changed.connect(window.show_state)
    session.connection_changed.connect(window.status.show_connection)
    session.saving_changed.connect(window.status.show_saving)
    session.provider_changed.connect(window.status.show_provider)
    window.centre.view.draw_failed.connect(window.news.tell_draw_failure)
    window.status.show_connection(session.connection)
