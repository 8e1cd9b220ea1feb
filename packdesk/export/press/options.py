"""What a PDF for a press is asked to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from packdesk.domain.preflight.findings import PressFacts
from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from pathlib import Path

LEAST_LIMIT, USUAL_LIMIT, FULL_LIMIT = 200.0, 300.0, 400.0
"""Of ink: below the first no press prints a full black; the last is all four inks, each in full."""


@dataclass(frozen=True)
class PressOptions:
    """A candidate for PDF/X-4 (ISO 15930-7): nothing here makes sure that a file conforms.

    Attributes:
        profile: the printer's ICC file; it becomes the output intent.
        separated: whether pictures are converted to its inks; else they stay sRGB, tagged, and the printer's
            program converts them.
        ink_limit: the most ink of separated pictures, in percent of one ink.
        black_point: whether their darkest tones are fitted to the darkest of the press.

    Raises:
        InvalidInputError: the limit is no possible one.
    """

    profile: Path
    separated: bool = False
    ink_limit: float = USUAL_LIMIT
    black_point: bool = True

    def __post_init__(self) -> None:
        """Check the limit."""
        if not LEAST_LIMIT <= self.ink_limit <= FULL_LIMIT:
            raise InvalidInputError(
                Sentence("An ink limit of {limit:g} % is not possible.", limit=self.ink_limit),
                Sentence("Use {least:g} to {most:g} %.", least=LEAST_LIMIT, most=FULL_LIMIT),
            )


def press_facts(press: PressOptions | None) -> PressFacts | None:
    """What preflight has to know of a press."""
    return None if press is None else PressFacts(press.separated, press.ink_limit)


def ink_of(press: PressOptions | None) -> PressInk | None:
    """How to find the ink of pictures that are not separated; None where no press is known, or it is held."""
    return None if press is None or press.separated else PressInk(press)


@dataclass(frozen=True)
class PressInk:
    """The most ink a picture gets on a press."""

    press: PressOptions

    def __call__(self, png: bytes) -> float:
        """In percent, of a checked picture. Slow.

        Raises:
            InvalidInputError: the profile is unusable.
        """
        from packdesk.export.press.ink_found import highest_ink  # noqa: PLC0415  (only what is run is loaded)

        return highest_ink(png, self.press)
