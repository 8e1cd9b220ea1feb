"""The fields of the words on the pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.ui.artwork.word_fields import WordFields
from packdesk.ui.theme import LIGHT

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_the_arrow_tells_whether_the_fields_are_open(qtbot: QtBot) -> None:
    words = WordFields()
    qtbot.addWidget(words)
    words.set_theme(LIGHT)
    closed = words.toggle.icon().pixmap(14, 14).toImage()
    words.toggle.click()
    assert words.toggle.icon().pixmap(14, 14).toImage() != closed
    words.toggle.click()
    assert words.toggle.icon().pixmap(14, 14).toImage() == closed
