"""Prompts and orders: limits, lettering in quotes, what is offered again."""

from __future__ import annotations

import pytest

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dimensions import DEFAULT_DIMENSIONS
from packdesk.domain.order import GenerationOrder
from packdesk.domain.panels import FlatSize, check_panel, goes_around, neighbours
from packdesk.domain.prompts import (
    EXAMPLES,
    advice,
    check_prompt,
    imported_note,
    is_prompt,
    quoted_names,
    used_prompts,
    without_quoted,
)
from packdesk.domain.state import default_state, new_texture, printed_size, status_of, utc_text
from packdesk.errors import InvalidInputError


def test_a_prompt_has_three_to_two_thousand_characters() -> None:
    assert check_prompt(" tea\t\n") == "tea"
    assert len(check_prompt("x" * 2000)) == 2000
    with pytest.raises(InvalidInputError, match="at least 3"):
        check_prompt("te")
    with pytest.raises(InvalidInputError, match="2,001 characters; 2,000"):
        check_prompt("x" * 2001)
    assert check_prompt("a nice tea") == "a nice tea", "one word that says something is enough"
    with pytest.raises(InvalidInputError, match="too vague"):
        check_prompt("Nice, design!")
    assert check_prompt("a\x07b\rc d") == "ab c d"


def test_advice_is_given_once_something_is_written() -> None:
    assert advice("  ") == advice("botanical tea") == ""
    assert "too vague" in advice("logo")
    assert all(not advice(example) for example in EXAMPLES)


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ('Leaves, "Sol Field" and “Evening Tea”', ["Sol Field", "Evening Tea"]),
        ("«Casa» and \N{LEFT SINGLE QUOTATION MARK}Night’ but not the painter's brush", ["Casa", "Night"]),
        ("“!?” and “ ”", []),
        ("“🌾”", ["🌾"]),
        ("„Hafer „Kern“ extra“, »Zwei «b» c«", ["Hafer „Kern“ extra", "Zwei «b» c"]),
        ("„Hafer “Kern” extra“ und ”Tre”", ["Hafer “Kern” extra", "Tre"]),
        (
            "\N{LEFT SINGLE QUOTATION MARK}Rock 'n' Roll’, \"Otter's “Den”\"",
            ["Rock 'n' Roll", "Otter's “Den”"],
        ),
        ('„Sol" und “Tea", „Mild“', ["Sol", "Tea", "Mild"]),
        (f"“{'x' * 81}”", ["x" * 81]),
        (f"“{'word ' * 80}end”", ["word " * 80 + "end"]),
        ("“two\nlines”", []),
        ("\N{LEFT SINGLE QUOTATION MARK}" + "x" * 201 + "’", []),
    ],
)
def test_lettering_stands_in_quotes(prompt: str, names: list[str]) -> None:
    assert quoted_names(prompt) == names


def test_what_is_left_of_a_prompt_has_no_lettering() -> None:
    assert without_quoted("Leaves “Sol Field” in green").split() == ["Leaves", "in", "green"]


def test_the_prompts_of_the_package_s_own_panels_are_offered_the_newest_first_and_once() -> None:
    size = FlatSize(width=100, height=150)
    made = {
        "front": ("birds", "2026-01-01T00:00:00Z"),
        "back": ("leaves", "2026-01-03T00:00:00Z"),
        "left": ("birds", "2026-01-02T00:00:00Z"),
        "right": (imported_note("tea.png"), "2026-01-04T00:00:00Z"),
        "top": ("of old", "whenever"),
        "bottom": ("y" * 2001, "2025-01-01T00:00:00Z"),
        "body": ("of another package", "2026-01-05T00:00:00Z"),
    }
    textures = {name: new_texture(name, "u", prompt, size, when) for name, (prompt, when) in made.items()}
    state = default_state().model_copy(update={"panel_textures": textures})
    assert used_prompts(state) == ["leaves", "birds", "y" * 1999 + "…", "of old"]


def test_a_file_s_name_is_no_prompt() -> None:
    assert imported_note("a\nb.png") == "Imported from a b.png"
    assert len(imported_note("x" * 300)) == len("Imported from ") + 200
    assert [is_prompt(text) for text in ("", "birds", imported_note("a"))] == [False, True, False]


def test_an_order_for_one_panel_is_no_batch() -> None:
    everything = GenerationOrder("birds")
    assert everything.bulk
    assert not everything.for_panels(["front"]).bulk
    assert everything.for_panels(["front", "top"]).bulk
    assert everything.for_panels(iter(["front"])) == GenerationOrder("birds", ("front",))


def test_what_lies_beside_a_panel() -> None:
    assert neighbours("box", "front") == ("right", "left", "top", "bottom")
    assert neighbours("box", "top")[0] == neighbours("box", "bottom")[0] == "front"
    assert neighbours("cylinder", "body") == ("top", "bottom")
    assert neighbours("cylinder", "top") == ("body",)
    for panel_id in ("front", "back", "left", "right", "top", "bottom"):
        assert all(panel_id in neighbours("box", other) for other in neighbours("box", panel_id))
        assert not goes_around(panel_id)
    assert goes_around("body")
    assert check_panel("cylinder", "body") == "body"


def test_a_panel_is_found_by_its_name() -> None:
    blank = make_dieline("box", DEFAULT_DIMENSIONS["box"])
    assert blank.panel("top") is blank.panels[4]
    with pytest.raises(KeyError):
        blank.panel("body")


def test_a_texture_says_its_size_to_a_thousandth_of_a_millimetre() -> None:
    size = printed_size(FlatSize(width=251.32741, height=150.0006))
    assert (size.width, size.height) == (251.327, 150.001)


def test_times_are_utc_to_the_millisecond() -> None:
    text = utc_text()
    assert text.endswith("Z")
    assert len(text) == len("2026-11-23T10:00:00.000Z")


def test_the_status_names_the_one_panel_other_programs_name() -> None:
    state = default_state().model_copy(update={"in_progress": True, "generating_panel": "front"})
    assert status_of(state).generating_panels == ["front"]
    assert state.panels_in_work() == ("front",)
    both = state.model_copy(update={"generating_panels": ["top", "front"]})
    assert both.panels_in_work() == ("top", "front")
    idle = both.model_copy(update={"in_progress": False})
    assert (idle.panels_in_work(), status_of(idle).in_progress) == ((), False)
    assert idle.model_copy(update={"bulk_generation_in_progress": True}).generating
