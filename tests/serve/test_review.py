"""The review page of a running server, and the answers it takes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.answers import answer, remark, sealed
from support.browser import CHROMIUM, browser_page
from support.review import needs_viewer, told

from packdesk.domain.review import MAX_ANSWER_BYTES, IssuedReview
from packdesk.serve.guard import MAX_BODY

if TYPE_CHECKING:
    from pathlib import Path

    from support.server import Served
    from support.shell import Shell

pytestmark = needs_viewer
ANSWERS = "/packaging/review/answers"


def issued(served: Served) -> IssuedReview:
    """What the page says answers are known by."""
    said = told(served.get("/review").content)
    return IssuedReview(
        id=said["review"], key=said["key"], hash=said["design"]["hash"], name=said["name"], at=said["made"]
    )


def sent(review: IssuedReview, reviewer: str, **values: object) -> str:
    design = {"id": None, "name": review.name, "hash": review.hash}
    return sealed(answer(reviewer, remark(1), review=review.id, design=design, **values), review)


def test_the_page_is_made_once_for_each_version(served: Served) -> None:
    page = served.get("/review")
    assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert told(page.content)["live"] is True
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "connect-src 'self' data: blob:" in policy
    assert "frame-ancestors 'none'" in policy
    assert served.get("/review").content == page.content
    size = {"package_type": "box", "dimensions": {"width": 120, "height": 150, "depth": 80}}
    served.post("/packaging/update-dimensions", size)
    other = told(served.get("/review").content)
    assert other["size"] == [120, 150, 80]
    assert other["key"] != told(page.content)["key"]


def test_an_answer_is_kept_with_the_design(served: Served, shell: Shell) -> None:
    review = issued(served)
    text = sent(review, "Ada", verdict="approved")
    for status in ("taken", "known"):
        taken = served.ask("POST", ANSWERS, text.encode())
        assert (taken.status, taken.json) == (200, {"status": status, "reviewer": "Ada", "stale": False})
    assert b"Ada" in json.dumps(shell.json("remarks")).encode()
    assert b"Ada" not in served.get("/packaging/state").content


def test_a_long_answer_is_taken(served: Served) -> None:
    review = issued(served)
    design = {"id": None, "name": review.name, "hash": review.hash}
    remarks = [remark(number, "x" * 1900) for number in range(1, 60)]
    text = sealed(answer("Ada", *remarks, review=review.id, design=design), review)
    assert len(text) > MAX_BODY
    assert served.ask("POST", ANSWERS, text.encode()).json["status"] == "taken"


def test_what_is_no_answer_is_refused(served: Served) -> None:
    review = issued(served)
    forged = sent(review, "Ada", verdict="approved").replace("Ada", "Eve")
    for body in (forged.encode(), b"{}", b"no json"):
        refused = served.ask("POST", ANSWERS, body)
        assert refused.status == 422, body
        assert isinstance(refused.detail, str)
    large = served.ask("POST", ANSWERS, b'"' + b"x" * MAX_ANSWER_BYTES + b'"')
    assert large.status == 413
    assert served.post(ANSWERS, {}, Origin="http://stranger.example").status == 403


def test_a_link_leads_to_the_page_but_no_page_reads_it(served: Served) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert served.ask("GET", "/review", headers={**foreign, "Sec-Fetch-Mode": "navigate"}).status == 200
    assert served.ask("GET", "/review", headers={**foreign, "Sec-Fetch-Mode": "no-cors"}).status == 403
    state = served.ask("GET", "/packaging/state", headers={**foreign, "Sec-Fetch-Mode": "navigate"})
    assert state.status == 403


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
def test_a_browser_sends_its_answer_home(served: Served, shell: Shell, tmp_path: Path) -> None:
    with browser_page(tmp_path, f"{served.base}/review") as page:
        page.wait("document.documentElement.dataset.ready")
        page.evaluate("document.querySelector('#reviewer').focus()")
        page.type("Grace")
        page.evaluate("document.querySelector('[name=verdict][value=approved]').click()")
        page.evaluate("document.querySelector('#send').click()")
        said = page.wait("document.querySelector('#told').textContent")
        assert said == "Your answer has arrived. Thank you.", page.complaints
    assert "Grace" in json.dumps(shell.json("remarks"))
