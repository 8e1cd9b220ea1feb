"""Settings that cannot be read are told in a window where no terminal tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from packdesk.app.broken_settings import settings_problem, shows_terminal
from packdesk.errors import InvalidSettingError
from packdesk.settings import read_settings, settings_file

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication


def test_the_window_says_what_is_wrong_and_leads_to_the_file(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PACKDESK_CONFIG_DIR", str(tmp_path))
    settings_file().write_text('{"dpi": "many"}')
    with pytest.raises(InvalidSettingError) as caught:
        read_settings()
    box = settings_problem(qapp, caught.value)
    assert str(settings_file()) in box.text()
    assert "it must be a number" in box.text()
    assert "default" in box.informativeText()
    assert "Show the settings file" in [button.text() for button in box.buttons()]
    box.deleteLater()


def test_a_pipe_is_no_terminal() -> None:
    assert not shows_terminal()
