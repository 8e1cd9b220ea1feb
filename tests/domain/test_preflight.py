"""Preflight: each rule by example, and what holds for every design."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from packdesk.domain.area_finish import AreaKind
from packdesk.domain.dieline.board import even_board
from packdesk.domain.dieline.values import DielineOptions, DielineStyle, Lock
from packdesk.domain.dimensions import Dimensions, PackageType
from packdesk.domain.panels import PANEL_IDS, panel_sizes
from packdesk.domain.preflight import (
    Finding,
    Level,
    PictureFacts,
    PictureLooks,
    PressFacts,
    has_errors,
    preflight,
)
from packdesk.domain.preflight.artwork_rules import least_dpi
from packdesk.domain.preflight.findings import Lettering, TillCode
from packdesk.domain.state import PackagingState, default_state, new_texture

NOW = "2026-01-01T00:00:00.000Z"


def design(
    kind: PackageType = "box", size: tuple[float, float, float] = (100, 150, 100), bare: tuple[str, ...] = ()
) -> PackagingState:
    """A design with artwork cut for it on every panel but some."""
    width, height, depth = size
    dimensions = Dimensions(width=width, height=height, depth=depth)
    textures = {
        panel_id: new_texture(panel_id, f"file:///{panel_id}", "leaves", flat, NOW)
        for panel_id, flat in panel_sizes(kind, dimensions).items()
        if panel_id not in bare
    }
    return default_state(kind).model_copy(
        update={"package_dimensions": dimensions, "panel_textures": textures}
    )


def pictures(state: PackagingState, dpi: float = 300) -> dict[str, PictureFacts]:
    """Pictures of the panels' shapes."""
    sizes = panel_sizes(state.package_type, state.package_dimensions)

    def pixels(millimetres: float) -> int:
        return max(16, round(millimetres / 25.4 * dpi))

    return {
        panel_id: PictureFacts(pixels(sizes[panel_id].width), pixels(sizes[panel_id].height))
        for panel_id in state.panel_textures
    }


def look(state: PackagingState, options: DielineOptions | None = None, dpi: float = 300) -> list[Finding]:
    return list(preflight(state, pictures(state, dpi), options or DielineOptions()))


def rules(findings: list[Finding]) -> set[str]:
    return {finding.rule for finding in findings}


GOOD = {"safe-area", "folding", "fonts", "no-profile"}


@pytest.mark.parametrize("kind", PANEL_IDS)
def test_a_sound_design_has_notes_only(kind: PackageType) -> None:
    findings = look(design(kind, (80, 150, 80)), DielineOptions(board=even_board("SBS", 0.4)))
    assert rules(findings) == GOOD | ({"capped-bleed"} if kind == "cylinder" else set())  # at its tabs
    assert {finding.level for finding in findings} == {Level.NOTE}
    assert not has_errors(findings)


def test_without_any_artwork_nothing_can_be_printed() -> None:
    findings = look(default_state())
    assert [finding.rule for finding in findings if finding.level is Level.ERROR] == ["no-artwork"]
    assert has_errors(findings)


def test_a_bare_panel_is_named() -> None:
    found = [finding for finding in look(design(bare=("left",))) if finding.rule == "bare-panel"]
    assert [(finding.level, finding.panel_id) for finding in found] == [(Level.WARNING, "left")]
    assert "left" in found[0].sentence


def test_a_picture_that_cannot_be_had_is_an_error_with_its_reason() -> None:
    state = design()
    facts = pictures(state) | {"top": PictureFacts(problem="It is on another machine.")}
    (found,) = [one for one in preflight(state, facts, DielineOptions()) if one.level is Level.ERROR]
    assert (found.rule, found.panel_id, found.remedy) == ("no-picture", "top", "It is on another machine.")


@pytest.mark.parametrize(
    ("dpi", "level"), [(149, Level.ERROR), (150, Level.WARNING), (299, Level.WARNING), (300, None)]
)
def test_resolution(dpi: float, level: Level | None) -> None:
    found = [one for one in look(design(size=(254, 254, 254)), dpi=dpi) if one.panel_id == "front"]
    assert [one.level for one in found] == ([level] if level else [])
    if level:
        assert f"{dpi} dpi" in found[0].sentence
        assert "3000 x 3000 pixels" in found[0].remedy


def test_the_worse_direction_counts_and_the_wanted_resolution_is_a_setting() -> None:
    state = design()
    facts = pictures(state) | {"front": PictureFacts(1181, 886)}  # 300 dpi across, 150 down
    found = {one.rule for one in preflight(state, facts, DielineOptions()) if one.panel_id == "front"}
    assert found == {"low-resolution", "stretched"}
    relaxed = preflight(state, facts, DielineOptions(), wanted_dpi=72)
    assert {one.rule for one in relaxed if one.panel_id == "front"} == {"stretched"}
    few = preflight(state, pictures(state, 140), DielineOptions(), wanted_dpi=72)
    assert "coarse" in {one.rule for one in few}, "whatever is wanted"


@pytest.mark.parametrize(("width", "told"), [(2362, 100), (1772, 50)])
def test_a_stretched_picture_says_by_how_much(width: int, told: int) -> None:
    state = design()
    facts = pictures(state) | {"front": PictureFacts(width, 1772)}
    (found,) = [one for one in preflight(state, facts, DielineOptions()) if one.rule == "stretched"]
    assert f"stretched by {told} %" in found.sentence


def test_a_drawing_has_no_resolution_and_needs_its_fonts() -> None:
    state = design()
    coarse = {name: replace(one, drawn=True) for name, one in pictures(state, 40).items()}
    findings = preflight(state, coarse, DielineOptions())
    assert rules(list(findings)) == {"safe-area", "folding", "drawn", "nominal", "no-profile"}
    bare = {name: replace(one, loose_fonts=("Times-Roman", "Helvetica")) for name, one in coarse.items()}
    (found,) = [one for one in preflight(state, bare, DielineOptions()) if one.level is Level.ERROR]
    assert (found.rule, found.panel_id) == ("loose-fonts", None)
    assert "Helvetica, Times-Roman" in found.sentence


def test_art_cut_for_another_size_is_told_with_both_sizes() -> None:
    state = design(size=(100, 100, 100))
    larger = state.model_copy(update={"package_dimensions": Dimensions(width=120, height=120, depth=120)})
    found = [one for one in look(larger) if one.rule == "other-size"]
    assert {one.panel_id for one in found} == set(PANEL_IDS["box"])
    assert "100 x 100 mm" in found[0].sentence
    assert "120 x 120 mm" in found[0].sentence


def test_a_size_that_other_programs_do_not_say_is_no_fault() -> None:
    state = design()
    unsaid = {
        panel_id: texture.model_copy(
            update={"dimensions": texture.dimensions.model_copy(update={"width": None})}
        )
        for panel_id, texture in state.panel_textures.items()
    }
    assert rules(look(state.model_copy(update={"panel_textures": unsaid}))) == {"nominal", *GOOD}


def test_discs_of_a_nominal_tube_are_loose() -> None:
    found = {finding.rule: finding.level for finding in look(design("cylinder", (80, 150, 80)))}
    assert found["loose-discs"] is Level.WARNING


def test_while_artwork_is_being_made() -> None:
    assert "generating" in rules(look(design().model_copy(update={"in_progress": True})))


@pytest.mark.parametrize(
    ("options", "size", "rule", "level"),
    [
        (DielineOptions(glue_flap=0), (100, 150, 100), "no-glue-flap", Level.WARNING),
        (DielineOptions(glue_flap=6), (100, 150, 100), "narrow-glue-flap", Level.WARNING),
        (DielineOptions(glue_flap=15, caliper=3), (100, 150, 100), "narrow-glue-flap", Level.WARNING),
        (DielineOptions(glue_flap=100), (60, 500, 60), "shorter-flap", Level.NOTE),
        (DielineOptions(style=DielineStyle.CROSS), (100, 150, 12), "narrow-glue-flap", Level.WARNING),
        (DielineOptions(style=DielineStyle.CROSS, caliper=4.9), (10, 10, 10), "no-glue-flap", Level.WARNING),
        (DielineOptions(tuck=0), (100, 150, 100), "no-tuck-flaps", Level.WARNING),
        (DielineOptions(lock=Lock.SLIT), (100, 150, 7), "no-lock", Level.WARNING),
        (DielineOptions(style=DielineStyle.HANG_TAB), (34, 150, 30), "no-hang-hole", Level.WARNING),
        (DielineOptions(style=DielineStyle.HANG_TAB), (40, 150, 30), "small-hang-hole", Level.NOTE),
        (DielineOptions(caliper=1.5), (100, 150, 100), "thick-board", Level.WARNING),
        (DielineOptions(bleed=1), (100, 150, 100), "little-bleed", Level.WARNING),
        (DielineOptions(safe=0), (100, 150, 100), "no-safe-area", Level.WARNING),
        (DielineOptions(safe=6), (100, 150, 12), "no-safe-room", Level.WARNING),
        (DielineOptions(caliper=10), (10, 150, 100), "impossible", Level.ERROR),
        (DielineOptions(bleed=11), (100, 150, 100), "impossible", Level.ERROR),
        (DielineOptions(style=DielineStyle.WRAP), (100, 150, 100), "impossible", Level.ERROR),
    ],
)
def test_the_blank(
    options: DielineOptions, size: tuple[float, float, float], rule: str, level: Level
) -> None:
    state = design(size=size)
    assert (rule, level) in {(one.rule, one.level) for one in look(state, options)}
    if rule not in rules(look(design())):
        assert rule not in rules(look(design(), replace(DielineOptions(), style=DielineStyle.REVERSE_TUCK)))


def test_the_panels_without_a_safe_area_are_named() -> None:
    found = [
        one for one in look(design(size=(100, 150, 12)), DielineOptions(safe=6)) if one.rule == "no-safe-room"
    ]
    assert {one.panel_id for one in found} == {"left", "right", "top", "bottom"}


@pytest.mark.parametrize(
    ("kind", "style", "word"),
    [
        ("box", DielineStyle.STRAIGHT_TUCK, "bottom, which hangs on the back"),
        ("box", DielineStyle.REVERSE_TUCK, "bottom, which hangs on the front"),
        ("box", DielineStyle.CROSS, "glued to the walls"),
        ("cylinder", DielineStyle.STRAIGHT_TUCK, "seam is at the back"),
    ],
)
def test_how_it_is_folded(kind: PackageType, style: DielineStyle, word: str) -> None:
    (found,) = [
        one for one in look(design(kind, (80, 150, 80)), DielineOptions(style)) if one.rule == "folding"
    ]
    assert word in found.sentence


@pytest.mark.parametrize(
    ("style", "lock", "size", "told"),
    [
        (DielineStyle.STRAIGHT_TUCK, Lock.SLIT, (100, 150, 60), True),
        (DielineStyle.STRAIGHT_TUCK, Lock.SLIT, (100, 150, 7), False),
        (DielineStyle.STRAIGHT_TUCK, Lock.FRICTION, (100, 150, 60), False),
        (DielineStyle.MAILER, Lock.SLIT, (200, 60, 150), False),
    ],
)
def test_how_a_lid_that_locks_is_opened(
    style: DielineStyle, lock: Lock, size: tuple[float, float, float], told: bool
) -> None:
    options = DielineOptions(style, lock=lock)
    (found,) = [one for one in look(design(size=size), options) if one.rule == "folding"]
    assert ("push its middle in" in found.sentence) == told


lengths = st.floats(10, 2000, allow_nan=False)


@given(
    options=st.builds(
        DielineOptions,
        style=st.sampled_from([DielineStyle.STRAIGHT_TUCK, DielineStyle.REVERSE_TUCK, DielineStyle.CROSS]),
        **dict.fromkeys(("caliper", "glue_flap", "tuck", "bleed", "safe"), st.floats(0, 60)),
    ),
    kind=st.sampled_from(["box", "cylinder"]),
    sides=st.tuples(lengths, lengths, lengths),
    bare=st.sets(st.sampled_from(sorted({*PANEL_IDS["box"], *PANEL_IDS["cylinder"]}))),
    dpi=st.floats(10, 1200),
)
def test_whatever_comes_is_judged(
    options: DielineOptions, kind: PackageType, sides: tuple[float, float, float], bare: set[str], dpi: float
) -> None:
    width, height, depth = sides
    state = design(kind, (width, height, width if kind == "cylinder" else depth), tuple(bare))
    findings = preflight(state, pictures(state, dpi), options)
    grave = [list(Level).index(finding.level) for finding in findings]
    assert grave == sorted(grave)
    assert all(finding.sentence.endswith(".") for finding in findings)
    assert all(finding.remedy for finding in findings if finding.level is not Level.NOTE)
    known = set(PANEL_IDS[kind])
    assert all(finding.panel_id is None or finding.panel_id in known for finding in findings)
    if known - bare:
        assert {one.panel_id for one in findings if one.rule == "bare-panel"} == known & bare
        assert ("coarse" in rules(list(findings))) == any(
            round(25.4 * min(facts.width / size.width, facts.height / size.height)) < least_dpi(size)
            for panel_id, facts in pictures(state, dpi).items()
            for size in [panel_sizes(kind, state.package_dimensions)[panel_id]]
        )


def test_a_bleed_that_would_reach_the_glue_is_told() -> None:
    wide = look(design("box", (80, 150, 80)), DielineOptions(bleed=6, glue_flap=12))
    (found,) = [finding for finding in wide if finding.rule == "capped-bleed"]
    assert "by 4.0 mm, not by 6 mm" in found.sentence
    assert "capped-bleed" not in rules(
        look(design("box", (80, 150, 80)), DielineOptions(bleed=4, glue_flap=12))
    )


def looked(panel_id: str = "front", press: PressFacts | None = None, **looks: Any) -> list[Finding]:
    """What is said of one panel whose pixels tell that."""
    state = design()
    facts = pictures(state)
    facts[panel_id] = replace(facts[panel_id], looks=PictureLooks(**looks))
    found = preflight(state, facts, DielineOptions(), press=press)
    return [one for one in found if one.panel_id == panel_id]


@pytest.mark.parametrize(
    ("looks", "rule"),
    [
        ({"rim": 0.5}, "short-artwork"),
        ({"thin": 200.0}, "thin-lines"),
        ({"bare": (AreaKind.FOIL,)}, "empty-finish"),
        ({"lettering": (Lettering("Net 250 g", 1.2), Lettering("Tea", 20))}, "near-edge"),
    ],
)
def test_what_pixels_tell(looks: dict[str, Any], rule: str) -> None:
    (found,) = looked(**looks)
    assert (found.rule, found.level) == (rule, Level.WARNING)


def test_a_painted_code_is_as_large_as_tills_need_it() -> None:
    (found,) = looked(codes=(TillCode("4006381333931", 0.769, (0.1, 0.2, 0.3, 0.4)),))
    assert (found.rule, found.level, found.place) == ("small-code", Level.WARNING, (0.1, 0.2, 0.3, 0.4))
    assert "77 %" in found.sentence
    assert looked(codes=(TillCode("4006381333931", 0.797), TillCode("2112345678900", 0.5))) == []


def test_good_pixels_tell_nothing() -> None:
    assert looked(rim=1.0, thin=5.0, lettering=(Lettering("Tea", 3.0),)) == []
    assert looked(rim=0.0) == []  # a logo on bare board


def test_ink_is_said_where_nothing_holds_it() -> None:
    (found,) = looked(press=PressFacts(separated=False, ink_limit=300), ink=330.4)
    assert (found.rule, "330 %" in found.sentence) == ("ink-over-limit", True)
    assert looked(press=PressFacts(separated=False, ink_limit=300), ink=300.4) == []
    assert looked(press=PressFacts(separated=True, ink_limit=300), ink=330) == []


def test_it_is_said_what_becomes_of_colours() -> None:
    state = design()
    facts = pictures(state)
    presses = None, PressFacts(separated=False, ink_limit=300), PressFacts(separated=True, ink_limit=300)
    asked = {"no-profile", "rgb-left"}
    said = [rules(list(preflight(state, facts, DielineOptions(), press=one))) & asked for one in presses]
    assert said == [{"no-profile"}, {"rgb-left"}, set()]
    drawn = {panel: replace(one, drawn=True) for panel, one in facts.items()}
    left = preflight(state, drawn, DielineOptions(), press=PressFacts(separated=True, ink_limit=300))
    assert [one.level for one in left if one.rule == "rgb-left"] == [Level.WARNING]


def test_the_inner_walls_of_a_mailer_pass_each_other() -> None:
    options = DielineOptions(DielineStyle.MAILER)
    assert "high-mailer" in rules(look(design(size=(100, 110, 150)), options))
    assert "high-mailer" not in rules(look(design(size=(110, 110, 150)), options))
    assert "high-mailer" not in rules(look(design(size=(100, 110, 150))))


def test_board_and_tuck_flaps_suit_the_size() -> None:
    large = design(size=(1200, 900, 600))
    short = DielineOptions(caliper=0.5, tuck=15)
    found = {one.rule: one for one in look(large, short)}
    assert {"thin-for-size", "short-tuck"} <= set(found)
    mend = found["short-tuck"].mend
    assert mend is not None
    changes: dict[str, Any] = {mend.name: mend.value}
    mended = rules(look(large, replace(short, **changes, caliper=1.5)))
    assert not {"thin-for-size", "short-tuck"} & mended
    assert not {"thin-for-size", "short-tuck"} & rules(look(design()))


@pytest.mark.parametrize("options", [{"bleed": 0.0}, {"safe": 0.0}, {"glue_flap": 0.0}])
def test_what_can_be_set_is_gone_when_it_is(options: dict[str, float]) -> None:
    blank = DielineOptions(**options)  # type: ignore[arg-type]  # all three are lengths
    mends = [one.mend for one in look(design(), blank) if one.mend is not None]
    changes: dict[str, Any] = {one.name: one.value for one in mends}
    mended = replace(blank, **changes)
    assert mends
    assert not [one for one in look(design(), mended) if one.mend is not None]


def test_large_panels_are_looked_at_from_further_away() -> None:
    assert "coarse" in rules(look(design(), dpi=140))
    assert "coarse" not in rules(look(design(size=(1200, 900, 600)), dpi=87))
    assert "coarse" in rules(look(design(size=(1200, 900, 600)), dpi=60))
