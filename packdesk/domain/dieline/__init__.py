"""The flat blank a die maker cuts: exact lines in millimetres, and where each panel's artwork lies on it."""

from packdesk.domain.dieline.build import OPTION_LIMITS_MM, make_dieline, shown_dieline
from packdesk.domain.dieline.printed import picture_points
from packdesk.domain.dieline.sizes import NamedSizes, named_sizes
from packdesk.domain.dieline.values import (
    Dieline,
    DielineOptions,
    DielineStyle,
    Line,
    LineType,
    Measure,
    PlacedPanel,
)

__all__ = [
    "OPTION_LIMITS_MM",
    "Dieline",
    "DielineOptions",
    "DielineStyle",
    "Line",
    "LineType",
    "Measure",
    "NamedSizes",
    "PlacedPanel",
    "make_dieline",
    "named_sizes",
    "picture_points",
    "shown_dieline",
]
