"""What a window takes from the settings before anything is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packdesk.app.boards import board_named
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, LineColours, Sized
from packdesk.export.flat.sheet import FlatOptions
from packdesk.export.options import ExportOptions
from packdesk.generation.keys import KeyKeeper

if TYPE_CHECKING:
    from packdesk.settings import Settings


def key_keeper(settings: Settings) -> KeyKeeper:
    """Where the key for Gemini is looked for."""
    return KeyKeeper("gemini", settings.google_api_key)


def dieline_options(settings: Settings) -> DielineOptions:
    """What a shop has set once for its blanks."""
    return DielineOptions(
        style=DielineStyle(settings.box_style),
        caliper=settings.caliper_mm,
        board=board_named(settings.board),
        sized=Sized(settings.sized),
        glue_flap=settings.glue_flap_mm,
        bleed=settings.bleed_mm,
        safe=settings.safe_mm,
    )


def export_options(settings: Settings) -> ExportOptions:
    """What an export is made with unless something else is said."""
    flat = FlatOptions(LineColours(settings.line_colours))
    return ExportOptions(dieline_options(settings), flat, settings.dpi, line_table=settings.line_table)
