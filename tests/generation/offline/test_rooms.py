"""Where the user letters a panel, the painter leaves an empty plate and says nothing itself."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QRectF

from packdesk.domain.dimensions import Dimensions
from packdesk.domain.pack_words import PackWords
from packdesk.domain.panels import FlatSize
from packdesk.domain.request import PanelRequest
from packdesk.generation.offline.carrying import words_on
from packdesk.generation.offline.panels import paint_and_tell
from packdesk.generation.offline.rooms import grouped

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from packdesk.domain.request import Room

SIZE = FlatSize(width=100, height=150)
ROOMS: tuple[Room, ...] = ((15, 20, 70, 18), (15, 40, 70, 10), (30, 115, 40, 26))


@pytest.mark.parametrize("prompt", ["botanical tea", "geometric dots", "floral soap", "deco chocolate"])
def test_rooms_are_plain_and_nothing_is_lettered(qapp: QApplication, prompt: str) -> None:
    request = PanelRequest(
        prompt=prompt,
        panel_id="front",
        size=SIZE,
        package_type="box",
        package_dimensions=Dimensions(width=100, height=150, depth=60),
        dpi=72,
        words=PackWords(brand="Sol Field", product="Herbal Tea", sample=True),
        room=ROOMS,
    )
    painted = paint_and_tell(request)
    assert (painted.notes, painted.bars) == ((), False)
    assert words_on(request) == frozenset()
    pixels = np.asarray(Image.open(io.BytesIO(painted.png)).convert("RGB"))
    down, across = pixels.shape[0] / SIZE.height, pixels.shape[1] / SIZE.width
    for left, top, width, height in ROOMS:
        seen = pixels[
            int(top * down) + 1 : int((top + height) * down),
            int(left * across) + 1 : int((left + width) * across),
        ]
        assert np.ptp(seen.reshape(-1, 3), axis=0).max() == 0


def test_near_rooms_share_a_plate() -> None:
    groups = grouped(QRectF(*room) for room in ROOMS)
    assert sorted(area.top() for area in groups) == [20, 115]
    assert grouped([]) == []
