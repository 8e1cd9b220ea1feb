"""Lines and light lettering in drawings that are too small to print, at the size they have on a panel."""

from __future__ import annotations

import gzip
import io
from typing import TYPE_CHECKING

import pytest
from reportlab.pdfgen.canvas import Canvas

from packdesk.domain.preflight.findings import PictureFacts
from packdesk.domain.preflight.looks_rules import looks_findings
from packdesk.domain.size_edit import SizeEdit
from packdesk.services.drawn_marks import MarkFinder
from packdesk.textures.incoming import IncomingPicture

if TYPE_CHECKING:
    from services.conftest import Desk

MM = 72 / 25.4
SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="{0}mm" height="{1}mm" viewBox="0 0 {0} {1}">
<rect width="100%" height="100%" fill="#123"/>{2}</svg>"""


def pdf(width: float, height: float, *, line: float | None = None, light: float | None = None) -> bytes:
    """A dark page of millimetres with a line of a width, and white lettering of a size in points."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, (width * MM, height * MM))
    canvas.setFillColorRGB(0.1, 0.1, 0.3)
    canvas.rect(0, 0, width * MM, height * MM, stroke=0, fill=1)
    canvas.saveState()
    canvas.scale(MM, MM)
    if line is not None:
        canvas.setLineWidth(line)
        canvas.line(10, height - 20, 30, height - 20)
    canvas.restoreState()
    if light is not None:
        canvas.setFillColorRGB(1, 1, 1)
        canvas.setFont("Helvetica", light)
        canvas.drawString(40 * MM, (height - 60) * MM, "Ingredients")
    canvas.setFillColorRGB(0, 0, 0)
    canvas.setFont("Helvetica", 3)
    canvas.drawString(0, 0, "Dark lettering is another matter.")
    canvas.save()
    return buffer.getvalue()


async def put(desk: Desk, data: bytes, name: str = "a.pdf") -> MarkFinder:
    await desk.designs.update_dimensions(SizeEdit.of("box", 100, 150, 60))
    done = await desk.pictures.put_pictures({"front": IncomingPicture(name, encode=lambda: data)})
    assert not done.failures
    return MarkFinder(desk.library)


async def test_a_hairline_and_small_light_lettering_are_found_where_they_are(desk: Desk) -> None:
    finder = await put(desk, pdf(100, 150, line=0.05, light=4.0))
    (found,) = finder.find(await desk.shared.load()).values()
    assert found.line == pytest.approx(0.05, rel=0.01)
    assert found.words == pytest.approx(4, rel=0.01)
    assert found.line_at is not None
    assert found.words_at is not None
    left, top, right, bottom = found.line_at
    assert (left + right) / 2 == pytest.approx(0.2, abs=0.01)
    assert (top + bottom) / 2 == pytest.approx(20 / 150, abs=0.01)
    assert found.words_at[0] < 0.4 < found.words_at[2]


@pytest.mark.parametrize(("page", "line"), [((200, 300), 0.15), ((50, 75), 0.06)])
async def test_what_counts_is_the_size_on_the_panel(desk: Desk, page: tuple[int, int], line: float) -> None:
    finder = await put(desk, pdf(*page, line=line))
    (found,) = finder.find(await desk.shared.load()).values()
    assert (found.line is not None) == (page[0] == 200)


async def test_what_is_large_enough_is_not_told(desk: Desk) -> None:
    finder = await put(desk, pdf(100, 150, line=0.2, light=8))
    (found,) = finder.find(await desk.shared.load()).values()
    assert (found.line, found.words) == (None, None)


async def test_svg_likewise(desk: Desk) -> None:
    drawn = '<g transform="scale(0.5)"><path d="M20 40H60" stroke="#fff" stroke-width="0.1"/></g>'
    finder = await put(desk, SVG.format(100, 150, drawn).encode(), "a.svg")
    (found,) = finder.find(await desk.shared.load()).values()
    assert found.line == pytest.approx(0.05, rel=0.02)


async def test_a_picture_that_is_only_named_is_told(desk: Desk) -> None:
    drawn = '<image x="60" y="90" width="20" height="30" href="photo.png"/>'
    finder = await put(desk, gzip.compress(SVG.format(100, 150, drawn).encode()), "a.svgz")
    (found,) = finder.find(await desk.shared.load()).values()
    assert found.linked_at is not None
    left, top, right, bottom = found.linked_at
    assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx((0.7, 0.7), abs=0.01)
    assert [one.rule for one in looks_findings({"front": PictureFacts(marks=found)}, 3)] == ["linked-picture"]


@pytest.mark.parametrize(
    "frame",
    [
        '<flowRoot><flowRegion><rect x="60" y="90" width="20" height="30"/></flowRegion></flowRoot>',
        '<foreignObject x="60" y="90" width="20" height="30"/>',
    ],
)
async def test_words_in_a_frame_are_told(desk: Desk, frame: str) -> None:
    finder = await put(
        desk, SVG.format(100, 150, f'<g transform="translate(-5,10)">{frame}</g>').encode(), "a.svg"
    )
    (found,) = finder.find(await desk.shared.load()).values()
    assert found.lost_at is not None
    left, top, right, bottom = found.lost_at
    assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx((0.65, 115 / 150), abs=0.01)
    assert [one.rule for one in looks_findings({"front": PictureFacts(marks=found)}, 3)] == ["lost-words"]


async def test_pictures_have_none(desk: Desk) -> None:
    from support.flat import quarters

    finder = await put(desk, quarters(60, 80), "a.png")
    assert finder.find(await desk.shared.load()) == {}
