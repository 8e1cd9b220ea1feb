"""A turning package as an animated WebP, an MP4 film, or a folder of numbered PNG pictures."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import IO, TYPE_CHECKING, Any

from PIL import Image
from PySide6.QtGui import QImage

from packdesk.domain.text import cut
from packdesk.errors import InvalidInputError, OutputUnwritableError
from packdesk.files import check_free, output_file
from packdesk.programs import find_program
from packdesk.sentence import Sentence
from packdesk.textures.encoding import encode_png, tagged_srgb

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MIN_SECONDS, MAX_SECONDS = 0.5, 600.0
MAX_RATE = 60
"""Pictures a second; programs that show more of a WebP slow it down."""
_NUMBERED = re.compile(r"\d{4}\.png")
# Every picture whole: what WebP takes over from the one before leaves edges of old shadows on the floor.
_WEBP = {"quality": 90, "method": 2, "kmin": 0, "kmax": 1}


@dataclass(frozen=True)
class Film:
    """One turn of a package.

    Attributes:
        width: of each picture in pixels.
        height: of each picture in pixels.
        count: number of pictures.
        seconds: how long the turn takes; a folder of pictures has no time.
        transparent: whether there is nothing behind the package.
    """

    width: int
    height: int
    count: int
    seconds: float
    transparent: bool


def check_film(film: Film, target: Path, *, force: bool) -> None:
    """Refuse what cannot be written, before the work begins.

    Args:
        film: what is to be written.
        target: `name.webp`, `name.mp4`, or a folder, which has no suffix.
        force: whether what is there may be replaced.

    Raises:
        InvalidInputError: the format does not exist, or cannot hold such a film.
        OutputUnwritableError: something stands there already, or ffmpeg is missing.
    """
    kind = target.suffix.lower()
    if kind not in _WRITERS:
        raise InvalidInputError(
            Sentence("A turntable cannot be saved as “{name}”.", name=(target.name or str(target))[:60]),
            "End it in .webp or .mp4, or name a folder without a dot.",
        )
    if kind:
        _check_time(film)
    if kind == ".mp4":
        _check_mp4(film)
    _check_place(target, force=force)


def write_film(film: Film, pictures: Iterator[QImage], target: Path, *, force: bool) -> None:
    """Write the pictures, beside the target first; if anything goes wrong, nothing is left of them.

    Args:
        film: what is written.
        pictures: `film.count` pictures of its size, asked for one by one.
        target: as for `check_film`.
        force: as for `check_film`.

    Raises:
        OutputUnwritableError: it cannot be written, or something was put there meanwhile.
    """
    with output_file(target, folder=not target.suffix) as path:
        _WRITERS[target.suffix.lower()](film, pictures, path)
        _check_place(target, force=force)


def _check_time(film: Film) -> None:
    if not MIN_SECONDS <= film.seconds <= MAX_SECONDS:
        raise InvalidInputError(
            Sentence("A turn cannot take {seconds:g} seconds.", seconds=film.seconds),
            Sentence("Use {least:g} to {most:g}.", least=MIN_SECONDS, most=MAX_SECONDS),
        )
    if film.count > MAX_RATE * film.seconds:
        raise InvalidInputError(
            Sentence(
                "{count} pictures are too many for {seconds:g} seconds.",
                count=film.count,
                seconds=film.seconds,
            ),
            Sentence(
                "Use fewer frames or more seconds: at most {most} pictures a second are shown.", most=MAX_RATE
            ),
        )


def _check_mp4(film: Film) -> None:
    if film.transparent:
        raise InvalidInputError(
            "An MP4 film cannot be transparent.", "Name a .webp file or a folder, or use another background."
        )
    if film.width % 2 or film.height % 2:
        raise InvalidInputError(
            Sentence(
                "An MP4 film cannot have {width} x {height} pixels.", width=film.width, height=film.height
            ),
            "Use even numbers.",
        )
    _ffmpeg()


def _check_place(target: Path, *, force: bool) -> None:
    check_free(target, force=force)
    if not os.path.lexists(target):
        return
    if target.is_dir() == bool(target.suffix) or not _only_numbered(target):
        raise OutputUnwritableError(
            Sentence("{target} was not replaced: it is not a turntable.", target=target), "Name another."
        )


def _only_numbered(target: Path) -> bool:
    """Whether a folder holds nothing but what a turntable wrote there; a file always may be replaced."""
    return not target.is_dir() or all(_NUMBERED.fullmatch(path.name) for path in target.iterdir())


# --- formats


def _write_folder(_film: Film, pictures: Iterator[QImage], path: Path) -> None:
    path.mkdir()
    for number, picture in enumerate(pictures, 1):
        (path / f"{number:04}.png").write_bytes(tagged_srgb(encode_png(picture)))


def _write_webp(film: Film, pictures: Iterator[QImage], path: Path) -> None:
    ends = [round(1000 * film.seconds * number / film.count) for number in range(film.count + 1)]
    durations = [end - start for start, end in pairwise(ends)]  # in all exactly the seconds
    frames = _Frames(film, pictures)
    with path.open("xb") as file:
        frames.save(file, "WEBP", save_all=True, duration=durations, loop=0, **_WEBP)


class _Frames(Image.Image):
    """Pictures as Pillow knows them in an animation, each drawn when Pillow turns to it.

    All of them at once could take gigabytes.
    """

    def __init__(self, film: Film, pictures: Iterator[QImage]) -> None:
        super().__init__()
        self.n_frames = film.count
        self._film, self._pictures = film, pictures
        self._position = 0
        self._frame = self._next()

    @property
    def mode(self) -> str:
        return self._frame.mode

    @property
    def size(self) -> tuple[int, int]:
        return self._frame.size

    def getim(self) -> Any:
        return self._frame.getim()

    def seek(self, frame: int) -> None:
        while self._position < frame:  # there is no way back, and none is gone
            self._frame = self._next()
            self._position += 1

    def _next(self) -> Image.Image:
        size, pixels = (self._film.width, self._film.height), _rgba(next(self._pictures))
        picture = Image.frombytes("RGBA", size, pixels)
        return picture if self._film.transparent else picture.convert("RGB")


def _rgba(picture: QImage) -> bytes:
    converted = picture.convertToFormat(QImage.Format.Format_RGBA8888)  # its bits go with it
    return bytes(converted.constBits())


def _write_mp4(film: Film, pictures: Iterator[QImage], path: Path) -> None:
    with tempfile.TemporaryFile() as complaints:
        # In a session of its own: Ctrl-C is for packdesk, which ends it.
        process = subprocess.Popen(  # noqa: S603  (fixed words, numbers, and a path that begins at the root)
            [_ffmpeg(), *_mp4_options(film), str(path.absolute())],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=complaints,
            start_new_session=True,
        )
        try:
            _feed(process, pictures)
            if process.wait():
                raise _refusal(complaints)
        finally:
            process.kill()
            process.wait()


def _feed(process: subprocess.Popen[bytes], pictures: Iterator[QImage]) -> None:
    assert process.stdin is not None
    with suppress(BrokenPipeError), process.stdin as pipe:  # it has ended then, and says why
        for picture in pictures:
            pipe.write(_rgba(picture))


def _mp4_options(film: Film) -> list[str]:
    rate = Fraction(film.count) / Fraction(str(film.seconds))
    size = f"{film.width}x{film.height}"
    source = ["-f", "rawvideo", "-pix_fmt", "rgba", "-s", size, "-framerate", str(rate), "-i", "pipe:0"]
    # Said in the file: players guess wrongly where it is not.
    told = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"
    colours = ["-vf", f"scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,{told}"]
    coding = ["-c:v", "libx264", "-crf", "18", "-movflags", "+faststart", "-f", "mp4"]
    return ["-loglevel", "error", "-nostdin", "-y", *source, *colours, *coding]


def _refusal(complaints: IO[bytes]) -> OutputUnwritableError:
    complaints.seek(0)
    lines = complaints.read().decode(errors="replace").strip().splitlines()
    said = cut((lines or ["nothing"])[-1], 200)
    return OutputUnwritableError(
        Sentence("ffmpeg could not make the film: {reason}", reason=said),
        "Check the free space, or name a .webp file.",
    )


def _ffmpeg() -> str:
    program = find_program("ffmpeg")
    if program is None:
        raise OutputUnwritableError(
            "An MP4 film needs the program ffmpeg, which is not installed.",
            "Install it, or name a .webp file.",
        )
    return program


_WRITERS = {".webp": _write_webp, ".mp4": _write_mp4, "": _write_folder}
