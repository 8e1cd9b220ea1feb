"""Lines of the die are left out of a PDF's artwork by the names of their inks; all else is drawn."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pikepdf
import pytest
from pikepdf import Name
from PIL import Image

from packdesk.textures.check import clean_artwork
from packdesk.textures.foreign.pdf_inks import prepared

pytestmark = pytest.mark.usefixtures("begun_anew")

PINK = "<< /FunctionType 2 /Domain [0 1] /C0 [1 1 1] /C1 [1 0 1] /N 1 >>"


def page(content: str, *names: str, form: str = "") -> bytes:
    """A page of 100 by 100 points; ink A, B … are called so; a form X has a content."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(100, 100))
    spaces: dict[str, Any] = {}
    for letter, name in zip("ABC", names, strict=False):
        spaces[f"/{letter}"] = pikepdf.Array(
            [Name.Separation, Name(f"/{name}"), Name.DeviceRGB, pikepdf.Object.parse(PINK.encode())]
        )
    resources = pikepdf.Dictionary(ColorSpace=pikepdf.Dictionary(spaces))
    resources.Font = pikepdf.Dictionary(
        F=pikepdf.Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )
    if form:
        box = pikepdf.Array([0, 0, 100, 100])
        drawn = document.make_stream(form.encode(), Subtype=Name.Form, BBox=box, Resources=resources)
        resources.XObject = pikepdf.Dictionary(X=drawn)
    page.Resources = resources
    page.Contents = document.make_stream(content.encode())
    with document.open_metadata() as metadata:  # as most programs write them
        metadata["dc:title"] = "A page"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def opacity(data: bytes) -> np.ndarray:
    """At the middles of the four quarters: upper left, upper right, lower left, lower right."""
    with Image.open(io.BytesIO(clean_artwork(data).png)) as picture:
        side = picture.width
        shown = np.asarray(picture.getchannel("A"))
    quarter, rest = side // 4, 3 * side // 4
    return np.array([shown[quarter, quarter], shown[quarter, rest], shown[rest, quarter], shown[rest, rest]])


QUARTERS = ("0 50 50 50 re f ", "50 50 50 50 re f ", "0 0 50 50 re f ", "50 0 50 50 re f ")


@pytest.mark.parametrize("name", ["CutContour", "Crease", "Stanze", "Rilllinie", "Dieline"])
def test_what_is_in_an_ink_of_the_die_is_left_out(name: str) -> None:
    die, other = "/A cs 1 scn ", "/B cs 1 scn "
    content = f"{die}{QUARTERS[0]}{other}{QUARTERS[1]} q {die} Q {QUARTERS[2]} 1 0 0 rg {QUARTERS[3]}"
    assert opacity(page(content, name, "PANTONE 485 C")).tolist() == [0, 255, 255, 255]


def test_strokes_letters_and_forms_in_it_are_left_out_and_fills_beside_them_stay() -> None:
    upper = "/A CS 1 SCN 0 1 0 rg 20 w 0 50 50 50 re B 60 75 m 90 75 l S "
    lower = "/X Do BT /A cs 1 scn /F 80 Tf 55 5 Td (M) Tj 0 g ET"
    found = opacity(page(upper + lower, "Cut", form=f"/A cs 1 scn {QUARTERS[2]}"))
    assert found.tolist() == [255, 0, 0, 0]


def test_a_form_that_is_drawn_while_such_an_ink_is_set_is_left_out() -> None:
    assert opacity(page(f"/A cs 1 scn /X Do 0 g {QUARTERS[1]}", "Cut", form=QUARTERS[2])).tolist() == [
        0,
        255,
        0,
        0,
    ]


def test_a_document_without_inks_is_drawn_as_it_is() -> None:
    plain = page(f"1 0 0 rg {QUARTERS[0]}")
    assert prepared(plain, b"") is plain


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", page("0 0 0 1 k 0 0 9 9 re f")[:-200]])
def test_what_cannot_be_written_anew_is_left_as_it_is(data: bytes) -> None:
    assert prepared(data, b"x") == data or data.startswith(b"%PDF")


def test_resources_of_the_pages_parent_stay_as_they_are() -> None:
    buffer = io.BytesIO()
    content = f"/A cs 1 scn {QUARTERS[0]} /B cs 1 scn {QUARTERS[1]} 0 0 0 1 k {QUARTERS[2]}"
    with pikepdf.open(io.BytesIO(page(content, "Cut", "Gold"))) as document:
        above, below = document.Root.Pages, document.pages[0].obj
        above.Resources = below.Resources
        del below.Resources
        document.save(buffer)
    assert opacity(buffer.getvalue()).tolist() == [0, 255, 255, 0]


def test_pictures_within_the_content_are_kept() -> None:
    inline = "q 50 0 0 50 50 50 cm BI /W 1 /H 1 /CS /RGB /BPC 8 ID \x10\x20\x30 EI Q "
    assert opacity(page(f"/A cs 1 scn {QUARTERS[0]} {inline}", "Cut")).tolist() == [0, 255, 0, 0]


def test_a_form_within_itself_ends() -> None:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(page(f"/X Do 0 g {QUARTERS[0]}", form="0 0 0 1 k /X Do"))) as document:
        drawn = document.pages[0].Resources.XObject.X
        drawn.Resources.XObject = pikepdf.Dictionary(X=drawn)
        document.save(buffer)
    assert opacity(buffer.getvalue())[0] == 255
