"""A structure without a place for a panel: its blank, its sizes, and what preflight says of the artwork."""

from __future__ import annotations

import pytest

from packdesk.domain.dieline.board import even_board
from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.fold import stays_in_pieces
from packdesk.domain.dieline.sizes import sizes_of
from packdesk.domain.dieline.structures import BOX_STYLES, panels_on_blank
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, LineType, Sized
from packdesk.domain.dimensions import Dimensions
from packdesk.domain.panels import PANEL_IDS, panel_sizes
from packdesk.domain.preflight import Level, PictureFacts, preflight
from packdesk.domain.state import default_state, new_texture

SIZE = Dimensions(width=100, height=150, depth=60)
WALLS = ("front", "back", "left", "right")


@pytest.mark.parametrize("style", BOX_STYLES)
def test_the_blank_has_the_panels_of_its_style(style: DielineStyle) -> None:
    dieline = make_dieline("box", SIZE, DielineOptions(style, perforated=True))
    named = tuple(panel.panel_id for panel in dieline.panels)
    assert named == panels_on_blank("box", style)
    assert [dieline.has(panel_id) for panel_id in PANEL_IDS["box"]] == [
        panel_id in named for panel_id in PANEL_IDS["box"]
    ]
    assert bool(dieline.of_kind(LineType.PERFORATION)) == dieline.has("top")
    assert stays_in_pieces("box", dieline.options) or named == PANEL_IDS["box"]


def test_a_sleeve_is_its_walls_and_as_high_inside_as_outside() -> None:
    board = even_board("E flute", 1.6)
    assert panels_on_blank("box", DielineStyle.SLEEVE) == WALLS
    for options in (
        DielineOptions(DielineStyle.SLEEVE, caliper=1.6),
        DielineOptions(DielineStyle.SLEEVE, board=board, sized=Sized.INSIDE),
    ):
        named = sizes_of("box", SIZE, options)
        assert {size.height for size in named} == {150.0}
        assert named.outside.width - named.inside.width == pytest.approx(3.2)
        assert make_dieline("box", SIZE, options).height == 150
    thick = make_dieline("box", SIZE, DielineOptions(DielineStyle.SLEEVE, board=board, tuck=0.5))
    assert thick.width == pytest.approx(2 * 100 + 2 * 60 + 15 - 2 * 1.6), "no tuck is looked at"


def test_preflight_tells_what_is_kept_and_not_printed_and_nothing_else_of_it() -> None:
    textures = {
        name: new_texture(name, f"file:///{name}", "leaves", size, "2026-01-01T00:00:00.000Z")
        for name, size in panel_sizes("box", SIZE).items()
        if name != "bottom"
    }
    state = default_state("box").model_copy(update={"package_dimensions": SIZE, "panel_textures": textures})
    facts = {name: PictureFacts(4000, 4000, "gone") for name in ("top",)}
    found = preflight(state, facts, DielineOptions(DielineStyle.SLEEVE, safe=40))
    assert [(one.rule, one.level) for one in found if one.panel_id in {"top", "bottom"}] == [
        ("not-on-blank", Level.NOTE)
    ]
    assert not [one for one in found if one.rule in {"bare-panel", "no-picture", "no-tuck-flaps"}]
