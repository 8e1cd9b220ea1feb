"""The barcode is a real one, with a number no shop sells."""

from __future__ import annotations

import pytest

from packdesk.generation.offline.barcode import article_number, modules


@pytest.mark.parametrize("seed", [0, 1, 2**63])
def test_numbers_have_a_valid_check_digit_and_the_in_store_prefix(seed: int) -> None:
    number = article_number(seed)
    assert len(number) == 13
    assert number[0] == "2"
    assert sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(number)) % 10 == 0


def test_modules_of_a_known_number() -> None:
    odd_0, even_0, right_0, right_8 = "0001101", "0100111", "1110010", "1001000"
    left = odd_0 + odd_0 + even_0 + even_0 + odd_0 + even_0
    assert modules("2000000000008") == f"101{left}01010{right_0 * 5}{right_8}101"


def test_every_number_has_95_modules() -> None:
    assert len(modules(article_number(12345))) == 95
