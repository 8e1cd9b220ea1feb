"""Time left, judged by what is done."""

from __future__ import annotations

from packdesk.services.batch import Pace


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_nothing_is_known_before_a_panel_is_done() -> None:
    pace = Pace(6, 2, Clock())
    assert pace.left_s() is None
    pace.begin("front")
    assert pace.left_s() is None
    assert pace.panel_left_s("front") is None


def test_the_mean_of_what_is_done_times_what_is_left() -> None:
    clock = Clock()
    pace = Pace(6, 2, clock)
    pace.begin("front")
    pace.begin("back")
    clock.now = 4
    pace.end("front")
    pace.end("back")
    assert pace.left_s() == 8  # four more, two at a time, 4 s each
    pace.begin("left")
    pace.begin("right")
    clock.now = 7
    assert pace.panel_left_s("left") == 1
    assert pace.left_s() == 5  # 1 s each for two, 4 s each for two, two at a time
    clock.now = 30
    assert pace.panel_left_s("left") == 0
    assert pace.left_s() == 4


def test_the_slowest_panel_in_work_counts() -> None:
    clock = Clock()
    pace = Pace(3, 6, clock)
    for panel in ("front", "back", "left"):
        pace.begin(panel)
    clock.now = 10
    pace.end("front")
    clock.now = 12
    assert pace.left_s() == 0
    pace.end("back")
    pace.end("left")
    assert pace.left_s() == 0
