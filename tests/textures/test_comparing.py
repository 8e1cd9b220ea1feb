"""Changed places of a picture are found, and re-cutting is no change."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from packdesk.errors import BadPictureError
from packdesk.textures.comparing import CELL, LONGEST, MOST_PLACES, Place, _boxes, changed_places

SIZE = (800, 1200)
NEAR = 2.5 * CELL / (LONGEST * 2 / 3)
"""A place may be so much larger on each side than what changed."""


def art(*boxes: tuple[int, int, int, int], size: tuple[int, int] = SIZE) -> Image.Image:
    """A gradient with lettering, and boxes in another colour."""
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    draw = ImageDraw.Draw(picture)
    draw.text((size[0] // 4, size[1] // 3), "Yuzu tea", "#208040", font_size=size[0] // 8)
    for box in boxes:
        draw.rectangle(box, "#c02040")
    return picture


def png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def close(place: Place, box: tuple[int, int, int, int]) -> bool:
    wanted = [side / SIZE[index % 2] for index, side in enumerate(box)]
    outwards = (-1, -1, 1, 1)
    return all(-0.002 <= (a - b) * way <= NEAR for a, b, way in zip(place, wanted, outwards, strict=True))


def test_two_places_are_found_the_larger_first() -> None:
    small, large = (100, 150, 160, 190), (400, 700, 700, 1000)
    found = changed_places(png(art()), png(art(small, large)))
    assert len(found) == 2
    assert close(found[0], large)
    assert close(found[1], small)


def test_a_letter_is_found() -> None:
    before, after = art(), art()
    ImageDraw.Draw(after).text((600, 1100), "i", "black", font_size=30)
    (place,) = changed_places(png(before), png(after))
    assert place.left < 0.76 < place.right
    assert place.top < 0.935 < place.bottom


def test_what_was_only_cut_anew_has_not_changed() -> None:
    whole = art(size=(1600, 2400))
    smaller = whole.resize((900, 1350), Image.Resampling.LANCZOS)
    assert changed_places(png(whole), png(smaller)) == ()
    assert changed_places(png(whole), png(whole)) == ()


def test_colours_under_full_transparency_are_no_change() -> None:
    red, blue = (Image.new("RGBA", (300, 300), colour) for colour in ((255, 0, 0, 0), (0, 0, 255, 0)))
    assert changed_places(png(red), png(blue)) == ()
    covered = changed_places(png(red), png(Image.new("RGBA", (300, 300), (255, 0, 0, 255))))
    assert covered == (Place(0.0, 0.0, 1.0, 1.0),)


def test_very_many_places_are_told_as_one() -> None:
    boxes = [(x, y, x + 20, y + 20) for x in (60, 250, 440, 630) for y in (100, 400, 700)]
    assert len(boxes) > MOST_PLACES
    (place,) = changed_places(png(art()), png(art(*boxes)))
    assert close(place, (60, 100, 650, 720))


def test_a_damaged_picture_is_refused() -> None:
    for broken in (b"no picture", png(art())[:5000]):
        with pytest.raises(BadPictureError):
            changed_places(png(art()), broken)


def test_cells_that_touch_even_at_a_corner_are_one_place() -> None:
    drawn = ["#.#..", ".....", "#..##", ".#...", "...##"]
    cells = np.array([[cell == "#" for cell in row] for row in drawn])
    one, two, corner = (0, 0, 1, 1), (2, 0, 3, 1), (0, 2, 2, 4)
    assert sorted(_boxes(cells)) == sorted([one, two, corner, (3, 2, 5, 3), (3, 4, 5, 5)])
