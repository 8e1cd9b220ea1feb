"""What becomes of links when panels are changed."""

from __future__ import annotations

from pathlib import Path

from packdesk.domain.links import (
    MOST_LINKS,
    MOST_WORKS,
    Link,
    Links,
    LinkView,
    carried_links,
    panel_target,
    time_of,
)
from packdesk.errors import LibraryUnwritableError

A, B, C = "a" * 64, "b" * 64, "c" * 64
FRONT = Link(target=panel_target("front"), file="/tea.png", works=(A,))
BACK = Link(target=panel_target("back"), file="/soap.png", works=(B,))
NONE = Links()


def of(*links: Link) -> Links:
    return Links(links=links)


def test_two_linked_panels_swap_their_links() -> None:
    after, ended = carried_links(of(FRONT, BACK), NONE, {"front": B, "back": A}, ("front", "back"))
    assert {(link.target.name, link.file) for link in after.links} == {
        ("back", "/tea.png"),
        ("front", "/soap.png"),
    }
    assert ended == NONE


def test_a_copy_takes_no_link_along() -> None:
    after, ended = carried_links(of(FRONT), NONE, {"front": A, "left": A}, ("left",))
    assert (after, ended) == (of(FRONT), NONE)


def test_another_picture_ends_a_link_until_its_own_is_back() -> None:
    after, ended = carried_links(of(FRONT), NONE, {"front": C}, ("front",))
    assert (after, ended) == (NONE, of(FRONT))
    assert carried_links(after, ended, {"front": A}, ("front",)) == (of(FRONT), NONE)


def test_a_bare_panel_keeps_its_link_and_another_gets_it_with_the_picture() -> None:
    assert carried_links(of(FRONT), NONE, {}, ("front",)) == (of(FRONT), NONE)
    after, _ = carried_links(of(FRONT), NONE, {"top": A}, ("front", "top"))
    assert [link.target.name for link in after.links] == ["top"]


def test_an_ended_link_makes_room_for_a_newer_one() -> None:
    newer = FRONT.model_copy(update={"file": "/new.png", "works": (C,)})
    after, ended = carried_links(of(newer), of(FRONT), {"front": C}, ("front",))
    assert (after, ended) == (of(newer), of(FRONT))


def test_nothing_grows_without_end() -> None:
    link = FRONT
    for number in range(2 * MOST_WORKS):
        link = link.with_work(f"{number:064x}")
    assert len(link.works) == MOST_WORKS
    assert link.works[-1] == f"{2 * MOST_WORKS - 1:064x}"
    links = NONE
    for number in range(2 * MOST_LINKS):
        links = links.having(FRONT.model_copy(update={"target": panel_target(f"p{number}")}))
    assert len(links.links) == MOST_LINKS


def test_the_time_of_a_stamp_may_be_anything() -> None:
    assert time_of((5, 1_700_000_000_000_000_000)).startswith("2023-11-14T22:13:20")
    assert [time_of(stamp) for stamp in ((), (1,), (1, 10**30))] == ["", "", ""]
    assert FRONT.path == Path("/tea.png")


def test_a_trouble_said_of_a_file_is_the_same_whatever_is_noted_of_the_link() -> None:
    full = LinkView(FRONT, "waiting", LibraryUnwritableError("No space."))
    noted = LinkView(
        FRONT.model_copy(update={"works": (A, B)}), "waiting", LibraryUnwritableError("No space.")
    )
    assert noted != full
    assert noted.fares_as(full)
    assert not full.fares_as(None)
    assert not full.fares_as(LinkView(FRONT, "waiting", LibraryUnwritableError("Read-only.")))
    assert not full.fares_as(LinkView(FRONT, "followed", full.error))
    assert not full.fares_as(LinkView(BACK, "waiting", full.error))
