"""A design's pictures read together: for files, and for looking them through before they are written."""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PIL import Image

from packdesk.domain.preflight import PictureFacts
from packdesk.errors import PackdeskError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packdesk.domain.preflight.object_rules import ObjectFacts
    from packdesk.domain.state import PackagingState
    from packdesk.services.inside import InsideArtwork
    from packdesk.services.pictures import PictureService


@dataclass(frozen=True)
class CollectedArtwork:
    """The pictures of a design.

    Attributes:
        pictures: checked PNG by panel.
        missing: why the others cannot be had, by panel; panels without artwork are in neither.
    """

    pictures: Mapping[str, bytes] = field(repr=False)  # asyncio makes a text of what a task gave
    missing: Mapping[str, PackdeskError]


async def collect_artwork(state: PackagingState, service: PictureService) -> CollectedArtwork:
    """Read the picture of every panel of a design. What cannot be read is noted, not raised."""
    urls = state.texture_urls()
    answers = await asyncio.gather(*map(service.read_picture, urls.values()), return_exceptions=True)
    pictures: dict[str, bytes] = {}
    missing: dict[str, PackdeskError] = {}
    for panel_id, answer in zip(urls, answers, strict=True):
        if isinstance(answer, PackdeskError):
            missing[panel_id] = answer
        elif isinstance(answer, BaseException):
            raise answer
        else:
            pictures[panel_id] = answer
    return CollectedArtwork(pictures, missing)


def facts_of(
    artwork: CollectedArtwork | InsideArtwork,
    fonts: Mapping[str, tuple[str, ...]],
    objects: Mapping[str, ObjectFacts] | None = None,
) -> dict[str, PictureFacts]:
    """What preflight has to know of pictures that were read, by panel.

    Args:
        artwork: the pictures.
        fonts: those that are not embedded in drawn artwork, by panel, as `SheetService.loose_fonts` has them.
        objects: what is known of those that lie over pictures, as of `ObjectService.facts`; None for none.
    """
    lying_over = objects or {}
    facts = {panel_id: PictureFacts(problem=why.full_text()) for panel_id, why in artwork.missing.items()}
    for panel_id, png in artwork.pictures.items():
        drawn, loose = panel_id in fonts, fonts.get(panel_id, ())
        facts[panel_id] = PictureFacts(
            *_pixels(png), drawn=drawn, loose_fonts=loose, objects=lying_over.get(panel_id)
        )
    return facts


def _pixels(png: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:  # the header only
        return opened.size
