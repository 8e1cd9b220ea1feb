"""Whether a window shows what the store holds, told as a list of differences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from packdesk.domain.panels import PANEL_IDS, panel_sizes
from packdesk.domain.state import PackagingState, default_state
from packdesk.domain.wire import decode_state
from packdesk.ui.package.dimension_row import GRAINS
from packdesk.ui.row_list import ROW_ROLE
from packdesk.ui.wording import size_text
from support.sessions import running_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packdesk.store.base import StateStore
    from packdesk.ui.artwork.panel_rows import PanelRow
    from packdesk.ui.window.main_window import MainWindow
    from support.sessions import SessionDesk

Check = tuple[str, Any, Any]


def state_in(store: StateStore) -> PackagingState:
    """What the store holds; the default design when it is empty."""
    raw = store.load()
    return decode_state(raw) if raw else default_state()


def what_waits(desk: SessionDesk, other: StateStore) -> list[str]:
    """What is waiting, running or on its way; nothing at a quiet moment."""
    session = desk.session
    refitter, history = session.refitter, session.history
    waits = {
        "an edit": session.unsaved,
        "a generation": session.generation.view.running,
        "a task": running_tasks(session.bridge),
        "a refit": refitter._running or refitter._timer.isActive(),
        "a step of the history": history._running,
        "a picture": not session.textures.settled,
        "the connection": session.connection == "offline",
        "another state in the store": state_in(other) != session.state,
    }
    return [name for name, waiting in waits.items() if waiting]


def rows_of(window: MainWindow) -> list[PanelRow]:
    """What the list of panels shows."""
    panels = window.artwork.list
    return [panels.item(row).data(ROW_ROLE) for row in range(panels.count())]


def differences(window: MainWindow, desk: SessionDesk, state: PackagingState) -> list[str]:
    """What the window shows otherwise than the state wants it."""
    parts = (_package, _rows, _pictures, _scenes, _actions, _view_actions, _rest)
    checks = [check for part in parts for check in part(window, desk, state)]
    return [f"{name}: shown {shown}, wanted {wanted}" for name, shown, wanted in checks if shown != wanted]


def _package(window: MainWindow, _desk: SessionDesk, state: PackagingState) -> Iterator[Check]:
    package, cylinder = window.package, state.package_type == "cylinder"
    yield "box button", package.box_button.isChecked(), not cylinder
    yield "cylinder button", package.cylinder_button.isChecked(), cylinder
    yield "depth hidden", package.depth_row.isHidden(), cylinder
    rows = (package.width_row, package.height_row, package.depth_row)
    for name, row, side in zip("whd", rows, state.package_dimensions.as_tuple(), strict=True):
        yield f"field {name}", row.field.millimetres(), side
        yield f"text {name}", row.field.value(), window.unit.from_mm(side)
        yield f"slider {name}", round(row.slider.value() / GRAINS, 6), round(side, 6)


def _rows(window: MainWindow, desk: SessionDesk, state: PackagingState) -> Iterator[Check]:
    rows = rows_of(window)
    yield "rows", tuple(row.panel_id for row in rows), PANEL_IDS[state.package_type]
    sizes = panel_sizes(state.package_type, state.package_dimensions)
    failures, textures = desk.session.generation.view.failures, desk.session.textures
    for row in rows:
        name = row.panel_id
        yield f"size of {name}", row.size, size_text(sizes[name], window.unit)
        usual = "art" if name in state.panel_textures else "empty"
        wanted = "failed" if name in failures else "missing" if textures.missing(name) else usual
        yield f"status of {name}", row.status, wanted
        yield f"thumbnail of {name}", row.thumbnail is not None, textures.pixmaps.get(name) is not None
    current = window.artwork.list.currentRow()
    listed = rows[current].panel_id if current >= 0 else None
    yield "selected in the list", listed, window._marked.selected


def _pictures(_window: MainWindow, desk: SessionDesk, state: PackagingState) -> Iterator[Check]:
    textures = desk.session.textures
    wanted = {
        name: texture.texture_url
        for name, texture in state.panel_textures.items()
        if name in PANEL_IDS[state.package_type] and textures.missing(name) is None
    }
    yield "pixmaps", set(textures.pixmaps.pixmaps()), set(wanted)
    for name, url in wanted.items():
        yield f"picture of {name}", desk.shown(name), url


def _scenes(window: MainWindow, desk: SessionDesk, state: PackagingState) -> Iterator[Check]:
    pixmaps = desk.session.textures.pixmaps
    solid, sheet = window.view.scene(), window.flat.sheet
    assert solid is not None
    assert sheet is not None
    flat = sheet.scene
    for name, scene, package in (("3D", solid, solid), ("flat", flat, flat.dieline)):
        yield f"{name} type", package.package_type, state.package_type
        yield f"{name} size", package.dimensions.as_tuple(), state.package_dimensions.as_tuple()
        alone = name == "3D" and window.presentation.active
        yield f"{name} selection", scene.selected, None if alone else window._marked.selected
        yield f"{name} hover", scene.hovered in {None, *PANEL_IDS[state.package_type]}, True
    images = {name: image.cacheKey() for name, image in pixmaps.images().items()}
    yield "3D pictures", {name: image.cacheKey() for name, image in solid.textures.items()}, images
    flat_keys = {name: pixmap.cacheKey() for name, pixmap in pixmaps.pixmaps().items()}
    yield "flat pictures", {name: pixmap.cacheKey() for name, pixmap in flat.pictures.items()}, flat_keys
    yield "flat statuses", dict(flat.statuses), {row.panel_id: row.status for row in rows_of(window)}


def _actions(window: MainWindow, desk: SessionDesk, state: PackagingState) -> Iterator[Check]:
    chosen, busy = window._marked.selected, state.generating
    one = len(window._marked.chosen) == 1
    placed = chosen is not None and chosen in state.panel_textures
    shown = chosen is not None and desk.session.textures.pixmaps.get(chosen) is not None
    wanted = {
        "generate_all": not busy,
        "generate_one": chosen is not None and not busy,
        "cancel": window.presentation.active,
        "import": one and not busy,
        "paste": one and not busy,
        **dict.fromkeys(("turn", "fit", "fill", "clear_panel"), placed and not busy),
        **dict.fromkeys(("copy", "save_panel"), shown),
        "undo": window.history.stack.canUndo(),
        "redo": window.history.stack.canRedo(),
    }
    for name, enabled in wanted.items():
        yield f"action {name}", window.actions_[name].isEnabled(), enabled
    yield "Generate all", window.artwork.prompt.all_button.isEnabled(), not busy
    yield "Generate panel", window.artwork.prompt.one_button.isEnabled(), chosen is not None and not busy


def _view_actions(window: MainWindow, _desk: SessionDesk, _state: PackagingState) -> Iterator[Check]:
    actions, presenting = window.actions_, window.presentation.active
    beside = window.centre.splitter.orientation() == Qt.Orientation.Horizontal
    yield "full screen", actions["full_screen"].isChecked(), presenting
    yield "beside", actions["beside"].isChecked(), beside
    yield "turntable", actions["turntable"].isChecked(), window.view._turntable._timer.isActive()
    yield "dark", actions["dark"].isChecked(), window._theme.name == "dark"
    yield "flat", not window.flat.isHidden(), actions["flat"].isChecked() and not presenting
    for part in (window.menuBar(), window.bar, window.status):
        yield f"{type(part).__name__} hidden", part.isHidden(), presenting
    for dock in (window.package_dock, window.artwork_dock):
        if presenting:
            yield f"dock {dock.objectName()} hidden", dock.isHidden(), True
        yield f"dock {dock.objectName()}", dock.toggleViewAction().isChecked(), not dock.isHidden()


def _rest(window: MainWindow, _desk: SessionDesk, state: PackagingState) -> Iterator[Check]:
    untouched = state.updated_at is None and not state.panel_textures
    presenting = window.presentation.active
    yield "welcome", not window.centre.welcome.isHidden(), untouched and not presenting
    yield "progress", not window.artwork.progress.isHidden(), state.generating
    yield "message", not window.messages.isHidden(), bool(window.messages._messages)
    yield "saving", window.status._saving.text(), ""
