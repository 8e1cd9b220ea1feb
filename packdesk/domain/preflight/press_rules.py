"""What is looked at before a press: its profile, colours that stay those of the screen, and too much ink."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.preflight.findings import Finding, Level
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from packdesk.domain.preflight.findings import PictureFacts, PressFacts


def press_findings(pictures: Mapping[str, PictureFacts], press: PressFacts | None) -> Iterator[Finding]:
    """Arguments as of `preflight`."""
    if not pictures:
        return
    if press is None:
        yield Finding(
            Level.NOTE,
            "no-profile",
            "No press profile is chosen: pictures are sRGB, and the printer's program converts them.",
            "Choose the profile the printer names, to see the colours as printed and the ink.",
        )
        return
    if not press.separated:
        yield Finding(
            Level.NOTE,
            "rgb-left",
            "Pictures stay RGB in the PDF: the printer's program converts them.",
            "Convert them here if the printer wants inks.",
        )
        yield from _too_much_ink(pictures, press.ink_limit)
    elif any(picture.drawn for picture in pictures.values()):
        yield Finding(
            Level.WARNING,
            "rgb-left",
            "Artwork of the whole blank keeps the colours it was drawn in; only pictures are converted.",
            "Draw it in the press's inks, or ask the printer to convert it.",
        )


def _too_much_ink(pictures: Mapping[str, PictureFacts], limit: float) -> Iterator[Finding]:
    for panel_id, picture in pictures.items():
        ink = picture.looks.ink if picture.looks is not None else None
        if ink is not None and round(ink) > limit:
            yield Finding(
                Level.WARNING,
                "ink-over-limit",
                Sentence(
                    "The {panel} panel asks for up to {ink:.0f} % ink, more than the {limit:g} % allowed.",
                    panel=panel_id,
                    ink=ink,
                    limit=limit,
                ),
                "Convert pictures to inks here, which holds the limit, or lighten the darkest tones.",
                panel_id,
            )
