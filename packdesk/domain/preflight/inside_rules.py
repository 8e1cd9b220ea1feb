"""What is looked at on the artwork of the inside, which is printed as a second side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.inside import glued_inside
from packdesk.domain.panels import panel_sizes
from packdesk.domain.preflight.artwork_rules import least_dpi
from packdesk.domain.preflight.findings import Finding, Level
from packdesk.domain.units import dpi_of
from packdesk.errors import InvalidInputError
from packdesk.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from packdesk.domain.dieline.inside import Shares
    from packdesk.domain.dieline.values import Dieline, DielineOptions
    from packdesk.domain.panels import FlatSize
    from packdesk.domain.preflight.findings import PictureFacts
    from packdesk.domain.state import PackagingState

INSIDE = "inside/"
"""Begins the keys of facts that are about the inside of a panel."""
COVERED_SHARE = 0.5
"""A panel's inside of which more is glued is hardly seen."""


def inside_findings(
    state: PackagingState, pictures: Mapping[str, PictureFacts], options: DielineOptions
) -> Iterator[Finding]:
    """Missing and coarse pictures, panels that are not on the blank, glue.

    Args:
        state: the design.
        pictures: of the insides, by panel.
        options: of the dieline it will be printed on.
    """
    if not pictures:
        return
    try:
        dieline = make_dieline(state.package_type, state.package_dimensions, options)
    except InvalidInputError:  # told already
        return
    yield Finding(
        Level.NOTE,
        "inside",
        "The inside is printed as a second side: the second page of a PDF, turned over left to right.",
    )
    sizes, glued = panel_sizes(state.package_type, state.package_dimensions), glued_inside(dieline)
    for panel_id, picture in pictures.items():
        found = _on_panel(panel_id, sizes[panel_id], picture, dieline, glued.get(panel_id, ()))
        for finding in found:
            yield replace(finding, panel_id=panel_id, inside=True)


def _on_panel(
    panel_id: str, size: FlatSize, picture: PictureFacts, dieline: Dieline, glued: tuple[Shares, ...]
) -> Iterator[Finding]:
    if not dieline.has(panel_id):
        sentence = Sentence(
            "The {panel} panel is not on this blank: what is inside is kept, but not printed.",
            panel=panel_id,
        )
        yield Finding(Level.NOTE, "inside-not-on-blank", sentence, "Choose another style to print it.")
        return
    if picture.problem is not None:
        sentence = Sentence(
            "The picture inside the {panel} panel is missing, so it would be printed bare.", panel=panel_id
        )
        yield Finding(Level.ERROR, "inside-no-picture", sentence, picture.problem)
        return
    dpi, least = round(dpi_of(picture.width, picture.height, size)), least_dpi(size)
    if dpi < least:
        sentence = Sentence(
            "The picture inside the {panel} panel is too coarse for print: {dpi} dpi.",
            panel=panel_id,
            dpi=dpi,
        )
        yield Finding(Level.ERROR, "inside-coarse", sentence, "Use a larger picture.")
    if glued:
        yield _under_glue(panel_id, glued)


def _under_glue(panel_id: str, glued: tuple[Shares, ...]) -> Finding:
    """A flap stands there in the closed package; what lies over each other counts once for each."""
    covered = min(1.0, sum((one.right - one.left) * (one.bottom - one.top) for one in glued))
    sentence = Sentence(
        "A flap is glued onto the inside of the {panel} panel: {share:.0f} % of it stay without ink.",
        panel=panel_id,
        share=100 * covered,
    )
    level = Level.WARNING if covered > COVERED_SHARE else Level.NOTE
    return Finding(level, "inside-glue", sentence, "Keep lettering off it.", place=glued[0])
