"""What a window opens after its first frame, and what it knows of that before."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from packdesk.jobs.opening import Opening
from packdesk.store.address import checked_address, public_address

if TYPE_CHECKING:
    from contextlib import ExitStack

    from packdesk.generation.keys import KeyKeeper
    from packdesk.services.container import Services
    from packdesk.settings import Settings
    from packdesk.store.base import StateStore


def window_opening(
    settings: Settings, keys: KeyKeeper, store: StateStore | None, closing: ExitStack
) -> Opening:
    """The services, not yet made: they would delay the first frame by their imports.

    Args:
        settings: where the design is kept and who makes artwork.
        keys: where a key is looked for.
        store: where the design is kept instead of where the settings say.
        closing: closes what was opened.

    Raises:
        InvalidSettingError: the address of the shared store is none.
    """
    kind, place = (store.kind, store.place) if store is not None else _store_place(settings)
    provider = "gemini" if settings.provider == "gemini" and not settings.offline else "offline"
    made = partial(_services, settings, keys, store, closing)
    return Opening(made, store_kind=kind, store_place=place, provider=provider)


def _store_place(settings: Settings) -> tuple[str, str]:
    """Kind and place of the store that the settings ask for."""
    if settings.redis_url is None:
        return "local", str(settings.data_dir)
    address = settings.redis_url.get_secret_value()
    checked_address(address)
    return "offline" if settings.offline else "shared", public_address(address)


def _services(settings: Settings, keys: KeyKeeper, store: StateStore | None, closing: ExitStack) -> Services:
    from packdesk.app.core import choose_provider, open_services  # noqa: PLC0415  (see `window_opening`)

    provider = choose_provider(settings, keys, beside_window=True)
    if store is None and settings.redis_url is None:
        store = _own_design(settings, closing)
    return closing.enter_context(open_services(settings, provider, store))


def _own_design(settings: Settings, closing: ExitStack) -> StateStore:
    """A design of this machine that no other window has, unless one is named."""
    from packdesk.store.shelf import Shelf  # noqa: PLC0415  (as above)
    from packdesk.store.sqlite import SqliteStore  # noqa: PLC0415  (as above)

    return SqliteStore(closing.enter_context(Shelf(settings.data_dir).opened(settings.design)).file)
