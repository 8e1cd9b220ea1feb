"""A provider's key: from the environment, the system's key store, or this session's memory.

A key is never written anywhere else and never part of a message.
"""

from __future__ import annotations

import logging
from typing import Literal

from pydantic import SecretStr

from packdesk.errors import InvalidInputError

KeySource = Literal["environment", "key store", "session", "none"]

_SERVICE = "packdesk"
_MAX_LENGTH = 400
_log = logging.getLogger(__name__)


class KeyKeeper:
    """Finds and remembers one provider's key. Blocks: the system's key store may ask the user first."""

    def __init__(self, account: str, given: SecretStr | None = None) -> None:
        """Serve the key of `account` (such as `gemini`); a `given` one, from the environment, wins."""
        self._account = account
        self._given = _tidy(given)
        self._session: SecretStr | None = None

    def find(self) -> tuple[SecretStr | None, KeySource]:
        """The key and where it came from."""
        if self._given is not None:
            return self._given, "environment"
        if self._session is not None:
            return self._session, "session"
        stored = self._stored()
        return (stored, "key store") if stored else (None, "none")

    def remember(self, key: SecretStr) -> KeySource:
        """Keep a key in the system's key store, or, where there is none, until the program ends.

        Raises:
            InvalidInputError: it cannot be a key.
        """
        checked = check_key(key)
        try:
            import keyring  # noqa: PLC0415  (costs start-up time, and most start without a key)

            keyring.set_password(_SERVICE, self._account, checked.get_secret_value())
        except Exception as error:  # noqa: BLE001  (see `_stored`)
            _log.info("The system's key store takes no key: %s", type(error).__name__)
            self._session = checked
            return "session"
        self._session = None
        return "key store"

    def forget(self) -> None:
        """Remove the key from memory and from the system's key store."""
        self._session = None
        try:
            import keyring  # noqa: PLC0415

            keyring.delete_password(_SERVICE, self._account)
        except Exception as error:  # noqa: BLE001  (see `_stored`; also when nothing was kept there)
            _log.info("The system's key store has no key to forget: %s", type(error).__name__)

    def _stored(self) -> SecretStr | None:
        # Key stores are plug-ins chosen by the environment: one that is misnamed fails while it is imported,
        # and not all keep to keyring's own errors.
        try:
            import keyring  # noqa: PLC0415

            found = keyring.get_password(_SERVICE, self._account)
        except Exception as error:  # noqa: BLE001
            _log.info("The system's key store does not answer: %s", type(error).__name__)
            return None
        return _tidy(SecretStr(found)) if found else None


def check_key(key: SecretStr) -> SecretStr:
    """Return the key without blanks around it.

    Raises:
        InvalidInputError: it is empty, or has what no HTTP header may carry.
    """
    tidy = _tidy(key)
    if tidy is None or not _can_be_key(tidy):  # no frame of the error holds the bare key
        raise InvalidInputError(
            "This is not a key: keys have letters, digits and signs, and no spaces.", "Copy it again."
        )
    return tidy


def _tidy(key: SecretStr | None) -> SecretStr | None:
    """The key without blanks around it; None when nothing is left."""
    text = key.get_secret_value().strip() if key else ""
    return SecretStr(text) if text else None


def _can_be_key(key: SecretStr) -> bool:
    text = key.get_secret_value()
    return len(text) <= _MAX_LENGTH and text.isascii() and text.isprintable() and " " not in text
