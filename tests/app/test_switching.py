"""A window goes on with another design in its place, as a real process."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from support.hostile_bundles import sound_bundle

from packdesk.settings import read_settings
from packdesk.store.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path

_CODE = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from packdesk.app import window as windows
from packdesk.app.application import make_application
from packdesk.settings import read_settings

usual = windows._opening
bundle = Path(sys.argv[1])

def cannot(design):
    raise OSError("too many processes")

windows.start_window = cannot

def first(window, session):
    session.failed.connect(lambda error: print(error.full_text(), flush=True))
    def go_on():
        window.shelf.window_wanted.emit("another")
        print(window.windowTitle(), flush=True)
        window.theme_chosen.emit("dark")
        saved()
    def saved():
        if read_settings().theme == "dark":
            window.designs.open(bundle)
        else:
            QTimer.singleShot(50, saved)
    session.shelf.named.connect(go_on)

def opening(file):
    inner = usual(file)
    def opened(window, session):
        inner(window, session)
        def look():
            if len(session.state.panel_textures) == 6 and session.shelf.own and not session.unsaved:
                print(window.windowTitle(), len(session.state.panel_textures), flush=True)
                print("dark", window.actions_["dark"].isChecked(), flush=True)
                window.close()
            else:
                QTimer.singleShot(50, look)
        look()
    return opened

windows._opening = opening
print(windows.run_window(make_application(), read_settings(), first))
"""


def test_a_file_is_opened_as_a_design_of_its_own_in_the_same_place(tmp_path: Path) -> None:
    bundle = tmp_path / "Oolong.packdesk"
    bundle.write_bytes(sound_bundle())
    words = [sys.executable, "-c", _CODE, str(bundle)]
    done = subprocess.run(words, check=False, capture_output=True, text=True, timeout=120, cwd=tmp_path)
    refused = "Another window could not be opened. Close some programs and try again."
    told = [refused, "Untitled – packdesk", "Oolong – packdesk 6", "dark True", "0"]
    assert done.stdout.splitlines() == told, done.stderr
    assert "Error" not in done.stderr, done.stderr
    shelf = Shelf(read_settings().data_dir)
    assert [one.name for one in shelf.designs()] == ["Oolong", "Untitled"]
    assert shelf.current().name == "Oolong"
    assert shelf.current().picture.exists(), "it was drawn when its window closed"
