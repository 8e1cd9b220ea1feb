"""Pictures an SVG drawing begins with: laid as resvg would lay them, and taken only where that is so."""

from __future__ import annotations

import base64
import io
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PIL import Image

from packdesk.textures.foreign import svg as drawings
from packdesk.textures.foreign.svg_pictures import pictures_below

SIZE = 240, 120


def link(mode: str = "RGB", size: tuple[int, int] = (60, 30)) -> str:
    down, across = np.mgrid[0 : size[1], 0 : size[0]]
    waves = [127 + 100 * np.sin(across / 9 + shift) * np.cos(down / 7) for shift in range(len(mode))]
    buffer = io.BytesIO()
    Image.fromarray(np.stack(waves, -1).astype(np.uint8), mode).save(buffer, "PNG")
    return f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}"


def image(more: str = 'width="60" height="30"', mode: str = "RGB") -> str:
    return f'<image href="{link(mode)}" {more}/>'


def root(content: str, more: str = "") -> ET.Element:
    page = 'xmlns="http://www.w3.org/2000/svg" width="120" height="60" viewBox="0 0 60 30"'
    return ET.fromstring(f"<svg {page} {more}>{content}</svg>")


def drawn(content: str, more: str = "") -> tuple[bool, Image.Image]:
    """Whether pictures were taken, and the whole drawing."""
    drawing = root(content, more)
    before = len(list(drawing.iter()))
    text = ET.tostring(drawing, encoding="unicode")
    picture = drawings._drawn(drawing, text, SIZE, lettering=False)
    return len(list(drawing.iter())) < before, picture.convert("RGBA")


RECT = '<rect x="10" y="5" width="20" height="10" fill="red" fill-opacity=".5"/>'
TAKEN = {
    "the whole page": image(),
    "below lines": image() + RECT,
    "opacity": image(mode="RGBA") + RECT,
    "two, in moved groups": f'<g id="a" transform="translate(5 2) scale(.5)">{image()}</g>'
    f'<g style="display:inline"><g transform="matrix(.5 0 0 .5 20,10)">{image()}</g></g>{RECT}',
    "over the edge": image('x="-15" y="-6" width="60" height="30"'),
    "out of shape": image('x="5" y="5" width="30" height="20" preserveAspectRatio="none"'),
}


@pytest.mark.parametrize("content", TAKEN.values(), ids=TAKEN)
def test_pictures_lie_where_resvg_would_lay_them(content: str) -> None:
    taken, ours = drawn(content)
    told, theirs = drawn(content, 'class="any"')
    assert (taken, told) == (True, False)
    apart = np.abs(np.asarray(ours, float) - np.asarray(theirs, float))
    assert apart.mean() < 1.5  # edges between two pixels, and another kernel


LEFT = {
    "over lines": RECT + image(),
    "seen through": image('width="60" height="30" opacity=".5"'),
    "after one that is left": image('width="60" height="30" opacity=".5"') + image('width="9" height="4.5"'),
    "in a group after such a one": "<g>"
    + image('width="60" height="30" opacity=".5"')
    + "</g>"
    + image('width="9" height="4.5"'),
    "turned": image('width="60" height="30" transform="rotate(30)"'),
    "mirrored": image('width="60" height="30" transform="scale(-1 1)"'),
    "keeps its shape": image('width="30" height="30"'),
    "cut out": f'<g clip-path="url(#a)">{image()}</g>',
    "dressed": f"<style>image {{opacity: .5}}</style>{image()}",
    "mixed with what lies below": image() + '<rect width="9" height="9" style="mix-blend-mode:multiply"/>',
    "damaged": '<image width="60" height="30" href="data:image/png;base64,iVBORw0KGgo="/>',
    "no picture": '<image width="60" height="30" href="data:image/png;base64,?"/>',
}


@pytest.mark.parametrize("content", LEFT.values(), ids=LEFT)
def test_whatever_is_not_plain_is_left_to_resvg(content: str) -> None:
    drawing = root(content)
    assert pictures_below(drawing, ET.tostring(drawing, encoding="unicode"), SIZE) is None
    assert ET.tostring(drawing) == ET.tostring(root(content))


def test_a_page_that_is_not_filled_is_left_to_resvg() -> None:
    drawing = root(image())
    drawing.set("width", "60")  # of another ratio: what it shows lies in its middle
    assert pictures_below(drawing, "", SIZE) is None
