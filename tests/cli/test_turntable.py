"""The turntable and the angles of render, as a user runs them: real processes, no display."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt
    from support.shell import Shell

    Pixels = npt.NDArray[np.int16]

SMALL = ("--size", "160x120")
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and programs as scripts are Unix")


def frames_of(path: Path) -> list[Pixels]:
    with Image.open(path) as film:
        shown = []
        for index in range(getattr(film, "n_frames", 1)):
            film.seek(index)
            shown.append(np.asarray(film.convert("RGBA")).astype(np.int16))
    return shown


def duration_of(path: Path) -> int:
    """Milliseconds of a whole animation."""
    total = 0
    with Image.open(path) as film:
        for index in range(getattr(film, "n_frames", 1)):
            film.seek(index)
            film.load()
            total += film.info["duration"]
    return total


def difference(one: Pixels, other: Pixels) -> float:
    return float(np.abs(one - other).mean())


def in_the_folder(shell: Shell) -> set[str]:
    """What stands beside the folders of packdesk and of the test."""
    return {path.name for path in shell.folder.iterdir()} - {"data", "cache", "config", "given"}


@pytest.fixture
def painted(shell: Shell) -> Shell:
    """A box whose front alone carries a picture, so that every side of a turn is told apart."""
    picture = Image.new("RGB", (200, 300), "#c01818")
    picture.paste("#1838c0", (0, 0, 100, 300))
    (shell.folder / "given").mkdir()
    picture.save(shell.folder / "given" / "art.png")
    done = shell.run("import", "front", "given/art.png")
    assert done.returncode == 0, done.stderr
    return shell


def test_a_turn_can_be_of_foil_before_a_colour(painted: Shell) -> None:
    look = ("--finish", "foil", "--background", "#203040")
    done = painted.run("turntable", "box.webp", "--frames", "2", *SMALL, *look)
    assert (done.returncode, done.stderr) == (0, "")
    corner = frames_of(painted.folder / "box.webp")[0][2, 2]
    assert np.abs(corner[:3] - (0x20, 0x30, 0x40)).max() <= 4


def test_an_animation_turns_once_and_closes(painted: Shell) -> None:
    done = painted.run("turntable", "box.webp", "--frames", "8", "--seconds", "1.5", *SMALL)
    assert (done.returncode, done.stdout, done.stderr) == (0, "box.webp\n", "")
    shown = frames_of(painted.folder / "box.webp")
    assert len(shown) == 8
    assert {frame.shape for frame in shown} == {(120, 160, 4)}
    assert min(int(frame[..., 3].min()) for frame in shown) == 255
    assert difference(shown[0], shown[4]) > 3, "the back looks like the front"
    steps = [difference(one, other) for one, other in pairwise([*shown, shown[0]])]
    assert min(steps) > 0.3
    assert steps[-1] < 2 * max(steps[:-1]), "the end does not meet the beginning"
    assert duration_of(painted.folder / "box.webp") == 1500
    with Image.open(painted.folder / "box.webp") as film:
        assert film.info["loop"] == 0


def test_numbered_pictures_are_the_frames_of_the_animation(painted: Shell) -> None:
    for out in ("turn", "turn.webp"):
        done = painted.run("turntable", out, "--frames", "4", "--background", "transparent", *SMALL)
        assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in (painted.folder / "turn").iterdir())
    assert names == ["0001.png", "0002.png", "0003.png", "0004.png"]
    single = [frames_of(painted.folder / "turn" / name)[0] for name in names]
    for drawn, kept in zip(single, frames_of(painted.folder / "turn.webp"), strict=True):
        assert drawn[0, 0].tolist() == [0, 0, 0, 0]
        assert drawn[60, 80, 3] == 255
        assert np.abs(drawn[..., 3] - kept[..., 3]).max() < 3
        solid = drawn[..., 3] == 255
        assert np.abs(drawn[solid] - kept[solid]).mean() < 4


def whole_frames(webp: bytes) -> list[bool]:
    """Of every frame of an animation, whether it is drawn anew in full (ANMF chunks of a WebP file)."""
    canvas, place, found = webp[24:30], 12, []
    while place < len(webp):
        name, size = webp[place : place + 4], int.from_bytes(webp[place + 4 : place + 8], "little")
        content = webp[place + 8 : place + 8 + size]
        if name == b"ANMF":
            left_over = any(content[:6]) or content[6:12] != canvas or not content[15] & 2
            found.append(not left_over)
        place += 8 + size + size % 2
    return found


def test_nothing_of_one_picture_stays_in_the_next(painted: Shell) -> None:
    """Else edges of former shadows stay on the floor."""
    done = painted.run("turntable", "turn.webp", "--frames", "12", "--size", "320x320")
    assert done.returncode == 0, done.stderr
    assert whole_frames((painted.folder / "turn.webp").read_bytes()) == [True] * 12


def test_it_begins_as_the_home_view_and_takes_an_elevation_and_a_background(painted: Shell) -> None:
    words = ("--frames", "2", "--size", "200x200")
    for out, *more in (("low",), ("high", "--elevation", "60"), ("dark", "--background", "dark")):
        done = painted.run("turntable", out, *words, *more)
        assert done.returncode == 0, done.stderr
    assert painted.run("render", "home.png", "--size", "200x200").returncode == 0
    low, high, dark, home = (
        frames_of(painted.folder / name)[0]
        for name in ("low/0001.png", "high/0001.png", "dark/0001.png", "home.png")
    )
    assert difference(low, home) < 0.6 * difference(high, home)
    assert dark[0, 0, :3].max() < 60 < low[0, 0, :3].min()


WRONG = [
    ("out.gif",),
    ("out.png",),
    ("out.webp", "--frames", "1"),
    ("out.webp", "--frames", "721"),
    ("out.webp", "--frames", "100", "--seconds", "1"),
    ("out.webp", "--seconds", "nan"),
    ("out.webp", "--seconds", "0"),
    ("out.webp", "--size", "big"),
    ("out.webp", "--size", "9000x10"),
    ("out", "--elevation", "91"),
    ("out", "--elevation", "nan"),
    ("out", "--background", "pink"),
    ("out.mp4", "--background", "transparent"),
    ("out.mp4", "--size", "101x100"),
]


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_wrong_use_is_told_and_leaves_nothing(shell: Shell, words: tuple[str, ...]) -> None:
    done = shell.run("turntable", *words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert in_the_folder(shell) == set()


@pytest.mark.parametrize("out", ["out.webp", "out"])
def test_what_is_there_is_replaced_only_by_force(shell: Shell, out: str) -> None:
    def turn(frames: str, *words: str) -> subprocess.CompletedProcess[str]:
        return shell.run("turntable", out, "--frames", frames, "--size", "40x40", *words)

    assert turn("5").returncode == 0
    done = turn("3")
    assert done.returncode == 1
    assert f"{out} already exists. Choose another name. --force" in done.stderr
    path = shell.folder / out
    assert (len(list(path.iterdir())) if path.is_dir() else len(frames_of(path))) == 5
    assert turn("3", "--force").returncode == 0
    assert (len(list(path.iterdir())) if path.is_dir() else len(frames_of(path))) == 3
    assert in_the_folder(shell) == {out}


def test_force_deletes_nothing_but_a_turntable(shell: Shell) -> None:
    (shell.folder / "work").mkdir()
    (shell.folder / "work" / "0001.png").write_text("mine")
    (shell.folder / "work" / "letter.txt").write_text("mine")
    (shell.folder / "film.webp").mkdir()
    (shell.folder / "notes").write_text("mine")
    for out in ("work", "film.webp", "notes"):
        done = shell.run("turntable", out, "--force", "--frames", "2", "--size", "40x40")
        assert done.returncode == 1
        assert "it is not a turntable" in done.stderr
    assert {path.name for path in (shell.folder / "work").iterdir()} == {"0001.png", "letter.txt"}
    assert (shell.folder / "notes").read_text() == "mine"


def test_a_place_that_cannot_be_written(shell: Shell) -> None:
    (shell.folder / "file").write_text("in the way")
    for out in ("file/turn", "file/turn.webp"):
        done = shell.run("turntable", out, "--frames", "2", "--size", "40x40")
        assert done.returncode == 1
        assert "There is no folder file." in done.stderr
    assert in_the_folder(shell) == {"file"}


@POSIX
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_leaves_nothing_half_made(shell: Shell, ending: signal.Signals) -> None:
    (shell.folder / "new").mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "packdesk", "turntable", "new/turn", "--frames", "720", "--size", "400x400"],
        env=shell.environment,
        cwd=shell.folder,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    end = time.monotonic() + 60
    while not list(shell.folder.glob("new/.writing-*/0003.png")):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.02)
    os.killpg(process.pid, ending)  # a terminal sends it to everything it runs, the virtual display too
    _, said = process.communicate(timeout=30)
    assert process.returncode not in (0, -ending)
    assert b"Traceback" not in said
    assert in_the_folder(shell) == {"new"}
    assert list((shell.folder / "new").iterdir()) == []


def fake_ffmpeg(shell: Shell, script: str) -> None:
    """A program of that name, first on the PATH."""
    folder = shell.folder / "given"
    (folder / "ffmpeg").write_text(f"#!{sys.executable}\nimport sys\n{script}\n")
    (folder / "ffmpeg").chmod(0o755 | stat.S_IXUSR)
    shell.environment["PATH"] = f"{folder}{os.pathsep}{shell.environment['PATH']}"


MP4 = ("turntable", "box.mp4", "--frames", "6", "--seconds", "2.5", "--size", "64x48")


@POSIX
def test_an_mp4_is_what_ffmpeg_makes_of_all_pictures(painted: Shell) -> None:
    fake_ffmpeg(painted, "open(sys.argv[-1], 'wb').write(sys.stdin.buffer.read())")
    done = painted.run(*MP4)
    assert (done.returncode, done.stdout) == (0, "box.mp4\n"), done.stderr
    raw = np.frombuffer((painted.folder / "box.mp4").read_bytes(), np.uint8).astype(np.int16)
    shown = raw.reshape(6, 48, 64, 4)
    assert shown[..., 3].min() == 255
    assert difference(shown[0], shown[3]) > 3
    assert in_the_folder(painted) == {"box.mp4"}


@POSIX
def test_ffmpeg_says_why_it_fails_and_nothing_is_left(painted: Shell) -> None:
    script = "open(sys.argv[-1], 'wb').write(b'half'); sys.exit('first\\nUnknown encoder')"
    fake_ffmpeg(painted, script)
    done = painted.run(*MP4)
    assert done.returncode == 1
    assert "ffmpeg could not make the film: Unknown encoder" in done.stderr
    assert in_the_folder(painted) == set()


def test_without_ffmpeg_an_mp4_is_refused_with_a_remedy(shell: Shell) -> None:
    shell.environment["PATH"] = ""
    done = shell.run(*MP4)
    assert done.returncode == 1
    assert "needs the program ffmpeg" in done.stderr
    assert ".webp" in done.stderr
    assert in_the_folder(shell) == set()


def test_a_real_mp4_has_every_picture_in_its_colours(painted: Shell) -> None:
    from shutil import which

    ffmpeg = which("ffmpeg")
    if ffmpeg is None:
        pytest.skip("ffmpeg is not on the PATH")
    assert painted.run(*MP4).returncode == 0
    assert painted.run("turntable", "turn", *MP4[2:]).returncode == 0
    command = [ffmpeg, "-loglevel", "error", "-i", "box.mp4"]
    subprocess.run([*command, "%04d-shown.png"], cwd=painted.folder, check=True)
    for index in range(1, 7):
        shown = frames_of(painted.folder / f"{index:04}-shown.png")[0]
        drawn = frames_of(painted.folder / "turn" / f"{index:04}.png")[0]
        assert shown.shape == drawn.shape == (48, 64, 4)
        assert difference(shown, drawn) < 4
    assert not (painted.folder / "0007-shown.png").exists()


@POSIX
def test_a_terminal_sees_how_far_it_is(shell: Shell) -> None:
    status, shown = shell.watch("turntable", "turn", "--frames", "3", "--size", "40x40")
    assert status == 0
    assert "\r1 of 3 pictures" in shown
    assert "\r3 of 3 pictures" in shown


def test_render_takes_angles_and_leaves_perspective_out(painted: Shell) -> None:
    def picture(*words: str) -> Pixels:
        words = ("render", "a.png", "--size", "200x200", "--background", "transparent", "--force", *words)
        done = painted.run(*words)
        assert done.returncode == 0, done.stderr
        return frames_of(painted.folder / "a.png")[0]

    front = picture("--view", "front")
    assert np.array_equal(picture("--view", "home", "--azimuth", "-90", "--elevation", "0"), front)
    assert np.array_equal(picture("--view", "back", "--azimuth", "-90"), front)
    assert not np.array_equal(picture("--view", "front", "--elevation", "20"), front)

    def narrowing(seen: Pixels) -> int:
        """How many pixels the far edge of the top is shorter than the near one."""
        solid = (seen[..., 3] > 250).sum(axis=1)
        rows = np.flatnonzero(solid)
        return int(solid.max() - solid[rows[1]])

    above = ("--view", "front", "--elevation", "45")
    assert narrowing(picture(*above)) > 8
    assert narrowing(picture(*above, "--flat-projection")) <= 2


@pytest.mark.parametrize(
    "words", [("--azimuth", "361"), ("--azimuth", "nan"), ("--elevation", "-91"), ("--elevation", "inf")]
)
def test_render_refuses_angles_that_do_not_exist(shell: Shell, words: tuple[str, str]) -> None:
    done = shell.run("render", "a.png", *words)
    assert done.returncode == 2
    assert "is not possible" in done.stderr
    assert in_the_folder(shell) == set()


@pytest.mark.parametrize("words", [("render", "there.png"), ("demo", "--screenshot", "there.png")])
def test_a_picture_that_is_there_is_replaced_only_by_force(shell: Shell, words: tuple[str, ...]) -> None:
    place = shell.folder / "there.png"
    place.symlink_to(shell.folder / "nowhere.png")
    done = shell.run(*words)
    assert (done.returncode, done.stdout) == (1, "")
    assert "already exists" in done.stderr
    assert not (shell.folder / "nowhere.png").exists()


def test_views_are_saved_and_drawn_in_one_go(painted: Shell) -> None:
    assert painted.run("views", "--save", "From/behind", "--view", "back").returncode == 0
    assert painted.run("views", "--save", "Front", "--view", "front", "--folded", "0.5").returncode == 0
    done = painted.run("render", "box.jpg", "--all-views", *SMALL)
    assert (done.returncode, done.stdout.splitlines()) == (0, ["box From-behind.jpg", "box Front.jpg"])
    for name in done.stdout.splitlines():
        with Image.open(painted.folder / name) as picture:
            assert (picture.format, picture.size) == ("JPEG", (160, 120))
    again = painted.run("render", "box.jpg", "--all-views", *SMALL)
    assert again.returncode != 0
    assert "already exists" in again.stderr
    assert painted.run("views", "--remove", "Front").returncode == 0
    assert "From/behind" in painted.run("views").stdout
    assert painted.run("render", "one.webp", "--view", "Front", *SMALL).returncode == 2
    assert painted.run("render", "one.webp", "--view", "From/behind", *SMALL).returncode == 0
