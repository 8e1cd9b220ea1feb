"""Makes the window of a session, and says which signal goes where: intents to the session, states back.

What `app` adds to a window, the settings dialog and the file of its layout, is connected there.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from packdesk.jobs.object_keeper import ObjectKeeper
from packdesk.jobs.surround_loader import SurroundLoader
from packdesk.ui.units import MM
from packdesk.ui.window.artwork_questions import CandidateChoice, PartChoice
from packdesk.ui.window.main_window import MainWindow
from packdesk.ui.window.range_watch import RangeWatch
from packdesk.ui.window.sheet_commands import SheetCommands
from packdesk.ui.window.show_finding import show_finding

if TYPE_CHECKING:
    from packdesk.jobs.export_controller import OneOrder
    from packdesk.jobs.session import Session
    from packdesk.ui.theme import Theme
    from packdesk.ui.units import Unit
    from packdesk.ui.window.saved import WritingCommands


def make_window(session: Session, theme: Theme, samples: int | None = None, unit: Unit = MM) -> MainWindow:
    """The window of a session, not yet shown.

    Args:
        session: not yet begun.
        theme: light or dark.
        samples: of the 3D view's edges; None for as many as suit the graphics card.
        unit: of the lengths shown and typed.
    """
    window = MainWindow(session, theme, samples, unit)
    for connect in (
        _state,
        _package,
        _artwork,
        _sheets,
        _links,
        _generations,
        _remarks,
        _supplied,
        _objects,
        _views,
        _actions,
        _history,
        _designs,
        _shelf,
        _exports,
        _written,
        _appearance,
        _sights,
        _inside,
        _news,
    ):
        connect(window, session)
    shown = "connecting" if session.is_shared else session.connection
    window.status.show_connection(shown)
    window.centre.banner.follow_connection(session.connection)
    return window


def _state(window: MainWindow, session: Session) -> None:
    session.state_changed.connect(window.show_state)
    session.generation.changed.connect(window.show_panels)
    session.textures.changed.connect(window.show_panels)
    session.textures.changed.connect(window.show_package)
    session.flags.silent_changed.connect(window.show_progress)
    session.connection_changed.connect(window.status.show_connection)
    session.connection_changed.connect(window.centre.banner.follow_connection)
    session.connection_changed.connect(window.show_state)
    session.document_read.connect(window.status.show_readable)
    session.document_read.connect(window.show_panels, Qt.ConnectionType.SingleShotConnection)
    session.document_unreadable.connect(window.status.show_unreadable)
    session.gone_changed.connect(window.status.show_gone)
    session.saving_changed.connect(window.status.show_saving)
    session.provider_changed.connect(window.status.show_provider)
    # The system's key store takes as long to load as all of the window: not before that is seen.
    for seen in (window.view.frameSwapped, window.view.draw_failed):
        seen.connect(session.generation.prepare_provider, Qt.ConnectionType.SingleShotConnection)


def _package(window: MainWindow, session: Session) -> None:
    package = window.package
    package.size_edited.connect(session.set_size)
    package.refused.connect(session.failed)
    package.units.wanted.connect(window.unit_chosen)
    package.edit_finished.connect(window.history.end_gesture)


def _artwork(window: MainWindow, session: Session) -> None:
    artwork = window.artwork
    window.commands.told.connect(window.status.tell)
    artwork.prompt.wanted.connect(session.generation.generate)
    session.generation.priced.connect(artwork.prompt.show_prices)
    session.generation.words_found.connect(artwork.prompt.show_words)
    artwork.prompt.words.edited.connect(session.generation.keep_words)
    session.provider_changed.connect(artwork.prompt.show_provider)
    artwork.prompt.show_provider(session.generation.provider)
    choice = CandidateChoice(window.centre)
    session.generation.candidates_found.connect(choice.offer)
    choice.chosen.connect(session.generation.choose)
    window.changes.wanted.connect(session.generation.generate)
    parts = PartChoice(window.centre)
    session.parts.asked.connect(parts.ask)
    artwork.list.panels_selected.connect(window.select_panels)
    artwork.list.panel_dropped.connect(window.commands.drop_panel)
    artwork.list.dropped.connect(window.commands.put)
    artwork.list.menu_wanted.connect(window.show_panel_menu)
    artwork.progress.cancelled.connect(session.generation.cancel)
    artwork.progress.disowned.connect(session.flags.clear)


def _links(window: MainWindow, session: Session) -> None:
    session.links.changed.connect(window.links.show_views)
    session.links.changed.connect(window.show_panels)
    window.links.told.connect(window.status.tell)


def _sheets(window: MainWindow, session: Session) -> None:
    flat = window.flat
    inside = window.sights.inside
    sheets = SheetCommands(
        session.artwork,
        session.links,
        window.actions_,
        window.centre,
        unit=lambda: window.unit,
        inside=inside,
    )
    window.links.sheet_wanted.connect(sheets.take_again)
    sheets.told.connect(window.status.tell)
    flat.sheet_dropped.connect(sheets.take)
    beside = SurroundLoader(session.bridge, inside.outside, window)
    session.state_changed.connect(beside.follow)
    window.exports.dieline_changed.connect(beside.look)
    beside.made.connect(flat.show_beside)
    beside.failed.connect(session.failed)


def _generations(window: MainWindow, session: Session) -> None:
    generations = window.generations
    generations.put.connect(window.commands.put)
    generations.words_wanted.connect(window.artwork.prompt.edit.setPlainText)
    made = (session.changed_here, session.generation.finished, session.generation.stopped)
    session.generation.candidates_found.connect(generations.refresh)
    for changed in (*made, session.bundles.design_changed, session.opened):  # it may be open from the start
        changed.connect(generations.refresh)


def _remarks(window: MainWindow, session: Session) -> None:
    remarks = window.remarks
    remarks.place_wanted.connect(window.show_place)
    remarks.told.connect(window.status.tell)
    remarks.follow_connection(session.connection)
    session.connection_changed.connect(remarks.follow_connection)
    window.appearance.changed.connect(session.reviews.follow_appearance)
    window.designs.answers_wanted.connect(session.reviews.take)
    window.presentation.changed.connect(remarks.set_alone)


def _supplied(window: MainWindow, session: Session) -> None:
    supplied = window.supplied
    window.actions_["supplied"].triggered.connect(supplied.choose)
    supplied.flat_wanted.connect(window.view_commands.show_flat)
    session.opened.connect(session.overlays.begin)


def _objects(window: MainWindow, session: Session) -> None:
    window.actions_["objects"].triggered.connect(window.objects.show)
    window.objects.flat_wanted.connect(window.view_commands.show_flat)
    window.objects.failed.connect(session.failed)
    session.generation.words_found.connect(window.objects.set_words)
    window.artwork.prompt.words.edited.connect(window.objects.set_words)
    keeper = ObjectKeeper(session.bridge, session.artwork, window)
    session.state_changed.connect(keeper.follow)
    keeper.failed.connect(session.failed)
    offer = partial(window.news.offer_objects, put_back=keeper.put_back, leave_off=keeper.leave_off)
    keeper.taken_off.connect(offer)
    keeper.taken_off.connect(window.objects.show_taken_off)
    window.objects.put_back_wanted.connect(keeper.put_back)
    window.objects.leave_off_wanted.connect(keeper.leave_off)


def _views(window: MainWindow, _session: Session) -> None:
    view, flat, drops = window.view, window.flat, window.centre.drops
    for one in (view, flat):
        one.panel_clicked.connect(window.select)
        one.panel_hovered.connect(window.hover)
        one.context_menu_wanted.connect(window.show_panel_menu)
    drops.hovered.connect(window.hover)
    flat.panel_dropped.connect(window.commands.drop_panel)
    for dropped in (drops.dropped, flat.dropped):
        dropped.connect(window.commands.put)
    window.centre.look_bar.changed.connect(window.show_package)
    window.view_commands.arranged.connect(window.touch_layout)
    welcome = window.centre.welcome
    welcome.sample_wanted.connect(window.artwork.make_sample)
    welcome.prompt_wanted.connect(partial(_ask_for_prompt, window))
    welcome.import_wanted.connect(window.import_first)


def _ask_for_prompt(window: MainWindow) -> None:
    """Have the prompt typed, whatever dock lies over it."""
    window.artwork_dock.show()
    window.artwork_dock.raise_()
    window.artwork.prompt.edit.setFocus()


def _actions(window: MainWindow, _session: Session) -> None:
    actions, prompt, presentation = window.actions_, window.artwork.prompt, window.presentation
    actions["settings"].triggered.connect(window.settings_wanted)
    window.status.sharing.follow(actions["share"])
    actions["quit"].triggered.connect(window.close)
    actions["generate_all"].triggered.connect(prompt.send_all)
    actions["generate_one"].triggered.connect(prompt.send_one)
    actions["another"].triggered.connect(prompt.variations.want_another)
    actions["cancel"].triggered.connect(window.escape)
    actions["full_screen"].toggled.connect(presentation.set_active)
    actions["dark"].triggered.connect(window.choose_theme)
    actions["reset_layout"].triggered.connect(window.reset_layout)
    presentation.changed.connect(window.hold_layout)
    presentation.changed.connect(window.centre.set_alone)
    presentation.changed.connect(window.show_presented)


def _history(window: MainWindow, session: Session) -> None:
    history, stack, actions = window.history, window.history.stack, window.actions_
    actions["undo"].triggered.connect(stack.undo)
    actions["redo"].triggered.connect(stack.redo)
    actions["undo"].setEnabled(False)
    actions["redo"].setEnabled(False)
    stack.canUndoChanged.connect(actions["undo"].setEnabled)
    stack.canRedoChanged.connect(actions["redo"].setEnabled)
    stack.undoTextChanged.connect(actions.name_undo)
    stack.redoTextChanged.connect(actions.name_redo)
    session.changed_here.connect(history.record)
    session.saving_changed.connect(history.follow_saving)
    session.edit_refused.connect(history.forget_unsaved)
    history.wanted.connect(session.history.apply)
    session.history.refused.connect(history.refuse)


def _designs(window: MainWindow, session: Session) -> None:
    designs, recent, menu = window.designs, session.recent, window.recent_menu
    if session.is_shared:  # elsewhere a file becomes a design of its own, and nothing gives way
        designs.follow_state(session.state)
        session.state_changed.connect(designs.follow_state)
    designs.wanted.connect(session.bundles.open if session.is_shared else window.shelf.open_file)
    window.bundle_drops.dropped.connect(designs.open)
    window.bundle_drops.table_dropped.connect(window.ranges.open_table)
    menu.chosen.connect(designs.open)
    menu.aboutToShow.connect(recent.refresh)
    menu.cleared.connect(recent.clear)
    recent.changed.connect(menu.show_files)
    recent.changed.connect(window.touch_layout)
    menu.show_files(recent.files)


def _shelf(window: MainWindow, session: Session) -> None:
    shelf = session.shelf
    shelf.named.connect(window.show_name)
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication), "it has a window"
    for look in (shelf.look, window.generations.look):
        app.applicationStateChanged.connect(look)
    session.opened.connect(window.show_name)
    shelf.listed.connect(window.shelf.show_designs)
    shelf.made.connect(window.shelf.go_on)
    for changed in (session.state_changed, session.textures.changed, window.appearance.changed):
        changed.connect(window.shelf.follow)


def _exports(window: MainWindow, session: Session) -> None:
    exports = window.exports
    exports.follow_state(session.state)
    session.state_changed.connect(exports.follow_state)
    session.textures.changed.connect(exports.follow)
    session.exports.examined.connect(exports.show_facts)
    session.exports.press_refused.connect(exports.refuse_press)
    exports.shown_wanted.connect(partial(show_finding, window))
    session.exports.read.connect(exports.end_reading)
    exports.dieline_changed.connect(window.show_dieline)
    exports.dieline_changed.connect(partial(_show_style, window))
    for changed in (session.state_changed, session.appearance.found, window.appearance.changed):
        changed.connect(window.ranges.follow)
    RangeWatch(window.ranges, window.status.ranges, window.messages, window)


def _show_style(window: MainWindow) -> None:
    """Which panels are on the blank."""
    window.artwork.set_style(window.exports.dieline_options.style)
    window.show_panels()


def _appearance(window: MainWindow, session: Session) -> None:
    session.appearance.found.connect(window.appearance.show)
    window.appearance.changed.connect(session.appearance.keep)
    window.appearance.blank_wanted.connect(window.exports.show_blank)


def _sights(window: MainWindow, session: Session) -> None:
    sights, exports = window.sights, window.exports
    session.textures.changed.connect(sights.seen.follow)
    session.appearance.found.connect(sights.kept.show)
    exports.press_changed.connect(sights.set_press)
    sights.press_chosen.connect(exports.use_press)
    for show in (window.show_package, window.show_flat):
        sights.seen.changed.connect(show)
    for part in (sights.seen, sights.kept):
        part.failed.connect(session.failed)


def _inside(window: MainWindow, session: Session) -> None:
    inside = window.sights.inside
    window.commands.set_inside(inside.artwork, lambda: inside.active)
    inside.artwork.follow(session.state)
    session.state_changed.connect(inside.artwork.follow)
    session.appearance.found.connect(inside.artwork.show)
    window.exports.set_inside(inside.artwork.thumbnails)
    inside.changed.connect(window.exports.follow)
    inside.artwork.failed.connect(session.failed)
    inside.artwork.saved.connect(session.saved)
    for show in (window.show_panels, window.show_package):
        inside.changed.connect(show)


def _written(window: MainWindow, session: Session) -> None:
    asking: tuple[tuple[WritingCommands, OneOrder], ...]
    asking = (window.exports, session.exports), (window.pictures, session.drawings)
    for commands, orders in asking:
        orders.progressed.connect(commands.show_progress)
        orders.ended.connect(commands.end)
        orders.cancelled.connect(commands.show_cancelled)
        orders.written.connect(commands.show_written)
        orders.failed.connect(commands.show_failure)
        orders.written.connect(window.news.show_exported)
    session.appearance.views_changed.connect(window.pictures.show_views)


def _news(window: MainWindow, session: Session) -> None:
    news, generation = window.news, session.generation
    session.failed.connect(news.show_error)
    session.state_changed.connect(news.follow_state)
    session.document_read.connect(news.end_document)
    session.gone_changed.connect(news.show_gone)
    session.connection_changed.connect(news.follow_connection)
    session.saving_changed.connect(news.follow_saving)
    session.changed_here.connect(news.follow_change)
    session.history.applied.connect(news.end_action)
    session.edit_refused.connect(news.end_action)
    news.undo_wanted.connect(window.history.stack.undo)
    session.saved.connect(news.show_saved)
    window.status.sharing.share_wanted.connect(news.end_sharing)
    session.bundles.opened.connect(news.forget_design)
    session.bundles.replaced.connect(news.forget_design)
    generation.finished.connect(news.show_generated)
    generation.unfinished_found.connect(news.offer_unfinished)
    generation.cost_asked.connect(news.ask_agreement)
    generation.changed.connect(news.follow_job)
    window.view.draw_failed.connect(news.show_draw_failure)
    ways, banner = news.ways, window.centre.banner
    ways.details_wanted.connect(window.help.show_log)
    ways.prompt_wanted.connect(partial(_ask_for_prompt, window))
    ways.paint_here_wanted.connect(window.paint_here_wanted)
    for one in (ways, banner):
        one.settings_wanted.connect(window.settings_wanted)
        one.copy_wanted.connect(window.copy_wanted)
    news.dismissed_changed.connect(window.touch_layout)
