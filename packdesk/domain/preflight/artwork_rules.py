"""What is looked at on each panel's artwork."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from packdesk.domain.dieline.structures import panels_on_blank
from packdesk.domain.panels import panel_sizes, stretch_of
from packdesk.domain.preflight.findings import Finding, Level, PictureFacts
from packdesk.domain.units import MIN_PIXELS_PER_SIDE, MM_PER_INCH, dpi_of
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from packdesk.domain.dieline.values import DielineStyle
    from packdesk.domain.panels import FlatSize
    from packdesk.domain.state import PackagingState, PanelTexture

LEAST_DPI = 150
"""Below this, single pixels show in print at arm's length."""
ARMS_LENGTH_MM = 600.0
"""A larger panel is looked at from as far away as its diagonal is long: its pixels may be as much larger."""
SAME_SIZE_MM = 0.5
"""Sizes this near are the same: a blank is not cut more exactly."""


def artwork_findings(
    state: PackagingState,
    pictures: Mapping[str, PictureFacts],
    style: DielineStyle,
    wanted_dpi: float,
) -> Iterator[Finding]:
    """Missing, unreadable, coarse, misshapen and unprinted artwork; arguments as of `preflight`."""
    if state.generating:
        yield Finding(
            Level.WARNING,
            "generating",
            "Artwork is being made for this design.",
            "Wait until it is done: a file exported now has the previous artwork.",
        )
    sizes = panel_sizes(state.package_type, state.package_dimensions)
    if not any(panel_id in state.panel_textures for panel_id in sizes):
        yield Finding(
            Level.ERROR, "no-artwork", "No panel carries artwork.", "Generate it, or import pictures."
        )
        return
    on_blank = panels_on_blank(state.package_type, style)
    for panel_id, size in sizes.items():
        texture = state.panel_textures.get(panel_id)
        if panel_id not in on_blank:
            yield from _not_printed(panel_id, texture)
        elif texture is None:
            yield Finding(
                Level.WARNING,
                "bare-panel",
                Sentence("The {panel} panel has no artwork.", panel=panel_id),
                "Generate or import it, or leave the panel bare.",
                panel_id,
            )
        elif panel_id in pictures:
            yield from _on_panel(panel_id, size, texture, pictures[panel_id], wanted_dpi)


def _not_printed(panel_id: str, texture: PanelTexture | None) -> Iterator[Finding]:
    if texture is not None:
        sentence = Sentence(
            "The {panel} panel is not on this blank: its artwork is kept, but not printed.", panel=panel_id
        )
        yield Finding(Level.NOTE, "not-on-blank", sentence, "Choose another style to print it.", panel_id)


def _on_panel(
    panel_id: str, size: FlatSize, texture: PanelTexture, picture: PictureFacts, wanted_dpi: float
) -> Iterator[Finding]:
    if picture.problem is not None:
        yield Finding(
            Level.ERROR,
            "no-picture",
            Sentence(
                "The picture of the {panel} panel is missing, so the panel would be printed bare.",
                panel=panel_id,
            ),
            picture.problem,
            panel_id,
        )
        return
    if not picture.drawn:
        yield from _resolution(panel_id, size, picture, wanted_dpi)
    yield from _shape(panel_id, size, texture, picture)


def least_dpi(size: FlatSize) -> int:
    """Pixels per inch below which single pixels show on a panel, from where all of it is looked at."""
    return round(LEAST_DPI * min(1.0, ARMS_LENGTH_MM / math.hypot(size.width, size.height)))


def _dpi(size: FlatSize, picture: PictureFacts) -> float:
    """Of the artwork: below objects it may be coarser than the picture of both."""
    dpi = dpi_of(picture.width, picture.height, size)
    below = picture.objects.artwork_dpi if picture.objects else None
    return dpi if below is None else min(dpi, below)


def _resolution(panel_id: str, size: FlatSize, picture: PictureFacts, wanted_dpi: float) -> Iterator[Finding]:
    dpi = round(_dpi(size, picture))
    least = least_dpi(size)
    wanted_dpi = max(least, wanted_dpi)
    if dpi >= round(wanted_dpi):
        return
    sides = [math.ceil(side / MM_PER_INCH * wanted_dpi) for side in (size.width, size.height)]
    remedy = Sentence(
        "Use a larger picture: {wanted_dpi:g} dpi need {width} x {height} pixels.",
        wanted_dpi=wanted_dpi,
        width=sides[0],
        height=sides[1],
    )
    if dpi < least:
        sentence = Sentence(
            "The picture of the {panel} panel is too coarse for print: {dpi} dpi.", panel=panel_id, dpi=dpi
        )
        yield Finding(Level.ERROR, "coarse", sentence, remedy, panel_id)
    else:
        sentence = Sentence(
            "The picture of the {panel} panel has {dpi} dpi, less than the {wanted_dpi:g} wanted.",
            panel=panel_id,
            dpi=dpi,
            wanted_dpi=wanted_dpi,
        )
        yield Finding(Level.WARNING, "low-resolution", sentence, remedy, panel_id)


def _shape(panel_id: str, size: FlatSize, texture: PanelTexture, picture: PictureFacts) -> Iterator[Finding]:
    stretch = stretch_of(size, picture.width, picture.height)
    remedy = Sentence("Import it again, so that it is cut for this size.")
    made = texture.dimensions
    if min(picture.width, picture.height) <= MIN_PIXELS_PER_SIDE:
        return  # no cut is smaller, and it is far too coarse anyhow
    if stretch:
        sentence = Sentence(
            "The picture of the {panel} panel has another shape than the panel: "
            "it is stretched by {value:.0f} %.",
            panel=panel_id,
            value=100 * stretch,
        )
        yield Finding(Level.WARNING, "stretched", sentence, remedy, panel_id)
    elif made.width is not None and made.height is not None:
        off = max(abs(made.width - size.width), abs(made.height - size.height))
        if off > SAME_SIZE_MM:
            sentence = Sentence(
                "The picture of the {panel} panel was cut for {made}, but the panel has {size}.",
                panel=panel_id,
                made=_size(made.width, made.height),
                size=_size(size.width, size.height),
            )
            yield Finding(Level.WARNING, "other-size", sentence, remedy, panel_id)


def _size(width: float, height: float) -> str:
    return Sentence("{width:g} x {height:g} mm", width=round(width, 2), height=round(height, 2))
