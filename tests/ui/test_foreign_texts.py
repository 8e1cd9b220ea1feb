"""Texts of strangers in the window: whatever their length, what Qt is given is short and plain."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget
from support.writing import put

from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.prompts import MAX_PROMPT
from packdesk.domain.wire import decode_state
from packdesk.ui.parts import tip

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from ui.conftest import Window

LONG = "<b>long & \x1b[2J\u202e</b> " * 50_000
SHOWN_AT_MOST = 2 * MAX_PROMPT


def document(**fields: Any) -> bytes:
    state = {"package_type": "box", "package_dimensions": {"width": 100, "height": 150, "depth": 100}}
    return json.dumps({**state, "updated_at": "2026-01-02T03:04:05Z", **fields}).encode()


def textures(prompt: str) -> dict[str, Any]:
    return {
        panel_id: {
            "panel_id": panel_id,
            "texture_url": f"{LONG}:{panel_id}",
            "prompt": f"{panel_id} {prompt}",
        }
        for panel_id in PANEL_IDS["box"]
    }


def texts(window: QWidget) -> list[str]:
    """Everything Qt was given to show in a window."""
    found = [window.windowTitle()]
    for widget in [window, *window.findChildren(QWidget)]:
        found += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        if isinstance(widget, QLabel):
            found.append(widget.text())
        if isinstance(widget, QPlainTextEdit):
            found.append(widget.toPlainText())
    for action in window.findChildren(QAction):
        found += [action.text(), action.toolTip()]
    return found


@pytest.mark.parametrize(
    "fields",
    [
        {"panel_textures": textures(LONG)},
        {"last_error": LONG},
        {"in_progress": True, "generating_panel": LONG},
        {"in_progress": True, "bulk_generation_in_progress": True, "generating_panels": [LONG] * 3},
        {"in_progress": True, "generating_panels": [f"panel {number}" for number in range(100_000)]},
    ],
    ids=["prompts", "error", "panel", "panels", "many panels"],
)
def test_what_qt_is_given_is_short(open_window: Window, qtbot: QtBot, fields: dict[str, Any]) -> None:
    window, session = open_window.window, open_window.desk.session
    raw = document(**fields)
    put(open_window.desk.store, raw)
    qtbot.waitUntil(lambda: session.state == decode_state(raw))
    qtbot.waitUntil(lambda: session.textures.settled)
    panels = window.artwork.list
    items = [panels.item(row) for row in range(panels.count())]
    given = [*texts(window), *(item.toolTip() for item in items)]
    given += [str(item.data(Qt.ItemDataRole.AccessibleTextRole)) for item in items]
    assert max(map(len, given)) <= SHOWN_AT_MOST
    assert not any("\x1b" in text or "\u202e" in text for text in given)
    assert open_window.desk.store.load() == raw


def test_a_tooltip_shows_what_stands_there() -> None:
    text = 'Say "hello" & <b>bye</b>, it\'s 5 > 3'
    shown = QTextDocument()
    shown.setHtml(tip(text))
    assert tip(text).startswith("<qt>")  # Qt need not guess
    assert shown.toPlainText() == text
    assert tip("") == ""


def test_a_long_text_is_pasted_as_far_as_it_can_matter(open_window: Window) -> None:
    edit = open_window.window.artwork.prompt.edit
    data = QMimeData()
    data.setText("x" * 1_000_000)
    edit.insertFromMimeData(data)
    assert len(edit.toPlainText()) == 2 * MAX_PROMPT
