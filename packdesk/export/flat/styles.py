"""How lines look. The trade has no one convention, so there are presets, and layers and inks carry names."""

from __future__ import annotations

from dataclasses import dataclass

from packdesk.domain.dieline.values import LineColours, LineType
from packdesk.domain.units import MM_PER_POINT

HAIRLINE_MM = MM_PER_POINT / 4
"""Width of every line: a quarter of a point."""

WHOLE = "CONTINUOUS"
CMYK = tuple[float, float, float, float]


@dataclass(frozen=True)
class LineStyle:
    """A line's look in every format.

    Attributes:
        rgb: for screens, 0 to 255 a channel.
        cmyk: what a spot ink looks like where it is not an ink of its own, 0 to 1 a channel.
        spot: the ink's name in a PDF; without one the four process inks print it.
        dash: lengths of strokes and gaps in millimetres; empty for a whole line.
        aci: AutoCAD's colour number.
        linetype: what CAD programs call such a line: of their own names, for some know no others.
    """

    rgb: tuple[int, int, int]
    cmyk: CMYK
    spot: str | None = None
    dash: tuple[float, ...] = ()
    aci: int = 7
    linetype: str = WHOLE

    @property
    def hex(self) -> str:
        """The colour as SVG writes it."""
        return "#{:02x}{:02x}{:02x}".format(*self.rgb)


SPOT_NAMES = {
    LineType.CUT: "CutContour",
    LineType.CREASE: "Crease",
    LineType.PERFORATION: "Perforation",
    LineType.BLEED: "Bleed",
    LineType.SAFE: "SafeArea",
    LineType.GLUE: "Glue",
    LineType.DIMENSION: "Dimensions",
}
"""Names of the spot inks, the same in every preset."""

_DASHES: dict[LineType, tuple[str, tuple[float, ...]]] = {
    LineType.CREASE: ("DASHED", (3.0, 1.5)),
    LineType.PERFORATION: ("DASHED2", (1.0, 1.0)),
    LineType.BLEED: ("DASHDOT", (4.0, 1.0, 0.5, 1.0)),
    LineType.SAFE: ("DOT", (0.5, 1.0)),
    LineType.GLUE: ("DASHDOT2", (1.5, 0.75, 0.5, 0.75)),
}

_Colour = tuple[tuple[int, int, int], CMYK, int]
_BLACK: _Colour = ((0, 0, 0), (0, 0, 0, 1), 7)
_RED: _Colour = ((255, 0, 0), (0, 1, 1, 0), 1)
_BLUE: _Colour = ((0, 0, 255), (1, 1, 0, 0), 5)
_MAGENTA: _Colour = ((255, 0, 255), (0, 1, 0, 0), 6)
_CYAN: _Colour = ((0, 174, 239), (1, 0, 0, 0), 4)
_GREEN: _Colour = ((0, 150, 60), (1, 0, 1, 0), 3)
_ORANGE: _Colour = ((240, 130, 0), (0, 0.5, 1, 0), 30)
_VIOLET: _Colour = ((140, 70, 190), (0.5, 0.8, 0, 0), 200)
_BROWN: _Colour = ((150, 95, 30), (0.3, 0.6, 1, 0.2), 34)
_GREY: _Colour = ((90, 90, 90), (0, 0, 0, 0.7), 8)

_COLOURS: dict[LineColours, dict[LineType, _Colour]] = {
    LineColours.PACKDESK: {
        LineType.CUT: _RED,
        LineType.CREASE: _BLUE,
        LineType.PERFORATION: _ORANGE,
        LineType.BLEED: _GREEN,
        LineType.SAFE: _VIOLET,
        LineType.GLUE: _BROWN,
        LineType.DIMENSION: _GREY,
    },
    LineColours.MAGENTA_CYAN: {
        LineType.CUT: _MAGENTA,
        LineType.CREASE: _CYAN,
        LineType.PERFORATION: _ORANGE,
        LineType.BLEED: _GREEN,
        LineType.SAFE: _VIOLET,
        LineType.GLUE: _BROWN,
        LineType.DIMENSION: _GREY,
    },
    LineColours.BLACK: dict.fromkeys(LineType, _BLACK),
}


def line_style(colours: LineColours, kind: LineType) -> LineStyle:
    """The look of one line type in a preset; dashes and ink names are the same in all."""
    rgb, cmyk, aci = _COLOURS[colours][kind]
    linetype, dash = _DASHES.get(kind, (WHOLE, ()))
    return LineStyle(rgb, cmyk, SPOT_NAMES[kind], dash, aci, linetype)


TEXT_STYLE = LineStyle((40, 40, 40), (0, 0, 0, 0.85))
"""Lettering of the legend, in process black."""
MARK_STYLE = LineStyle((0, 0, 0), (1, 1, 1, 1))
"""Page marks print in the process inks, not in "All": marks on the plate of the cut would be cut, too."""
