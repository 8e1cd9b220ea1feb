"""The commands open and review, as a user runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support.hostile_bundles import entries_of, sound_bundle, zipped
from support.providers import picture_bytes

from packdesk.domain.appearance import Appearance
from packdesk.domain.dieline.values import DielineOptions, DielineStyle
from packdesk.domain.look import Finish, Lighting, Look
from packdesk.domain.panels import PANEL_IDS
from packdesk.domain.state import default_state
from packdesk.store.bundle.files import read_bundle, write_bundle

if TYPE_CHECKING:
    from pathlib import Path

    from support.shell import Shell

    from packdesk.store.sqlite import SqliteStore

_CODE = """
import socket, sys
from pathlib import Path
touched = []

def guarded(method):
    def call(self, *arguments):
        if self.family != socket.AF_UNIX:
            touched.append(method.__name__)
            raise OSError("no network in this test")
        return method(self, *arguments)
    return call

def no_names(*arguments, **named):
    touched.append("getaddrinfo")
    raise OSError("no network in this test")

for name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, name, guarded(getattr(socket.socket, name)))
socket.getaddrinfo = no_names

from PySide6.QtCore import QTimer
from packdesk.app.review import run_review
from packdesk.domain.size_edit import SizeEdit
from packdesk.settings import read_settings
from packdesk.textures.incoming import IncomingPicture

told = []

def opened(window, session):
    session.failed.connect(lambda error: told.append(type(error).__name__))
    def look():
        if not session.textures.settled or not session.state.panel_textures:
            QTimer.singleShot(100, look)
            return
        print(len(session.textures.pixmaps.images()), session.connection, window.package.isEnabled())
        print(window.status.connection.text(), "|", window.windowTitle())
        session.set_size(SizeEdit.of(session.state.package_type, 66, 77, 88))
        session.clear()
        session.artwork.put_pictures({"front": IncomingPicture.of_file(Path(sys.argv[2]))})
        QTimer.singleShot(1500, end)
    def end():
        print(session.state.package_dimensions.width, len(session.state.panel_textures), session.unsaved)
        print(sorted(set(told)))
        window.close()
    look()

run_review(read_settings(), Path(sys.argv[1]), opened)
print("touched", len(touched))
"""


def bundle_in(shell: Shell, data: bytes | None = None) -> str:
    (shell.folder / "tea.packdesk").write_bytes(sound_bundle() if data is None else data)
    return "tea.packdesk"


def test_open_makes_it_the_current_design(shell: Shell) -> None:
    state = shell.json("open", bundle_in(shell))
    assert set(state["panel_textures"]) == set(PANEL_IDS["box"])
    assert shell.json("state") == state


def test_a_file_beside_artwork_is_a_design_of_its_own(shell: Shell) -> None:
    (shell.folder / "art.png").write_bytes(picture_bytes())
    before = shell.json("import", "front", "art.png")
    opened = shell.run("open", bundle_in(shell))
    assert "It is a design of its own now: “tea”." in opened.stderr
    assert set(shell.json("state")["panel_textures"]) == set(PANEL_IDS["box"])
    assert shell.json("--design", "Untitled", "state") == before


def test_artwork_is_lost_by_force_only(shell: Shell) -> None:
    (shell.folder / "art.png").write_bytes(picture_bytes())
    before = shell.json("import", "front", "art.png")
    refused = shell.run("--design", "Untitled", "open", bundle_in(shell))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "--force" in refused.stderr
    assert shell.json("state") == before
    assert len(shell.json("open", "tea.packdesk", "--force")["panel_textures"]) == 6
    kept = {one["name"] for one in shell.json("designs")} - {"Untitled"}
    assert [name[:11] for name in kept] == ["Untitled 20"], "and yet it is kept, by its name and time"


def test_a_damaged_bundle_says_what_could_be_saved(shell: Shell) -> None:
    done = shell.run("open", bundle_in(shell, sound_bundle()[:2600]))
    assert done.returncode == 0
    assert done.stderr.startswith("packdesk: The end of the file is missing or damaged.\n")
    assert "The picture of the bottom panel is not in the bundle." in done.stderr


@pytest.mark.parametrize("command", ["open", "review"])
def test_what_is_no_bundle(shell: Shell, store: SqliteStore, command: str) -> None:
    if command == "review":
        shell.environment["DISPLAY"] = ":99999"  # not reached: the file is read first
    done = shell.run(command, bundle_in(shell, b"GIF89a"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("packdesk: The file is not a packdesk bundle. ")
    assert store.load() is None


def test_review_needs_a_display(shell: Shell) -> None:
    done = shell.run("review", bundle_in(shell))
    assert done.returncode == 1
    assert "There is no display" in done.stderr


@pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="needs a display; `make check` gives one")
def test_review_changes_nothing_and_touches_no_network(tmp_path: Path) -> None:
    folders = {f"PACKDESK_{name}_DIR": str(tmp_path / name) for name in ("DATA", "CACHE", "CONFIG")}
    (tmp_path / "temporary").mkdir()
    environment = (
        os.environ
        | folders
        | {
            "PACKDESK_REDIS_URL": "redis://192.0.2.1:6379/0",
            "PACKDESK_PROVIDER": "gemini",
            "PACKDESK_LANGUAGE": "en",
            "GOOGLE_API_KEY": "not-a-key",
            "TMPDIR": str(tmp_path / "temporary"),
            "QT_QPA_PLATFORM": "xcb",
        }
    )
    file, picture = tmp_path / "tea.packdesk", tmp_path / "art.png"
    file.write_bytes(sound_bundle())
    picture.write_bytes(picture_bytes())
    done = subprocess.run(
        [sys.executable, "-c", _CODE, str(file), str(picture)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "6 review False",
        "◇ Review (read-only) | tea.packdesk – packdesk",
        "100.0 6 False",
        "['ReadOnlyError']",
        "touched 0",
    ]
    assert file.read_bytes() == sound_bundle()
    assert list((tmp_path / "temporary").iterdir()) == [], "what it was read into is gone"
    assert not (tmp_path / "DATA").exists()
    assert not (tmp_path / "CACHE").exists()


def test_pictures_and_blanks_begin_as_the_design_was_shown(shell: Shell) -> None:
    shown = Appearance(
        Look("#203040", Finish.KRAFT, Lighting.EVEN), None, DielineOptions(DielineStyle.CROSS, bleed=5)
    )
    write_bundle(shell.folder / "box.packdesk", default_state(), {}, appearance=shown)
    shell.run("render", "plain.png", "--size", "120x90")
    shell.json("open", "box.packdesk")
    said = ("--background", "#203040", "--finish", "kraft", "--light", "even")
    for name, words in {"shown.png": (), "said.png": said, "back.png": ("--background", "light")}.items():
        assert shell.run("render", name, "--size", "120x90", *words).returncode == 0
    drawn = {name: (shell.folder / f"{name}.png").read_bytes() for name in ("plain", "shown", "said", "back")}
    assert drawn["shown"] == drawn["said"]
    assert len(set(drawn.values())) == 3
    for name, words in {"shown.svg": (), "said.svg": ("--style", "cross", "--bleed", "5")}.items():
        assert shell.run("export", name, *words).returncode == 0
    assert (shell.folder / "shown.svg").read_text() == (shell.folder / "said.svg").read_text()
    assert shell.run("export", "again.packdesk").returncode == 0
    assert read_bundle(shell.folder / "again.packdesk").appearance == shown


@pytest.mark.parametrize("wrong", [[], {"look": {"finish": "velvet"}}, {"blank": {"bleed": -1}}])
def test_a_damaged_appearance_is_told_and_the_design_opened(shell: Shell, wrong: object) -> None:
    entries = entries_of(sound_bundle())
    version = json.loads(entries["version.json"]) | {"appearance": wrong}
    entries["version.json"] = json.dumps(version).encode()
    done = shell.run("open", bundle_in(shell, zipped(entries)), "--json")
    assert done.returncode == 0
    assert "How the design was shown cannot be read." in done.stderr
    assert set(json.loads(done.stdout)["panel_textures"]) == set(PANEL_IDS["box"])
