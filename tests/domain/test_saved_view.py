"""Named views: what is kept of them, and what is refused."""

from __future__ import annotations

import pytest

from packdesk.domain.saved_view import MOST_VIEWS, SavedView, with_view
from packdesk.errors import InvalidInputError


def test_a_view_takes_the_place_of_another_of_its_name() -> None:
    views = (SavedView("Front", -90, 0), SavedView("Top", -90, 90))
    assert with_view(views, SavedView("Front", -80, 5)) == (SavedView("Front", -80, 5), views[1])


def test_there_is_an_end_to_them() -> None:
    views = tuple(SavedView(str(number), 0, 0) for number in range(MOST_VIEWS))
    with pytest.raises(InvalidInputError):
        with_view(views, SavedView("one more", 0, 0))


def test_a_name_stands_on_one_short_line() -> None:
    assert SavedView("a\nb" + 100 * "c", 0, 0).name.startswith("a b")
    assert len(SavedView(100 * "c", 0, 0).name) <= 40


def test_the_views_of_every_package_keep_their_names() -> None:
    with pytest.raises(InvalidInputError, match="Every package has a view “front”"):
        with_view((), SavedView("front", 40, 60))
