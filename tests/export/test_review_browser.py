"""The review page in a real browser, from a file, with the network off."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.browser import CHROMIUM, Page, browser_page, downloaded
from support.review import ISSUED, art, needs_viewer, reviewed

from packdesk.domain.dieline.build import make_dieline
from packdesk.domain.dieline.values import DielineOptions
from packdesk.domain.review import read_answer
from packdesk.domain.state import default_state
from packdesk.errors import AnswerError
from packdesk.export.review.changes import Earlier
from packdesk.export.review.page import review_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [needs_viewer, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]
READY = "document.documentElement.dataset.ready"
KNOWN = {
    "RGBELoader has been deprecated. Please use HDRLoader instead.",
    "rAF timed out in updateSource",  # on a busy machine
}
"""What the viewer says of its own parts."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Has the page of a box, and what is saved from it."""
    made = tmp_path_factory.mktemp("review")
    (made / "tea.html").write_bytes(review_page(reviewed()))
    return made


@pytest.fixture(scope="module")
def opened(folder: Path) -> Iterator[Page]:
    """One browser for all tests."""
    with browser_page(folder, (folder / "tea.html").as_uri(), online=False) as made:
        yield made


@pytest.fixture
def page(opened: Page, folder: Path) -> Page:
    """The page as nobody has seen it yet."""
    opened.evaluate("localStorage.clear()")
    opened.open("about:blank")
    opened.complaints.clear()
    opened.requests.clear()
    opened.asked = 0
    opened.open((folder / "tea.html").as_uri())
    opened.wait(READY)
    return opened


def middle(page: Page, selector: str) -> tuple[float, float]:
    """Where an element is on the page."""
    box = page.evaluate(
        f"(b => [b.x + b.width / 2, b.y + b.height / 2])({_found(selector)}.getBoundingClientRect())"
    )
    return box[0], box[1]


def _found(selector: str) -> str:
    return f"document.querySelector({json.dumps(selector)})"


def press(page: Page, selector: str) -> None:
    page.evaluate(f"{_found(selector)}.click()")


def write(page: Page, selector: str, text: str) -> None:
    page.evaluate(f"{_found(selector)}.focus()")
    page.type(text)


def pins(page: Page, place: str) -> list[list[str]]:
    """Numbers and names of the pins there."""
    found: list[list[str]] = page.evaluate(
        f"[...document.querySelectorAll('{place} .pin')].map(pin => [pin.textContent, pin.ariaLabel])"
    )
    return found


def answer_of(folder: Path) -> str:
    """The answer file that was saved."""
    file = downloaded(folder, "*-answer.json")
    assert file.name == "Tea imorei - Anna-answer.json"
    return file.read_text("utf-8")


def test_a_review_from_turning_to_the_answer(page: Page, folder: Path) -> None:
    x, y = middle(page, "model-viewer")
    before = page.evaluate("String(document.querySelector('model-viewer').getCameraOrbit())")
    page.drag((x, y), (x + 150, y))
    page.wait(f"String(document.querySelector('model-viewer').getCameraOrbit()) !== {json.dumps(before)}")

    press(page, "#views button:nth-child(2)")
    page.wait("Math.abs(document.querySelector('model-viewer').getCameraOrbit().theta) < 0.001")
    press(page, "#add")
    page.wait("document.querySelector('model-viewer').getCameraOrbit().phi > 1.57")
    page.drawn()
    page.click(*middle(page, "model-viewer"))
    page.wait("document.querySelectorAll('.remark').length === 1")
    page.type("The logo is <b>too</b> small")
    assert (
        pins(page, "model-viewer") == pins(page, ".sheet") == [["1", "Remark 1, Front. Arrow keys move it."]]
    )

    press(page, "#save")
    assert page.evaluate("document.querySelector('#told').textContent") == "Your name is missing."
    write(page, "#reviewer", "Anna")
    press(page, "[name=verdict][value=changes]")
    press(page, "#checklist input")
    press(page, "#save")
    sent = answer_of(folder)
    answer = read_answer(sent, [ISSUED]).answer
    with pytest.raises(AnswerError, match="changed"):
        read_answer(sent.replace("small", "large"), [ISSUED])
    assert (answer.reviewer, answer.verdict) == ("Anna", "changes")
    assert [tick.id for tick in answer.checklist if tick.done] == ["spelling"]
    (remark,) = answer.remarks
    assert (remark.panel, remark.text) == ("front", "The logo is <b>too</b> small")
    assert (remark.u, remark.v) == pytest.approx((0.5, 0.5), abs=0.02)
    assert set(page.complaints) <= KNOWN
    assert page.requests == [(folder / "tea.html").as_uri()], "nothing but the page itself"


def test_pins_go_where_the_folding_takes_them(page: Page) -> None:
    page.evaluate("document.querySelector('#hint-panel').value = 'right'")
    press(page, "#hint-place")
    closed = page.evaluate("document.querySelector('model-viewer .pin').dataset.surface")
    page.evaluate("document.querySelector('#fold').value = '0'")
    page.evaluate("document.querySelector('#fold').dispatchEvent(new Event('input'))")
    flat = page.evaluate("document.querySelector('model-viewer .pin').dataset.surface")
    assert closed != flat, "on the blank by now"
    assert page.evaluate("document.querySelector('model-viewer').currentTime") == 0
    page.evaluate("document.querySelector('model-viewer .pin').focus()")
    page.key("ArrowRight")
    page.key("ArrowDown")
    draft = page.evaluate(f"JSON.parse(localStorage.getItem('packdesk-review-{'ab' * 16}'))")
    (remark,) = draft["remarks"]
    assert (remark["panel"], remark["u"], remark["v"]) == ("right", 0.51, 0.51)
    assert page.evaluate("document.activeElement.className") == "pin chosen", "and it can be moved on"


def test_a_place_on_the_blank_is_that_place_of_the_picture(page: Page) -> None:
    press(page, "#tab-flat")
    for number, panel in enumerate(("front", "left", "top", "bottom"), 1):
        press(page, "#add")
        x, y, size = page.evaluate(
            f"(b => [b.x, b.y, [b.width, b.height]])"
            f"(document.querySelector('image[data-panel={panel}]').getBoundingClientRect())"
        )
        page.click(x + size[0] / 4, y + size[1] / 4)
        page.wait(f"document.querySelectorAll('.remark').length === {number}")
    draft = page.evaluate(f"JSON.parse(localStorage.getItem('packdesk-review-{'ab' * 16}'))")
    assert [one["panel"] for one in draft["remarks"]] == ["front", "left", "top", "bottom"]
    turned = {panel.panel_id: panel.rotation for panel in reviewed().dieline.panels}
    for remark in draft["remarks"]:
        wanted = {0: (0.25, 0.25), 180: (0.75, 0.75)}[turned[remark["panel"]]]
        assert (remark["u"], remark["v"]) == pytest.approx(wanted, abs=0.03), remark["panel"]


def test_what_was_written_is_there_when_the_page_is_opened_again(page: Page) -> None:
    press(page, "#hint-place")
    page.type("Larger, please.")
    write(page, "#reviewer", "Anna")
    draft = f"packdesk-review-{'ab' * 16}"
    spoilt = f"JSON.stringify({{...JSON.parse(localStorage['{draft}']), checked: [1], verdict: 'x'}})"
    page.evaluate(f"localStorage['{draft}'] = {spoilt}")
    page.open(page.evaluate("location.href"))
    assert page.evaluate("document.querySelector('.remark textarea').value") == "Larger, please."
    assert page.asked == 1, "nothing was saved yet"
    assert page.evaluate("document.querySelector('#reviewer').value") == "Anna"
    assert page.evaluate("document.querySelectorAll(':checked[name=verdict]').length") == 0
    page.wait(READY)
    page.evaluate("document.querySelector('.remark .plain').click()")
    page.wait("Math.abs(document.querySelector('model-viewer').getCameraOrbit().theta) < 0.001")
    page.evaluate("localStorage.clear()")
    page.evaluate(
        f"localStorage['{draft}'] = JSON.stringify({{remarks: [null, {{panel: 'lid'}}], reviewer: 7}})"
    )
    page.open(page.evaluate("location.href"))
    page.wait(READY)
    assert page.evaluate("document.querySelectorAll('.remark').length") == 0


def test_where_nothing_is_drawn_in_3d_the_blank_is_there(page: Page) -> None:
    script = "HTMLCanvasElement.prototype.getContext = () => null;"
    added = page.call("Page.addScriptToEvaluateOnNewDocument", source=script)["identifier"]
    page.open(page.evaluate("location.href"))
    page.call("Page.removeScriptToEvaluateOnNewDocument", identifier=added)
    page.wait("document.querySelector('#tab-flat').ariaSelected === 'true'")
    assert "cannot show 3D" in page.evaluate("document.querySelector('#busy').textContent")
    press(page, "#hint-place")
    assert pins(page, ".sheet") == [["1", "Remark 1, Front. Arrow keys move it."]]
    assert page.evaluate("document.querySelector('.sheet image').href.baseVal").startswith("blob:")


def test_a_slider_draws_the_earlier_version_over_the_blank(page: Page, folder: Path) -> None:
    before = Earlier("tea 1", default_state(), {**art("box"), "front": art("box")["back"]})
    dieline = make_dieline("box", default_state().package_dimensions, DielineOptions())
    file = folder / "compared.html"
    file.write_bytes(review_page(reviewed(dieline=dieline, earlier=before)))
    page.open(file.as_uri())
    page.wait(READY)
    press(page, "#change-list button")
    assert page.evaluate("document.querySelector('#tab-changes').ariaSelected") == "true"
    widths = []
    for value in (0, 500, 1000):
        page.evaluate(f"document.querySelector('#wipe').value = '{value}'")
        page.evaluate("document.querySelector('#wipe').dispatchEvent(new Event('input'))")
        widths.append(page.evaluate("Number(document.querySelector('#curtain rect').getAttribute('width'))"))
    assert widths[0] > widths[1] > widths[2] == 0
    assert page.evaluate("document.querySelectorAll('.mark').length") == 1
    press(page, "#tab-flat")
    assert page.evaluate("document.querySelectorAll('.mark').length") == 0
    assert page.evaluate("getComputedStyle(document.querySelector('#earlier')).display") == "none"
    assert set(page.complaints) <= KNOWN
