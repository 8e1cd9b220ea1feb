"""Films of given pictures: what is in the file, and what is left when it cannot be made."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage

from packdesk.errors import InvalidInputError, OutputUnwritableError
from packdesk.export.turntable import MAX_RATE, Film, check_film, write_film

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SIZE = (192, 128)
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="programs as scripts are Unix")


def film(count: int = 4, seconds: float = 1.0, *, transparent: bool = False) -> Film:
    return Film(*SIZE, count, seconds, transparent)


def pictures(count: int = 4, opacity: int = 255) -> Iterator[QImage]:
    """Each of a red of its own."""
    for number in range(count):
        picture = QImage(*SIZE, QImage.Format.Format_RGBA8888)
        picture.fill(QColor(40 * number, 0, 0, opacity))
        yield picture


def reds(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> list[int]:
    return [round(float(one[..., 0].mean())) for one in pixels]


@pytest.fixture
def ffmpeg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a program of that name first on the PATH."""

    def install(script: str) -> None:
        program = tmp_path / "bin" / "ffmpeg"
        program.parent.mkdir()
        program.write_text(f"#!{sys.executable} -S\nimport os, sys\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}")

    return install


@POSIX
def test_ffmpeg_gets_every_picture_and_then_the_end(ffmpeg: Callable[[str], None], tmp_path: Path) -> None:
    ffmpeg("open(sys.argv[-1], 'wb').write(sys.stdin.buffer.read())")
    write_film(film(), pictures(), tmp_path / "a.mp4", force=False)
    raw = np.frombuffer((tmp_path / "a.mp4").read_bytes(), np.uint8)
    assert reds(raw.reshape(4, SIZE[1], SIZE[0], 4)) == [0, 40, 80, 120]


@POSIX
@pytest.mark.parametrize("reads", ["", "sys.stdin.buffer.read(100_000)"])
def test_ffmpeg_that_ends_too_early_says_why(
    ffmpeg: Callable[[str], None], tmp_path: Path, reads: str
) -> None:
    ffmpeg(f"open(sys.argv[-1], 'wb').write(b'half')\n{reads}\nsys.exit('warning\\nNo space left\\n')")
    with pytest.raises(OutputUnwritableError, match=r"could not make the film: No space left$"):
        write_film(film(8), pictures(8), tmp_path / "a.mp4", force=False)
    assert {path.name for path in tmp_path.iterdir()} == {"bin"}


@POSIX
def test_ffmpeg_that_says_nothing(ffmpeg: Callable[[str], None], tmp_path: Path) -> None:
    ffmpeg("sys.stdin.buffer.read(); sys.exit(3)")
    with pytest.raises(OutputUnwritableError, match="nothing"):
        write_film(film(), pictures(), tmp_path / "a.mp4", force=False)


@POSIX
def test_ffmpeg_ends_when_drawing_fails(
    ffmpeg: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not left running, not even when it does not end with its pipe."""
    ffmpeg(
        "open('begun', 'w').write(str(os.getpid())); os.rename('begun', 'pid')\n"
        "import signal; sys.stdin.buffer.read(); signal.pause()"
    )
    monkeypatch.chdir(tmp_path)

    def broken() -> Iterator[QImage]:
        yield from pictures(2)
        while not (tmp_path / "pid").exists():
            time.sleep(0.01)
        raise MemoryError

    with pytest.raises(MemoryError):
        write_film(film(), broken(), tmp_path / "a.mp4", force=False)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)
    assert not (tmp_path / "a.mp4").exists()


def test_an_animation_takes_exactly_its_time(tmp_path: Path) -> None:
    write_film(film(7, 1.0), pictures(7), tmp_path / "a.webp", force=False)
    with Image.open(tmp_path / "a.webp") as shown:
        assert shown.info["loop"] == 0
        durations, seen = [], []
        for number in range(7):
            shown.seek(number)
            shown.load()
            durations.append(shown.info["duration"])
            seen.append(np.asarray(shown.convert("RGB")))
    assert sum(durations) == 1000
    assert max(durations) - min(durations) <= 1
    assert reds(np.stack(seen)) == pytest.approx([40 * number for number in range(7)], abs=3)


@pytest.mark.parametrize("transparent", [True, False])
def test_only_a_transparent_film_is(tmp_path: Path, transparent: bool) -> None:
    write_film(film(2, transparent=transparent), pictures(2, 100), tmp_path / "a.webp", force=False)
    with Image.open(tmp_path / "a.webp") as shown:
        assert ("A" in shown.getbands()) == transparent


def test_a_folder_is_numbered_and_replaced_only_as_one(tmp_path: Path) -> None:
    target = tmp_path / "turn"
    write_film(film(), pictures(), target, force=False)
    assert sorted(path.name for path in target.iterdir()) == ["0001.png", "0002.png", "0003.png", "0004.png"]
    with pytest.raises(OutputUnwritableError):
        check_film(film(), target, force=False)
    write_film(film(2), pictures(2), target, force=True)
    assert sorted(path.name for path in target.iterdir()) == ["0001.png", "0002.png"]
    (target / "letter.txt").write_text("mine")
    with pytest.raises(OutputUnwritableError, match="not a turntable"):
        write_film(film(2), pictures(2), target, force=True)
    assert (target / "letter.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (film(seconds=0.49), "a.webp"),
        (film(seconds=600.5), "a.webp"),
        (film(2 * MAX_RATE + 1, 2.0), "a.webp"),
        (film(transparent=True), "a.mp4"),
        (Film(191, 128, 4, 1.0, transparent=False), "a.mp4"),
        (Film(192, 127, 4, 1.0, transparent=False), "a.mp4"),
        (film(), "a.gif"),
    ],
)
@pytest.mark.usefixtures("any_ffmpeg")
def test_what_no_file_holds_is_refused(asked: Film, name: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError):
        check_film(asked, tmp_path / name, force=False)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (film(seconds=0.5), "a.webp"),
        (film(seconds=600), "a.WEBP"),
        (film(2 * MAX_RATE, 2.0), "a.webp"),
        (film(transparent=True), "a.webp"),
        (film(), "a.mp4"),
        (film(seconds=9000), "folder"),  # a folder has no time
    ],
)
@pytest.mark.usefixtures("any_ffmpeg")
def test_what_files_hold_is_taken(asked: Film, name: str, tmp_path: Path) -> None:
    check_film(asked, tmp_path / name, force=False)


@pytest.fixture
def any_ffmpeg(ffmpeg: Callable[[str], None]) -> None:
    ffmpeg("")
