"""The structure of an SVG file."""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PIL import Image
from support.flat import BLUE, HEIGHT, RED, WIDTH, disc_sheet, strip_sheet
from svgelements import Path as SvgPath

from packdesk.domain.dieline.values import LineColours, LineType
from packdesk.export.flat.sheet import FlatOptions, Sheet
from packdesk.export.flat.svg import write_svg

if TYPE_CHECKING:
    from pathlib import Path

SVG = "{http://www.w3.org/2000/svg}"
INKSCAPE = "{http://www.inkscape.org/namespaces/inkscape}"
HREF = "{http://www.w3.org/1999/xlink}href"


def written(sheet: Sheet, folder: Path, options: FlatOptions | None = None) -> ET.Element:
    file = folder / "sheet.svg"
    write_svg(sheet, file, options or FlatOptions())
    return ET.parse(file).getroot()


def layers(root: ET.Element) -> dict[str, ET.Element]:
    return {
        group.attrib["id"]: group
        for group in root.findall(f"{SVG}g")
        if group.get(f"{INKSCAPE}groupmode") == "layer"
    }


def test_one_unit_is_a_millimetre(tmp_path: Path) -> None:
    root = written(strip_sheet(), tmp_path)
    _, _, width, height = root.attrib["viewBox"].split()
    assert root.attrib["width"] == f"{width}mm"
    assert root.attrib["height"] == f"{height}mm"
    assert float(width) > 118


def test_a_layer_for_the_artwork_and_each_line_type_from_bottom_to_top(tmp_path: Path) -> None:
    root = written(strip_sheet(), tmp_path, FlatOptions(marks=True, legend=True))
    labels = {name: group.get(f"{INKSCAPE}label") for name, group in layers(root).items()}
    assert labels == {
        "artwork": "Artwork",
        "bleed": "Bleed",
        "safe": "Safe area",
        "glue": "Glue",
        "crease": "Crease",
        "perforation": "Perforation",
        "cut": "Cut",
        "dimension": "Dimensions",
        "marks": "Page marks",
        "legend": "Legend",
    }
    assert next(iter(labels)) == "artwork"
    assert list(labels).index("crease") < list(labels).index("cut")


def test_only_what_was_asked_for(tmp_path: Path) -> None:
    options = FlatOptions(kinds=frozenset({LineType.CUT, LineType.CREASE}), artwork=False)
    assert list(layers(written(strip_sheet(), tmp_path, options))) == ["crease", "cut"]
    assert "artwork" not in layers(written(replace(strip_sheet(), artwork={}), tmp_path))


def test_arcs_are_arcs(tmp_path: Path) -> None:
    (cut,) = layers(written(strip_sheet(), tmp_path))["cut"]
    assert cut.attrib["d"].count("A") == 2
    assert cut.attrib["d"].endswith("Z")
    assert "C" not in cut.attrib["d"]
    (circle,) = layers(written(disc_sheet(), tmp_path))["cut"]
    assert circle.attrib["d"].count("A 25 25") == 2  # an arc to its own start would be nothing


@pytest.mark.parametrize(
    ("colours", "cut", "crease"),
    [
        (LineColours.PACKDESK, "#ff0000", "#0000ff"),
        (LineColours.MAGENTA_CYAN, "#ff00ff", "#00aeef"),
        (LineColours.BLACK, "#000000", "#000000"),
    ],
)
def test_colours_of_the_presets(colours: LineColours, cut: str, crease: str, tmp_path: Path) -> None:
    found = layers(written(strip_sheet(), tmp_path, FlatOptions(colours=colours)))
    assert {path.attrib["stroke"] for path in found["cut"]} == {cut}
    assert {path.attrib["stroke"] for path in found["crease"]} == {crease}
    assert all("stroke-dasharray" in path.attrib for path in found["crease"])
    assert all("stroke-dasharray" not in path.attrib for path in found["cut"])


def test_the_picture_is_embedded_without_loss_and_clipped_to_its_outline(tmp_path: Path) -> None:
    root = written(strip_sheet(), tmp_path)
    front = next(group for group in layers(root)["artwork"] if group.get("id") == "art-front")
    assert front.get("clip-path") == "url(#clip-front)"
    clip = root.find(f"{SVG}defs/{SVG}clipPath[@id='clip-front']/{SVG}path")
    assert clip is not None
    under = "M 59.7 -3 L 60.3 -3 L 60.3 83 L 59.7 83 L 59.7 -3 Z"  # the panel beside it
    assert clip.attrib["d"] == f"M -3 -3 L 60 -3 L 60 83 L -3 83 L -3 -3 Z {under}"
    (image,) = front
    data = image.attrib[HREF].removeprefix("data:image/png;base64,")
    pixels = np.asarray(Image.open(io.BytesIO(base64.b64decode(data))))
    per_mm = pixels.shape[1] / float(image.attrib["width"])
    assert per_mm == pytest.approx(4)
    assert tuple(pixels[0, 0]) == RED
    left, top = float(image.attrib["x"]), float(image.attrib["y"])
    row, column = round((HEIGHT - 1 - top) * per_mm), round((1 - left) * per_mm)
    assert tuple(pixels[row, column]) == BLUE
    assert left + pixels.shape[1] / per_mm == pytest.approx(WIDTH + 0.75)


def test_measures_are_written_out(tmp_path: Path) -> None:
    texts = layers(written(strip_sheet(), tmp_path))["dimension"].findall(f"{SVG}text")
    assert [text.text for text in texts] == ["60", "80", "15"]
    assert [text.get("text-anchor") for text in texts] == ["middle"] * 3
    assert texts[1].attrib["transform"].startswith("rotate(-90 ")


def test_a_title_with_letters_no_xml_can_hold(tmp_path: Path) -> None:
    sheet = replace(strip_sheet(), title="Tea\x00 & <Co>\x1b ✓")
    root = written(sheet, tmp_path, FlatOptions(legend=True))
    titled = [text for text in root.iter(f"{SVG}text") if (text.text or "").startswith("Tea")]
    assert [text.get("text-anchor") for text in titled] == [None], "it begins where it stands"
    assert root.findtext(f"{SVG}title") == "Tea & <Co> ✓"


def test_words_as_paths_need_no_font_and_stand_where_the_words_would(tmp_path: Path) -> None:
    words = written(strip_sheet(), tmp_path, FlatOptions(legend=True)).findall(f".//{SVG}text")
    root = written(strip_sheet(), tmp_path, FlatOptions(legend=True, outlines=True))
    assert root.findall(f".//{SVG}text") == []
    drawn = {
        path.attrib["aria-label"]: path for path in root.iter(f"{SVG}path") if "aria-label" in path.attrib
    }
    assert set(drawn) == {word.text for word in words}
    for word in words:
        box = SvgPath(drawn[word.text or ""].attrib["d"]).bbox()
        x, y, size = (float(word.attrib[name]) for name in ("x", "y", "font-size"))
        if "transform" not in word.attrib:
            middle = {"start": box[0], "middle": (box[0] + box[2]) / 2}[word.get("text-anchor", "start")]
            assert middle == pytest.approx(x, abs=size / 5)
            assert box[1] < y < box[3] + size / 4
