"""Quality levels of drawing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Quality:
    """Settings of one quality level.

    Attributes:
        anisotropy: the driver's filter for pictures seen at an angle, 1 for none.
        taps: samples of the artwork a pixel along each side; 0 for two samples and fewer highlights.
        uploads_per_frame: pictures sent to the graphics card in one frame, None for all.
        shadow_pixels: of the shadow of an open package, along each side.
    """

    anisotropy: float
    taps: int
    uploads_per_frame: int | None
    shadow_pixels: int


def quality_for(*, for_file: bool, software: bool) -> Quality:
    """Quick on a screen, complete and sharp in a file.

    Without a graphics card the driver's filter is slow and leaves notches in letters: it is not used there.
    """
    anisotropy = 1.0 if software else 8.0
    if for_file:
        return Quality(anisotropy, taps=3, uploads_per_frame=None, shadow_pixels=512)
    if software:
        return Quality(anisotropy, taps=0, uploads_per_frame=1, shadow_pixels=128)
    return Quality(anisotropy, taps=2, uploads_per_frame=1, shadow_pixels=512)
