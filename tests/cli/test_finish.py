"""Finishes by area by commands: set, listed, in the file, in a bundle, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from support.flat import png

if TYPE_CHECKING:
    from support.shell import Shell


def test_foil_goes_where_the_artwork_has_its_colour(shell: Shell) -> None:
    pixels = np.zeros((150, 100, 3), np.uint8)
    pixels[:75] = (208, 160, 64)
    (shell.folder / "front.png").write_bytes(png(Image.fromarray(pixels)))
    assert shell.run("import", "front", "front.png").returncode == 0
    made = shell.json("finish", "front", "foil", "--colour", "#d0a040", "--tolerance", "9", "--json")
    assert made == [{"panel_id": "front", "kind": "foil", "colours": {"colour": "#d0a040", "tolerance": 9}}]
    assert shell.run("finish", "front", "white").stdout.split() == [
        *("front", "foil", "#d0a040", "±", "9"),
        *("front", "white", "where", "its", "artwork", "is", "opaque"),
    ]
    assert shell.run("export", "tea.pdf").returncode == 0
    assert all(
        ink in (shell.folder / "tea.pdf").read_bytes()
        for ink in (b"/Separation /Foil", b"/Separation /White")
    )
    assert shell.run("export", "tea.packdesk").returncode == 0
    left = shell.json("finish", "front", "foil", "--remove", "--json")
    assert left == [{"panel_id": "front", "kind": "white", "colours": None}]
    for wrong in (("lid", "foil"), ("front", "foil", "--colour", "gold")):
        refused = shell.run("finish", *wrong)
        assert (refused.returncode, "Traceback" in refused.stderr) == (2, False), wrong
    assert shell.run("open", "tea.packdesk", "--force").returncode == 0
    assert [one["kind"] for one in shell.json("finish", "--json")] == ["foil", "white"]
