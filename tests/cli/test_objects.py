"""Objects by commands: put on a panel, changed, ordered, exported, taken off."""

from __future__ import annotations

import base64
import contextlib
import json
import zlib
from typing import TYPE_CHECKING

from support.providers import picture_bytes
from support.writing import put

from packdesk.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from support.shell import Shell

LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20mm" height="20mm" viewBox="0 0 20 20">'
    '<circle cx="10" cy="10" r="9" fill="#0a7"/></svg>'
)


def test_a_pack_is_lettered_by_commands(shell: Shell) -> None:
    (shell.folder / "logo.svg").write_text(LOGO)
    ink = "ink=spot Tea Red: cmyk 0 90 80 10"
    text = shell.run(
        "objects", "add", "front", "text", "words=Herbal\\nTea", "x=1cm", "y=3,5", "size=30", ink
    )
    assert (text.stdout.strip(), text.stderr) == ("text-1", "")
    (placed,) = shell.json("objects", "list", "front", "--json")["objects"]
    assert (placed["x"], placed["y"]) == (10, 3.5)
    assert 22 < placed["height"] < 45  # both lines
    made = shell.json("objects", "add", "front", "barcode", "value=400638133393", "x=5", "y=110", "--json")
    assert (made["value"], made["width"]) == ("4006381333931", 0.33 * 113)
    assert shell.run("objects", "add", "front", "picture", "--file", "logo.svg", "x=60").returncode == 0
    assert shell.run("objects", "order", "front", "text-1", "9").stdout.strip() == "3 objects"
    assert "Herbal Tea" in shell.run("objects", "list", "front").stdout
    assert shell.run("export", "tea.pdf").returncode == 0
    assert b"Tea#20Red" in (shell.folder / "tea.pdf").read_bytes()
    shell.run("objects", "add", "front", "text", "words=Half", "y=140", "opacity=0.5")
    live = shell.run("export", "live.pdf", "--live-text")
    assert "“Half” stays outlines" in live.stderr
    assert b"/FontFile3" in (shell.folder / "live.pdf").read_bytes()
    refused = shell.run("objects", "set", "front", "text-1", "size=huge")
    assert (refused.returncode, "It may be 1 to 2000." in refused.stderr) == (2, True)
    bare = shell.run("objects", "set", "front", "text-1")
    assert (bare.returncode, "No property is given." in bare.stderr) == (2, True)
    shell.run("objects", "set", "front", "text-1", "group=logo")
    assert " in logo" in shell.run("objects", "list", "front").stdout
    (shell.folder / "empty.svg").write_text(
        LOGO.replace("<circle", "<!-- <circle").replace("/></", "/> --></")
    )
    empty = shell.run("objects", "add", "front", "picture", "--file", "empty.svg")
    assert "There is nothing to be seen in this picture." in empty.stderr
    assert "--file" in shell.run("objects", "add", "front", "picture", "x=4").stderr
    wide = ("words=Wide word", "x=60", "width=20", "size=40", "wraps=no")  # its box is on the panel
    far = shell.run("objects", "add", "front", "text", *wide, "family=No Such", "y=9")
    assert "reaches over the edge" in far.stderr
    assert "is not on this computer" in far.stderr
    assert "OpenType" not in far.stderr


def test_what_another_program_took_off_is_told_and_put_back(shell: Shell) -> None:
    shell.run("objects", "add", "front", "shape", "x=10", "y=10")
    with contextlib.closing(SqliteStore(next((shell.folder / "data").glob("*.sqlite3")))) as store:
        state = json.loads(store.load() or b"")
        picture = base64.b64encode(picture_bytes(8, (40, 60))).decode()
        state["panel_textures"]["front"]["texture_url"] = f"data:image/png;base64,{picture}"
        put(store, json.dumps(state).encode())
    looked = shell.run("preflight").stdout
    assert "front: Another program took objects off this panel: 1." in looked
    written = shell.run("export", "tea.packdesk")
    assert "Objects another program took off are not in the file: front." in written.stderr
    assert shell.run("objects", "add", "front", "shape", "x=30").stdout == "shape-1\n"
    told = shell.run("objects", "list", "front")
    assert "took the objects off" in told.stderr
    assert "packdesk objects put-back front" in told.stderr
    assert shell.run("objects", "put-back", "front").stdout == "2 objects\n"
    assert "shape-2" in shell.run("objects", "list", "front").stdout
    again = shell.run("objects", "put-back", "front")
    assert "No objects were taken off" in again.stderr
    assert "went with" not in shell.run("dimensions", "box", "110", "150", "100").stderr
    went = shell.run("dimensions", "cylinder", "70", "120", "70")
    assert "The artwork and the objects of front went with the box." in went.stderr


def test_what_cannot_be_read_is_told_in_plain_words(shell: Shell) -> None:
    shell.run("objects", "add", "front", "shape", "x=10", "y=10")
    red = shell.run("objects", "add", "back", "barcode", "value=400638133393", "x=20", "y=60", "ink=#e02020")
    assert red.returncode == 0
    assert "back: The bars of the code" in shell.run("preflight").stdout
    kept = (shell.folder / "data").rglob("*.objects")
    (file,) = (one for one in kept if b"400638" not in zlib.decompress(one.read_bytes()))
    file.write_bytes(b"damaged")
    assert "are damaged" in shell.run("objects", "list", "front").stderr
    assert "front: The objects of this panel are damaged." in shell.run("preflight").stdout
    told = shell.run("export", "tea.pdf").stderr
    assert told.startswith("packdesk: The objects of front are drawn as pixels")
    assert "packdesk." not in told
