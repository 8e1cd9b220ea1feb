"""Links, as commands make, list and end them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from support.providers import picture_bytes

if TYPE_CHECKING:
    from support.shell import Shell


def test_a_link_is_made_listed_and_ended(shell: Shell) -> None:
    file = shell.folder / "tea.png"
    file.write_bytes(picture_bytes())
    assert shell.run("link", "front", "tea.png").returncode == 0
    (link,) = shell.json("links")
    assert (link["panel"], link["file"], link["state"]) == ("front", str(file), "followed")
    file.write_bytes(picture_bytes(seed=2))
    assert shell.json("links")[0]["state"] == "waiting"
    assert "an open window takes it over" in shell.run("links").stdout
    file.rename(shell.folder / "kept.png")
    os.mkfifo(file)
    assert "is no file any more" in shell.run("links").stdout
    file.unlink()
    (shell.folder / "kept.png").rename(file)
    shell.run("import", "front", "tea.png")
    assert shell.json("links")[0]["state"] == "replaced"
    file.unlink()
    assert shell.run("clear").returncode == 0
    assert shell.json("links") == []


def test_what_is_no_file_is_not_linked(shell: Shell) -> None:
    os.mkfifo(shell.folder / "pipe")
    for name in (".", "pipe", "/dev/zero", "nothing.png"):
        done = shell.run("link", "front", name)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
    assert shell.run("unlink", "front").returncode == 1
    assert shell.run("unlink", "lid").returncode == 2
    assert shell.json("links") == []
    assert shell.run("links").stderr.strip() == "No panel follows a file."
