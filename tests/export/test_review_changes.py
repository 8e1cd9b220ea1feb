"""An earlier version on the review page."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from support.review import art, blank, needs_viewer, reviewed, told

from packdesk.domain.dimensions import Dimensions
from packdesk.domain.state import PackagingState, default_state
from packdesk.export.review.changes import MOST_EARLIER_BYTES, Earlier, earlier_values
from packdesk.export.review.page import review_page
from packdesk.export.review.pictures import MOST_BYTES, web_picture


def state(kind: str = "box", **sizes: float) -> PackagingState:
    dimensions = Dimensions(**({"width": 100, "height": 150, "depth": 60} | sizes))
    return default_state().model_copy(update={"package_type": kind, "package_dimensions": dimensions})


def png(colour: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (200, 300), colour).save(file, "PNG")
    return file.getvalue()


def test_only_what_was_another_is_held_twice() -> None:
    today = art("box")
    before = {**today, "front": png("green")}
    values = earlier_values(Earlier("tea 1", state(), before), blank("box"), today)
    assert {panel for panel, picture in values["pictures"].items() if picture} == {"front"}
    assert values["pictures"].keys() == today.keys()
    assert {place["panel"] for place in values["places"]} == {"front"}
    assert (values["name"], values["size"], values["type"]) == ("tea 1", None, None)


@pytest.mark.parametrize("bare_is", ["earlier", "later"])
def test_a_panel_that_was_bare_has_changed_as_a_whole(bare_is: str) -> None:
    bare = {panel: picture for panel, picture in art("box").items() if panel != "top"}
    before, today = (bare, art("box")) if bare_is == "earlier" else (art("box"), bare)
    values = earlier_values(Earlier("tea 1", state(), before), blank("box"), today)
    assert values["places"] == [{"panel": "top", "left": 0.0, "top": 0.0, "right": 1.0, "bottom": 1.0}]
    assert ("top" in values["pictures"]) == (bare_is == "later")


def test_another_size_is_told_and_another_type_is_not_compared() -> None:
    resized = earlier_values(Earlier("tea 1", state(height=140), art("box")), blank("box"), art("box"))
    assert (resized["size"], resized["places"]) == ([100, 140, 60], [])
    cylinder = state("cylinder", depth=100)
    other = earlier_values(Earlier("tea 1", cylinder, art("cylinder")), blank("box"), art("box"))
    assert (other["type"], other["pictures"], other["places"]) == ("cylinder", {}, [])


@needs_viewer
def test_names_are_text_and_their_places_are_told() -> None:
    before = {**art("box"), "front": png("green")}
    page = review_page(reviewed(earlier=Earlier("</script>", state(), before)))
    assert told(page)["earlier"]["name"] == "</script>"
    assert len(told(page)["earlier"]["places"]) == 1


@needs_viewer
def test_no_page_is_larger_than_ten_megabytes() -> None:
    """Of what is in it only the pictures depend on the design, and those are held below a limit."""
    bare = max(len(review_page(reviewed(kind, artwork={}))) for kind in ("box", "cylinder"))
    assert bare + (MOST_BYTES + MOST_EARLIER_BYTES) * 4 / 3 < 10_000_000


def test_what_no_encoder_makes_small_is_shown_smaller() -> None:
    file = io.BytesIO()
    Image.effect_noise((600, 900), 90).convert("RGB").save(file, "PNG")
    small = web_picture(file.getvalue(), 60_000)
    assert len(small) <= 60_000
    with Image.open(io.BytesIO(small)) as opened:
        assert opened.size[0] / opened.size[1] == pytest.approx(2 / 3, abs=0.02)
        assert opened.size[0] > 100
