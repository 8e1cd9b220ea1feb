"""The printer's colour profile: an ICC file for four inks, chosen by the user."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PIL import Image, ImageCms

from packdesk.chosen_file import read_chosen
from packdesk.domain.text import cut
from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 32_000_000
"""The largest of printers' profiles have a tenth of it."""
_HEADER, _CLASS, _SPACE, _MARK = 128, slice(12, 16), slice(16, 20), slice(36, 40)
_PRINTER, _FOUR_INKS = b"prtr", b"CMYK"
_LONGEST_NAME = 80
_REMEDY = Sentence(
    "Choose the profile of the press: an ICC file for four inks, which the printer names or sends."
)


@dataclass(frozen=True)
class PressProfile:
    """A profile that was looked through.

    Attributes:
        name: what it calls itself.
        data: the file.
    """

    name: str
    data: bytes = field(repr=False)


def read_press_profile(file: Path) -> PressProfile:
    """Read and check a profile. Blocks.

    Raises:
        InvalidInputError: it cannot be read, is damaged, or is not of four inks of a press (ICC.1:2022, 7.2).
    """
    data = _read(file)
    if len(data) < _HEADER or data[_MARK] != b"acsp":
        raise InvalidInputError(Sentence("{name} is no colour profile.", name=file.name), _REMEDY)
    if (data[_CLASS], data[_SPACE]) != (_PRINTER, _FOUR_INKS):
        raise InvalidInputError(
            Sentence("{name} is no profile of a press with four inks.", name=file.name), _REMEDY
        )
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
        screen, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        ImageCms.buildTransform(screen, profile, "RGB", "CMYK")
        proofed = ImageCms.buildTransform(profile, lab, "CMYK", "LAB")
        ImageCms.applyTransform(Image.new("CMYK", (1, 1)), proofed)
        # All of it is there, also what was not needed above. Anew: of version 4, LittleCMS writes no table of
        # 16 bits again that it has read.
        ImageCms.ImageCmsProfile(io.BytesIO(data)).tobytes()
        name = ImageCms.getProfileDescription(profile)
    except (ImageCms.PyCMSError, OSError, ValueError):
        raise InvalidInputError(
            Sentence("The colour profile {name} is damaged.", name=file.name), _REMEDY
        ) from None
    return PressProfile(cut(name.strip(), _LONGEST_NAME) or file.stem, data)


def _read(file: Path) -> bytes:
    data = read_chosen(file, MAX_BYTES, InvalidInputError, _REMEDY)
    if len(data) > MAX_BYTES:
        raise InvalidInputError(Sentence("{name} is no colour profile.", name=file.name), _REMEDY)
    return data
