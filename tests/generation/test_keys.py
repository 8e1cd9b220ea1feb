"""Where a key is found, where it is kept, and what cannot be one."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError
from pydantic import SecretStr

from packdesk.errors import InvalidInputError
from packdesk.generation.keys import KeyKeeper, check_key

if TYPE_CHECKING:
    from collections.abc import Iterator

GIVEN, TYPED, STORED = SecretStr("AIza-given"), SecretStr("AIza-typed"), SecretStr("AIza-stored")


class MemoryKeyring(KeyringBackend):
    """A key store that forgets everything at the end; `fault` is raised instead of an answer."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.fault: Exception | None = None

    def get_password(self, service: str, username: str) -> str | None:
        self._check()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._check()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._check()
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("not found")

    def _check(self) -> None:
        if self.fault:
            raise self.fault


@pytest.fixture
def no_store() -> Iterator[None]:
    """A machine without a key store."""
    former = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(former)


@pytest.fixture
def store(no_store: None) -> MemoryKeyring:
    """A machine with a key store, which is empty."""
    made = MemoryKeyring()
    keyring.set_keyring(made)
    return made


def test_without_any_key(store: MemoryKeyring) -> None:
    assert KeyKeeper("gemini").find() == (None, "none")


def test_the_environment_comes_first_then_the_session_then_the_key_store(store: MemoryKeyring) -> None:
    store.set_password("packdesk", "gemini", STORED.get_secret_value())
    assert KeyKeeper("gemini").find() == (STORED, "key store")
    assert KeyKeeper("another").find() == (None, "none")
    store.fault = KeyringLocked()
    keeper, rich = KeyKeeper("gemini"), KeyKeeper("gemini", GIVEN)
    assert keeper.remember(TYPED) == rich.remember(TYPED) == "session"
    store.fault = None
    assert keeper.find() == (TYPED, "session")
    assert rich.find() == (GIVEN, "environment")


def test_a_typed_key_goes_to_the_key_store_and_to_nowhere_else(store: MemoryKeyring) -> None:
    keeper = KeyKeeper("gemini")
    assert keeper.remember(SecretStr("  AIza-typed\n")) == "key store"
    assert store.kept == {("packdesk", "gemini"): "AIza-typed"}
    assert keeper.find() == KeyKeeper("gemini").find() == (TYPED, "key store")
    store.kept.clear()
    assert keeper.find() == (None, "none")


def test_a_newer_key_replaces_the_one_in_memory(store: MemoryKeyring) -> None:
    keeper = KeyKeeper("gemini")
    store.fault = KeyringLocked()
    keeper.remember(STORED)
    store.fault = None
    keeper.remember(TYPED)
    assert keeper.find() == (TYPED, "key store")


@pytest.mark.usefixtures("no_store")
def test_without_a_key_store_a_key_lives_as_long_as_the_program() -> None:
    keeper = KeyKeeper("gemini")
    assert keeper.remember(TYPED) == "session"
    assert keeper.find() == (TYPED, "session")
    assert KeyKeeper("gemini").find() == (None, "none")
    keeper.forget()
    assert keeper.find() == (None, "none")


def test_forgetting(store: MemoryKeyring) -> None:
    keeper = KeyKeeper("gemini", GIVEN)
    keeper.remember(TYPED)
    keeper.forget()
    assert store.kept == {}
    assert keeper.find() == (GIVEN, "environment"), "what is set in the environment is not ours"
    keeper.forget()


@pytest.mark.parametrize("fault", [KeyringLocked("locked"), OSError("no bus"), RuntimeError("of a plug-in")])
def test_a_key_store_that_does_not_answer_stops_nobody(store: MemoryKeyring, fault: Exception) -> None:
    keeper = KeyKeeper("gemini")
    store.fault = fault
    assert keeper.find() == (None, "none")
    assert keeper.remember(TYPED) == "session"
    assert keeper.find() == (TYPED, "session")
    keeper.forget()
    assert keeper.find() == (None, "none")


@pytest.mark.parametrize("backend", ["nonsense.Keyring", "nonsense", "keyring.backends.null.Keyring"])
def test_a_key_store_that_does_not_exist_stops_nobody(backend: str) -> None:
    code = "from packdesk.generation.keys import KeyKeeper; print(KeyKeeper('gemini').find())"
    told = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHON_KEYRING_BACKEND": backend},
    )
    assert told.stdout.strip() == "(None, 'none')"


@pytest.mark.parametrize(
    "key", ["", "  ", "two words", "two\nlines", "schlüssel", "tab\there", "x" * 401, "\x00"]
)
def test_what_cannot_be_a_key(store: MemoryKeyring, key: str) -> None:
    keeper = KeyKeeper("gemini")
    with pytest.raises(InvalidInputError, match="is not a key") as caught:
        keeper.remember(SecretStr(key))
    assert caught.value.remedy
    assert store.kept == {}
    assert keeper.find() == (None, "none")


@pytest.mark.parametrize("key", ["AIzaSy-_Ab09", " AIza\n", "x" * 400, "!#$%&~"])
def test_what_can_be_a_key(key: str) -> None:
    assert check_key(SecretStr(key)) == SecretStr(key.strip())


@pytest.mark.parametrize(("given", "found"), [("", None), (" \n", None), ("AIza-given\n", GIVEN)])
def test_blanks_around_a_given_key_do_not_count(
    store: MemoryKeyring, given: str, found: SecretStr | None
) -> None:
    assert KeyKeeper("gemini", SecretStr(given)).find()[0] == found
    store.set_password("packdesk", "gemini", given)
    assert KeyKeeper("gemini").find()[0] == found
