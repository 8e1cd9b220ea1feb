"""The words on the pack travel with an order, an interrupted job and a restart; what is left out is told."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from support.providers import ScriptedProvider, picture_bytes
from support.sessions import services_over

from packdesk.domain.order import GenerationOrder
from packdesk.domain.pack_words import PackWords
from packdesk.errors import InvalidInputError
from packdesk.generation.offline.provider import OfflineProvider
from packdesk.store.kept_file import KeptValue
from packdesk.store.sqlite import SqliteStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from packdesk.services.container import Services

WORDS = PackWords(brand="Sol Field", barcode="4006381333931")


@pytest.fixture
def provider() -> ScriptedProvider:
    return ScriptedProvider()


@pytest.fixture
def services(tmp_path: Path, provider: ScriptedProvider) -> Iterator[Services]:
    store = SqliteStore(tmp_path / "store.sqlite3")
    yield services_over(store, provider, tmp_path)
    store.close()


async def test_the_provider_gets_the_words_and_nothing_else(
    services: Services, provider: ScriptedProvider
) -> None:
    outcome = await services.generation.generate(GenerationOrder("dots “Tea”", ("front",), words=WORDS))
    assert provider.requests[0].words == WORDS
    assert outcome.order.words == WORDS, "and so Retry has them"
    assert [note.split(" ")[0] for note in outcome.notes] == ["“Tea”", "The"]
    assert "barcode is not drawn" in outcome.notes[1]


async def test_without_words_the_prompt_says_them(services: Services, provider: ScriptedProvider) -> None:
    await services.generation.generate(GenerationOrder("Product name: Zelda Cookies", ("front",)))
    assert provider.requests[0].words == PackWords(product="Zelda Cookies")


async def test_a_wrong_barcode_stops_before_anything_is_asked(
    services: Services, provider: ScriptedProvider
) -> None:
    wrong = PackWords(barcode="4006381333932")
    with pytest.raises(InvalidInputError, match="mistyped"):
        await services.generation.generate(GenerationOrder("dots all over", words=wrong))
    assert provider.requests == []


async def test_a_reference_nobody_looked_at_is_told(services: Services, tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(picture_bytes())
    outcome = await services.generation.generate(GenerationOrder("dots all over", ("front",), file))
    assert outcome.notes == (
        "The reference picture was not looked at: the painter on this computer works from words.",
    )


def test_words_are_kept_beside_the_design(tmp_path: Path) -> None:
    kept = KeptValue(tmp_path / "words", "a place", PackWords)
    assert kept.read() is None
    kept.write(WORDS)
    assert kept.read() == WORDS
    assert KeptValue(tmp_path / "words", "another", PackWords).read() is None
    (file,) = (tmp_path / "words").iterdir()
    assert file.stat().st_mode & 0o077 == 0
    file.write_text("no words")
    assert kept.read() is None


@pytest.mark.usefixtures("qapp")
async def test_a_barcode_on_none_of_the_panels_is_told(tmp_path: Path) -> None:
    with contextlib.closing(SqliteStore(tmp_path / "store.sqlite3")) as store:
        generation = services_over(store, OfflineProvider(), tmp_path).generation
        outcome = await generation.generate(GenerationOrder("dots", ("front", "left"), words=WORDS))
        assert outcome.notes == ("The barcode is not on what was made: front, left.",)
        outcome = await generation.generate(GenerationOrder("dots", ("front", "bottom"), words=WORDS))
        assert outcome.notes == ()
