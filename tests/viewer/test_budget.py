from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from packdesk.domain.panels import PANEL_IDS
from packdesk.viewer.budget import CARD_BYTES, first_levels, level_size, texture_bytes

SIZES = st.dictionaries(
    st.text(max_size=3), st.tuples(st.integers(1, 9000), st.integers(1, 9000)), max_size=7
)


def test_a_mip_chain_takes_a_third_more() -> None:
    assert texture_bytes((1024, 1024)) == 4 * (4**11 - 1) // 3
    assert texture_bytes((4, 1)) == 4 * (4 + 2 + 1)


@given(SIZES, st.integers(10**4, 10**9), st.sampled_from([1024, 8192]))
def test_pictures_fit_and_nobody_loses_more_than_needed(
    sizes: dict[str, tuple[int, int]], budget: int, longest: int
) -> None:
    levels = first_levels(sizes, budget, longest)
    shown = {name: level_size(size, levels[name]) for name, size in sizes.items()}
    assert sum(map(texture_bytes, shown.values())) <= budget
    assert all(max(size) <= longest for size in shown.values())
    most = max((texture_bytes(size) for size in shown.values()), default=0)
    for name, size in sizes.items():
        # Whoever was halved for the budget was the largest before.
        if levels[name] and max(level_size(size, levels[name] - 1)) <= longest:
            assert texture_bytes(level_size(size, levels[name] - 1)) >= most


def test_six_large_pictures_fit_and_larger_ones_cost_the_last_its_sharpness() -> None:
    names = PANEL_IDS["box"]
    assert set(first_levels(dict.fromkeys(names, (4096, 4096)), CARD_BYTES).values()) == {0}
    levels = first_levels(dict.fromkeys(names, (4097, 4097)), CARD_BYTES)
    assert levels == {**dict.fromkeys(names, 0), names[-1]: 1}
