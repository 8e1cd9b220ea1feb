"""Numbers and switches of the code in packdesk/dielines are those somebody chose."""

from support.chosen import assert_as_chosen


def test_numbers_are_as_they_were_chosen() -> None:
    assert_as_chosen("dielines")
