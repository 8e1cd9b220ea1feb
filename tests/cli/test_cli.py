"""The commands as a user runs them: real processes, real exit codes, no display."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from support.providers import picture_bytes
from support.shell import Shell

from packdesk.domain.panels import PANEL_IDS
from packdesk.store.base import KEY

if TYPE_CHECKING:
    from support.redis_server import RedisServer

PROMPT = 'vintage floral pattern, "Sol Field"'


def pixels(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        return picture.convert("RGBA")


def test_the_main_job(shell: Shell) -> None:
    made = shell.json("generate-all", PROMPT)
    assert made["finished"] == list(PANEL_IDS["box"])
    assert made["failed"] == {}
    state = shell.json("state")
    assert set(state["panel_textures"]) == set(PANEL_IDS["box"])
    assert not state["in_progress"]
    assert not state["bulk_generation_in_progress"]
    assert len(json.dumps(state)) < 4096
    for name in ("a.png", "b.png"):
        done = shell.run("render", name, "--size", "320x240")
        assert (done.returncode, done.stdout) == (0, f"{name}\n"), done.stderr
    first, second = (pixels(shell.folder / name) for name in ("a.png", "b.png"))
    assert first.size == (320, 240)
    assert first.tobytes() == second.tobytes()


def test_the_same_over_redis(tmp_path: Path, empty_redis: RedisServer) -> None:
    shell = Shell(tmp_path, PACKDESK_REDIS_URL=empty_redis.url)
    shell.json("dimensions", "cylinder", "60", "100", "60")
    shell.json("generate", "body", PROMPT)
    document = json.loads(empty_redis.client().get(KEY) or b"")
    assert document["package_dimensions"] == {"width": 60, "height": 100, "depth": 60}
    assert list(document["panel_textures"]) == ["body"]
    assert not (tmp_path / "data" / "packdesk.sqlite3").exists()


def test_import_status_and_clear(shell: Shell) -> None:
    (shell.folder / "art.png").write_bytes(picture_bytes())
    assert "front" in shell.json("import", "front", "art.png")["panel_textures"]
    assert shell.json("status")["in_progress"] is False
    assert shell.json("clear")["panel_textures"] == {}


def test_people_get_words(shell: Shell) -> None:
    assert "box, 100 × 150 × 100 mm" in shell.run("state").stdout
    assert shell.run("status").stdout == "idle\n"
    assert shell.run("--version").stdout.startswith("packdesk ")


def test_renders_from_every_side_and_transparent(shell: Shell) -> None:
    done = shell.run("render", "top.png", "--size", "200x200", "--view", "top", "--background", "transparent")
    assert done.returncode == 0, done.stderr
    picture = pixels(shell.folder / "top.png")
    assert picture.getpixel((0, 0)) == (0, 0, 0, 0)
    middle = picture.getpixel((100, 100))
    assert isinstance(middle, tuple)
    assert middle[3] == 255


def test_renders_with_a_finish_a_light_and_a_colour_behind(shell: Shell) -> None:
    size = ("--size", "200x200")
    looks = {
        "plain.png": (),
        "gloss.png": ("--finish", "gloss", "--light", "side", "--exposure", "0.5"),
        "kraft.png": ("--finish", "kraft", "--background", "#aabbcc"),
    }
    for name, look in looks.items():
        done = shell.run("render", name, *size, *look)
        assert (done.returncode, done.stderr) == (0, "")
    plain, gloss, kraft = (pixels(shell.folder / name) for name in looks)
    assert len({picture.tobytes() for picture in (plain, gloss, kraft)}) == 3
    corner, board = kraft.getpixel((0, 0)), kraft.getpixel((90, 110))
    assert isinstance(corner, tuple)
    assert isinstance(board, tuple)
    assert max(abs(a - b) for a, b in zip(corner[:3], (0xAA, 0xBB, 0xCC), strict=True)) <= 1
    assert board[0] > board[2] + 40, "kraft is not brown"


def test_sizes_are_typed_as_in_the_window(shell: Shell) -> None:
    state = shell.json("dimensions", "box", '4 1/4"', "10,5cm", "2*40")
    assert state["package_dimensions"] == {"width": 107.95, "height": 105, "depth": 80}


BAD_WORDS = [
    ("dimensions", "bag", "100", "100", "100"),
    ("dimensions", "box", "5", "100", "100"),
    ("dimensions", "box", "nan", "100", "100"),
    ("dimensions", "box", "100", "2001", "100"),
    ("dimensions", "box", "-100", "100", "100"),
    ("dimensions", "box", "ten", "100", "100"),
    ("dimensions", "cylinder", "80", "100", "90"),
    ("dimensions", "box", "100"),
    ("generate", "body", PROMPT),
    ("generate", "front", "ab"),
    ("generate", "front", "logo"),
    ("generate-all", "x" * 2001),
    ("generate-all", PROMPT, "--panel", "lid"),
    ("render", "out.gif"),
    ("render", "out.png", "--size", "big"),
    ("render", "out.png", "--size", "9000x10"),
    ("render", "out.png", "--background", "grey"),
    ("render", "out.png", "--background", "#aabbc"),
    ("render", "out.png", "--exposure", "nan"),
    ("render", "out.png", "--exposure", "9"),
    ("render", "out.png", "--finish", "velvet"),
    ("nonsense",),
    ("state", "--nonsense"),
]


@pytest.mark.parametrize("words", BAD_WORDS, ids=lambda words: " ".join(words)[:40])
def test_wrong_use_is_told_and_changes_nothing(shell: Shell, words: tuple[str, ...]) -> None:
    done = shell.run(*words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert not (shell.folder / "out.png").exists()
    assert shell.json("state")["updated_at"] is None


def test_files_that_are_no_pictures(shell: Shell) -> None:
    (shell.folder / "notes.png").write_text("hello")
    for name in ("notes.png", "missing.png"):
        done = shell.run("import", "front", name)
        assert done.returncode == 1
        assert len(done.stderr.strip().splitlines()) == 1
    assert shell.json("state")["panel_textures"] == {}


def test_a_broken_document_is_told_and_kept(tmp_path: Path, empty_redis: RedisServer) -> None:
    shell = Shell(tmp_path, PACKDESK_REDIS_URL=empty_redis.url)
    empty_redis.client().set(KEY, "{broken")
    for words in (("state",), ("generate-all", PROMPT), ("dimensions", "box", "50", "50", "50")):
        done = shell.run(*words)
        assert done.returncode == 1
        assert "not valid JSON" in done.stderr
        assert "Traceback" not in done.stderr
    assert empty_redis.client().get(KEY) == b"{broken"
    done = shell.run("clear")
    assert (done.returncode, "it is kept as" in done.stderr) == (0, True)
    assert empty_redis.client().get(done.stderr.split()[-1].rstrip(".")) == b"{broken"


def test_a_store_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    done = Shell(tmp_path).run("state")
    assert done.returncode == 1
    assert "PACKDESK_DATA_DIR" in done.stderr


def test_a_library_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("in the way")
    shell = Shell(tmp_path, PACKDESK_TEXTURE_DIR=str(tmp_path / "library"))
    done = shell.run("generate-all", PROMPT)
    assert done.returncode == 1
    assert "Pictures cannot be saved" in done.stderr
    state = shell.json("state")
    assert state["panel_textures"] == {}
    assert "Pictures cannot be saved" in state["last_error"]
    assert not state["in_progress"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("PACKDESK_DPI", "fine"), ("PACKDESK_PROVIDER", "oracle"), ("PACKDESK_REDIS_URL", "http://u:secret@x")],
)
def test_settings_that_cannot_be_used_are_named(tmp_path: Path, name: str, value: str) -> None:
    done = Shell(tmp_path, **{name: value}).run("state")
    assert done.returncode == 2
    assert name in done.stderr
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_picture_that_cannot_be_written(shell: Shell) -> None:
    done = (
        shell.run("render", "missing/folder\0.png")
        if os.name == "nt"
        else shell.run("render", "/dev/null/a.png")
    )
    assert done.returncode == 1
    assert "There is no folder /dev/null." in done.stderr


def test_without_a_display_the_window_says_so(shell: Shell) -> None:
    done = shell.run()
    assert done.returncode == 1
    assert "no display" in done.stderr


def test_the_demo_draws_itself_unseen_and_leaves_the_design_alone(shell: Shell) -> None:
    done = shell.run("demo")
    assert done.returncode == 0, done.stderr
    path = Path(done.stdout.strip().removeprefix("The window is shown in "))
    picture = pixels(path)
    assert picture.size == (1440, 900)
    assert len(picture.convert("RGB").resize((160, 100)).getcolors(16_000) or []) > 500
    assert shell.json("state")["panel_textures"] == {}


def test_a_command_s_garbage_is_collected(tmp_path: Path) -> None:
    asked = "import atexit, gc, sys; atexit.register(lambda: sys.stderr.write(f'on: {gc.isenabled()}'));"
    start = "from packdesk.__main__ import main; sys.argv = ['packdesk', 'state']; main()"
    places = {f"PACKDESK_{name}_DIR": str(tmp_path / name) for name in ("DATA", "CACHE", "CONFIG")}
    command = [sys.executable, "-c", asked + start]
    done = subprocess.run(command, env={**os.environ, **places}, capture_output=True, text=True, check=True)
    assert done.stderr == "on: True"


def test_words_on_the_pack_are_checked_and_what_is_left_out_is_told(shell: Shell) -> None:
    def front(*options: str) -> str:
        made = shell.json("generate", "front", "dots “Sol”, “Tea”, “Mild”, “Fourth”", *options)
        return str(made["state"]["panel_textures"]["front"]["texture_url"])

    plain = front()
    assert front("--brand", "Luna") != plain
    assert front("--sample-text") != plain
    assert front("--brand", "Sol") == plain, "the prompt says so itself"
    done = shell.run("generate", "front", "dots “Sol”, “Tea”, “Mild”, “Fourth”", "--barcode", "4006381333931")
    assert "“Fourth” is quoted, but stands in no field: it is not on the pack." in done.stderr
    wrong = shell.run("generate", "front", "dots all over", "--barcode", "4006381333932")
    assert wrong.returncode == 2
    assert "by its check digit it would end in 1" in wrong.stderr


def test_words_on_the_pack_are_kept_with_artwork_only(shell: Shell) -> None:
    def kept() -> list[str]:
        return [json.loads(file.read_text())["brand"] for file in (shell.folder / "data" / "words").glob("*")]

    shell.run("generate", "front", "lemons in lime", "--brand", "Limo")
    assert kept() == ["Limo"]
    shell.run("generate-all", "lemons in lime", "--brand", "Other", "--candidates", "2")
    shell.run("generate", "nowhere", "lemons in lime", "--brand", "Other")
    assert kept() == ["Limo"]


def test_a_shell_is_told_what_may_come_next(tmp_path: Path) -> None:
    typed = {"_PACKDESK_COMPLETE": "complete_bash", "COMP_WORDS": "packdesk exp", "COMP_CWORD": "1"}
    assert Shell(tmp_path, **typed).run().stdout.split() == ["export"]
    typed |= {"COMP_WORDS": "packdesk designs re", "COMP_CWORD": "2"}
    assert Shell(tmp_path, **typed).run().stdout.split() == ["rename", "restore"]
