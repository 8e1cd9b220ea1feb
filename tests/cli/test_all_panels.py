"""All panels are those on the blank, unless others are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.shell import Shell

if TYPE_CHECKING:
    from pathlib import Path


def test_a_sleeve_has_four(tmp_path: Path) -> None:
    shell = Shell(tmp_path, PACKDESK_BOX_STYLE="sleeve")
    made = shell.run("generate-all", "vintage roses in blush", "--provider", "offline")
    assert made.returncode == 0
    assert "nothing is made for: top, bottom" in made.stderr
    assert set(shell.json("state", "--json")["panel_textures"]) == {"front", "back", "left", "right"}
    named = shell.run("generate-all", "vintage roses in blush", "--panel", "top", "--provider", "offline")
    assert (named.returncode, "Not on this blank" in named.stderr) == (0, False)
