"""The commands import-sheet and template, as a user runs them."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

from PIL import Image
from support.pdf_parts import document
from support.sheets import file_of, painted, turned

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.values import DielineOptions, DielineStyle
from packdesk.domain.dimensions import Dimensions

if TYPE_CHECKING:
    from support.shell import Shell

BLANK = make_dieline("box", Dimensions(width=60, height=80, depth=40))


def test_a_sheet_goes_onto_all_panels_and_says_how_it_was_found(shell: Shell) -> None:
    shell.run("dimensions", "box", "60", "80", "40")
    file = shell.folder / "carton.png"
    file.write_bytes(file_of(turned(painted(BLANK, random.Random(1)), 3)))
    ran = shell.run("import-sheet", str(file), "--json")
    assert (ran.returncode, ran.stderr) == (0, "The place was found by its size.\n")
    textures = json.loads(ran.stdout)["panel_textures"]
    assert {texture["prompt"] for texture in textures.values()} == {"Imported from carton.png"}
    assert len(textures) == 6


def test_a_sheet_of_no_clear_place_needs_a_word(shell: Shell) -> None:
    shell.run("dimensions", "box", "60", "80", "40")
    file = shell.folder / "plain.png"
    file.write_bytes(file_of(Image.new("RGB", (round(BLANK.width * 4), round(BLANK.height * 4)), "navy")))
    refused = shell.run("import-sheet", str(file))
    assert refused.returncode == 1
    assert "--turn 0, 90, 180 or 270" in refused.stderr
    assert shell.run("import-sheet", str(file), "--turn", "180").returncode == 0


def test_the_style_and_the_page_of_a_sheet_are_said(shell: Shell) -> None:
    shell.run("dimensions", "box", "60", "80", "40")
    other = make_dieline("box", BLANK.dimensions, DielineOptions(style=DielineStyle.REVERSE_TUCK))
    file = shell.folder / "carton.png"
    file.write_bytes(file_of(painted(other, random.Random(1))))
    refused = shell.run("import-sheet", str(file))
    assert "--style says it" in refused.stderr
    ran = shell.run("import-sheet", str(file), "--style", "reverse-tuck")
    assert (ran.returncode, ran.stderr) == (0, "The place was found by its size.\n")
    pages = shell.folder / "pages.pdf"
    pages.write_bytes(document(layers=("Art",)))
    shown = shell.run("import", "front", str(pages))
    assert (shown.returncode, shown.stderr) == (0, "This is page 1 of 3: --page says another.\n")
    assert shell.run("import", "front", str(pages), "--page", "2").stderr == ""
    assert "page" in shell.run("import-sheet", str(pages), "--page", "9").stderr
    assert "layer" in shell.run("import-sheet", str(pages), "--layer", "Words").stderr


def test_a_template_is_written_once_and_comes_back(shell: Shell) -> None:
    file = shell.folder / "blank.svg"
    shell.run("dimensions", "box", "60", "80", "40")
    assert shell.run("template", str(file)).returncode == 0
    again = shell.run("template", str(file))
    assert again.returncode == 1
    assert "already exists" in again.stderr
    empty = shell.run("import-sheet", str(file))
    assert empty.returncode == 1
    assert "Nothing is drawn on the sheet." in empty.stderr
    drawn = '<rect x="0" y="0" width="50" height="50" fill="#a52"/>'
    layer = 'inkscape:label="Artwork" />'
    assert layer in file.read_text()
    file.write_text(file.read_text().replace(layer, f'inkscape:label="Artwork">{drawn}</g>'))
    ran = shell.run("import-sheet", str(file))
    assert (ran.returncode, ran.stderr) == (0, "The place was found by what its template says.\n")


def test_a_sheet_is_followed_listed_and_unlinked(shell: Shell) -> None:
    shell.run("dimensions", "box", "60", "80", "40")
    file = shell.folder / "carton.png"
    file.write_bytes(file_of(painted(BLANK, random.Random(1))))
    ran = shell.run("import-sheet", "carton.png", "--follow")
    assert (ran.returncode, ran.stderr) == (0, "The place was found by its size.\n")
    (link,) = shell.json("links")
    assert (link["panel"], link["file"], len(link["panels"])) == ("sheet", str(file), 6)
    assert link["state"] == "waiting"  # it is read again by the window that follows it
    assert shell.run("unlink").returncode == 2
    assert shell.run("unlink", "--sheet").stdout == "0 linked\n"
    again = shell.run("unlink", "--sheet")
    assert (again.returncode, "follows no file" in again.stderr) == (1, True)
    pages = shell.folder / "pages.pdf"
    pages.write_bytes(document())
    assert shell.run("link", "front", "pages.pdf", "--page", "9").returncode == 1
    assert shell.run("link", "front", "pages.pdf", "--page", "3").returncode == 0
    assert [(one["panel"], one["page"]) for one in shell.json("links")] == [("front", 3)]
    assert ", page 3)" in shell.run("links").stdout
