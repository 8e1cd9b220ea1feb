"""A panel painted once for all rows that share its words looks as it would if it were painted for each."""

from __future__ import annotations

import pytest

from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.domain.pack_words import FIELDS, PackWords
from packdesk.domain.panels import PANEL_IDS, panel_sizes
from packdesk.domain.request import PanelRequest
from packdesk.generation.offline.carrying import words_on
from packdesk.generation.offline.panels import paint_panel

WORDS = PackWords(
    brand="Sol Field", product="Evening Tea", line="Mild", net_weight="100 g", barcode="4006381333931"
)
OTHERS = {"brand": "Otter", "product": "Soap", "line": "", "net_weight": "", "barcode": "4006381333900"}
SHAPES: list[tuple[PackageType, tuple[float, float, float]]] = [
    ("box", (80, 120, 50)),
    ("box", (20, 120, 50)),
    ("box", (160, 40, 20)),
    ("cylinder", (60, 120, 60)),
]


def request(package: PackageType, sides: tuple[float, ...], panel_id: str, words: PackWords) -> PanelRequest:
    size = Dimensions(width=sides[0], height=sides[1], depth=sides[2])
    return PanelRequest(
        prompt="stripes in navy",
        panel_id=panel_id,
        size=panel_sizes(package, size)[panel_id],
        package_type=package,
        package_dimensions=size,
        dpi=40,
        words=words,
    )


@pytest.mark.parametrize(("package", "sides"), SHAPES)
@pytest.mark.parametrize("brand", ["Sol Field", "", "☃"])
@pytest.mark.usefixtures("qapp")
def test_no_other_word_changes_a_panel(
    package: PackageType, sides: tuple[float, float, float], brand: str
) -> None:
    words = WORDS.model_copy(update={"brand": brand})
    for panel_id in PANEL_IDS[package]:
        one = request(package, sides, panel_id, words)
        reduced = PackWords(**{name: text for name, text in words.said().items() if name in words_on(one)})
        expected = paint_panel(one)
        assert paint_panel(request(package, sides, panel_id, reduced)) == expected, panel_id
        others = {name: text for name, text in OTHERS.items() if name in set(FIELDS) - words_on(one)}
        changed = words.model_copy(update=others)
        assert paint_panel(request(package, sides, panel_id, changed)) == expected, panel_id


@pytest.mark.usefixtures("qapp")
def test_the_bars_stand_on_few_panels() -> None:
    carrying = [
        name for name in PANEL_IDS["box"] if "barcode" in words_on(request("box", (80, 120, 50), name, WORDS))
    ]
    assert carrying == ["back", "bottom"]
