"""Whether the printer has the fonts the artwork is lettered in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.domain.preflight.findings import Finding, Level
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from packdesk.domain.preflight.findings import PictureFacts

_PIXELS = Sentence("Artwork is pixels, lettering included: the printer needs no fonts.")
_OF_OBJECTS = Sentence(
    "Words of objects are outlines or bring their typefaces, artwork is pixels: the printer needs no fonts."
)


def font_findings(pictures: Mapping[str, PictureFacts]) -> Iterator[Finding]:
    """Pixels need no fonts; what is placed as it was drawn needs those it is lettered in."""
    if not any(picture.drawn for picture in pictures.values()):
        objects = [one.objects for one in pictures.values() if one.objects is not None]
        set_here = any(one.kept.recipe.texts for one in objects)
        told = _OF_OBJECTS if set_here else _PIXELS
        yield Finding(Level.NOTE, "fonts", told)
        return
    loose = sorted({name for picture in pictures.values() for name in picture.loose_fonts})
    if loose:
        yield Finding(
            Level.ERROR,
            "loose-fonts",
            Sentence(
                "The artwork of the whole blank does not carry its fonts: {fonts}.", fonts=", ".join(loose)
            ),
            "Embed them where it was drawn, or turn the letters into outlines, and bring it in again.",
        )
    yield Finding(
        Level.NOTE,
        "drawn",
        "The artwork of the whole blank stands in PDF files as it was drawn, in others as pixels.",
    )
