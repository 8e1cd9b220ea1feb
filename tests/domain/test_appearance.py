"""How a design is shown: what is kept of it, and what is refused."""

from __future__ import annotations

import json

import pytest

from packdesk.domain.appearance import Appearance, appearance_values, read_appearance
from packdesk.domain.area_finish import MOST_AREAS, AreaFinish, AreaKind, ColourRange
from packdesk.domain.dieline.board import Board
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, Hand, Lock, Sized
from packdesk.domain.look import Finish, Lighting, Look
from packdesk.domain.saved_view import MOST_VIEWS, SavedView

SHOWN = Appearance(
    Look("#aabbcc", Finish.FOIL, Lighting.SIDE, -1.25),
    SavedView("present", 12.5, 30, True, 0.4, 3.5, (0.1, -0.2, 0.3)),
    DielineOptions(DielineStyle.CROSS, 0.8, 12, 20, 2, 4, perforated=True),
    (SavedView("Front", -90, 0), SavedView("Detail", 12.5, 30)),
    (AreaFinish("front", AreaKind.FOIL, ColourRange("#d0a040", 12)), AreaFinish("body", AreaKind.WHITE)),
)
VIEW = {"name": "a", "azimuth": 0, "elevation": 0}


THICK = DielineOptions(
    board=Board("E flute", 1.6, 0.6, 1.0),
    sized=Sized.INSIDE,
    lock=Lock.SLIT,
    glue_side=Hand.RIGHT,
    notch=True,
)


@pytest.mark.parametrize("shown", [SHOWN, Appearance(), Appearance(blank=THICK)])
def test_it_comes_back_as_it_was(shown: Appearance) -> None:
    values = appearance_values(shown)
    assert read_appearance(json.dumps(values).encode()) == shown
    assert read_appearance(json.loads(json.dumps(values))) == shown


def test_a_design_keeps_the_glue_flap_it_was_shown_with() -> None:
    board = {"name": "B flute", "caliper": 3.2, "inside_loss": 1.6, "outside_gain": 1.6}
    before = read_appearance({"blank": {"glue_flap": 15.0, "board": board}}).blank
    assert before is not None
    assert before.glue == 15
    follows = read_appearance({"blank": {"board": board}})
    assert follows.blank is not None
    assert follows.blank.glue == 31
    assert read_appearance(appearance_values(follows)) == follows


def test_what_is_missing_is_as_at_first() -> None:
    assert read_appearance({}) == Appearance()
    assert read_appearance({"look": {"finish": "kraft"}, "of a later version": 1}).look == Look(
        finish=Finish.KRAFT
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"look": {"background": "dark", "finish": "velvet"}},
        {"look": {"background": "#12345"}},
        {"look": {"background": ["dark"]}},
        {"look": {"exposure": 1e9}},
        {"look": {"exposure": float("nan")}},
        {"view": {**VIEW, "name": ""}},
        {"view": {**VIEW, "azimuth": 1e9}},
        {"view": {**VIEW, "azimuth": float("nan")}},
        {"view": {**VIEW, "closer": 0}},
        {"view": {**VIEW, "aside": [float("nan"), 0, 0]}},
        {"blank": {"caliper": float("nan")}},
        {"blank": {"board": {"name": "a", "caliper": 99, "inside_loss": 1, "outside_gain": 98}}},
        {"blank": {"board": {"name": "a", "caliper": 1, "inside_loss": 1, "outside_gain": 1}}},
        {"blank": {"lock": "glue"}},
        {"blank": {"bleed": -1}},
        {"blank": {"glue_flap": 1e9}},
        {"blank": {"style": "origami"}},
        {"views": [VIEW] * (MOST_VIEWS + 1)},
        {"views": {}},
        {"areas": [{"panel_id": "lid", "kind": "foil"}]},
        {"areas": [{"panel_id": "front", "kind": "gold"}]},
        {"areas": [{"panel_id": "front", "kind": "foil", "colours": {"colour": "gold"}}]},
        {
            "areas": [
                {"panel_id": "front", "kind": "foil", "colours": {"colour": "#aabbcc", "tolerance": 300}}
            ]
        },
        {"areas": [{"panel_id": "front", "kind": "foil"}] * (MOST_AREAS + 1)},
        [],
        "look",
        None,
    ],
)
def test_what_somebody_wrote_is_checked(wrong: object) -> None:
    with pytest.raises(ValueError):
        read_appearance(json.dumps(wrong).encode())
    with pytest.raises(ValueError):
        read_appearance(wrong)  # type: ignore[arg-type]
