"""Inks of their own, of objects and of what came as PDF."""

from __future__ import annotations

from support.foreign_files import pdf

from packdesk.domain.affine import Affine
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.values import DielineOptions, DielineStyle
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.objects.drawn import DrawnObject, InkedPath
from packdesk.domain.objects.inks import BLACK, Ink
from packdesk.domain.objects.shown import ShownObjects
from packdesk.domain.sheet.whole import SheetSource, ShownPiece, WholeArtwork
from packdesk.export.flat.spot_inks import spot_inks

SIZE = Dimensions(width=100, height=150, depth=60)
RED = Ink(cmyk=(0, 90, 80, 10), spot="Tea Red")
PINK = "<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 1 0 0] /N 1 >>"
SPACES = (
    f"/ColorSpace << /A [/Separation /CutContour /DeviceCMYK {PINK}] "
    f"/B [/Separation /PANTONE#20185 /DeviceCMYK {PINK}] /C [/Separation /Black /DeviceCMYK {PINK}] >>"
)


def test_every_plate_is_told_with_its_panels() -> None:
    inked = DrawnObject("a", "shape", "", Affine(), 1, (InkedPath("M0 0Z", RED), InkedPath("M0 0Z", BLACK)))
    logo = pdf("/B cs 1 scn 0 0 50 50 re f", more=SPACES)
    shown = {
        "front": ShownObjects((100, 150), b"", (inked,), pages={"0": logo}),
        "back": ShownObjects((100, 150), b"", (inked,)),
        "top": ShownObjects((100, 60), b"", (inked,)),
    }
    sleeve = make_dieline("box", SIZE, DielineOptions(DielineStyle.SLEEVE))
    pieces = dict.fromkeys(("left", "bottom"), ShownPiece("s", Affine()))
    found = spot_inks(sleeve, shown, WholeArtwork(pieces, {"s": SheetSource(b"", logo)}))
    assert found == {"PANTONE 185": ("front", "left"), "Tea Red": ("front", "back")}
