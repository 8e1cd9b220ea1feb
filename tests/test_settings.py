"""Settings: the environment, the file, and what cannot be used."""

from __future__ import annotations

import json
import os
import stat
from typing import TYPE_CHECKING

import pytest

from packdesk.errors import InvalidSettingError
from packdesk.settings import read_settings, save_setting
from packdesk.settings.file import settings_file

if TYPE_CHECKING:
    from pathlib import Path


def test_nothing_set_needs_no_file() -> None:
    assert read_settings().provider == "auto"
    assert not settings_file().exists()


def test_what_is_saved_is_read_again_and_can_be_taken_back() -> None:
    assert save_setting("provider", "offline").provider == "offline"
    assert save_setting("dpi", 150).provider == "offline"
    assert json.loads(settings_file().read_text()) == {"dpi": 150, "provider": "offline"}
    assert save_setting("provider", None).provider == "auto"
    assert read_settings().dpi == 150


def test_only_the_owner_may_read_the_file() -> None:
    save_setting("redis_url", "redis://user:secret@127.0.0.1/0")
    assert stat.S_IMODE(settings_file().stat().st_mode) == 0o600


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    save_setting("theme", "dark")
    monkeypatch.setenv("PACKDESK_THEME", "light")
    assert read_settings().theme == "light"


def test_a_bad_value_is_not_saved() -> None:
    save_setting("dpi", 150)
    with pytest.raises(InvalidSettingError, match="PACKDESK_DPI"):
        save_setting("dpi", 5)
    assert read_settings().dpi == 150


def test_a_bad_value_in_the_file_names_the_file() -> None:
    settings_file().parent.mkdir()
    settings_file().write_text('{"dpi": "many"}')
    with pytest.raises(InvalidSettingError, match=r"PACKDESK_DPI \(in .*settings\.json\)"):
        read_settings()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"dpi": 1' + "0" * 2_000_000 + "}"])
def test_a_broken_file_is_named_and_left_alone(text: str) -> None:
    settings_file().parent.mkdir()
    settings_file().write_text(text)
    with pytest.raises(InvalidSettingError, match=r"settings\.json"):
        read_settings()
    with pytest.raises(InvalidSettingError):
        save_setting("dpi", 150)
    assert settings_file().read_text() == text


def test_a_folder_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("PACKDESK_CONFIG_DIR", str(tmp_path / "file" / "config"))
    with pytest.raises(InvalidSettingError, match="cannot be written"):
        save_setting("dpi", 150)


def test_keys_come_from_the_environment_only(monkeypatch: pytest.MonkeyPatch) -> None:
    settings_file().parent.mkdir()
    settings_file().write_text('{"google_api_key": "from-the-file", "unknown": 1}')
    assert read_settings().google_api_key is None
    monkeypatch.setenv("GEMINI_API_KEY", "second")
    assert str(read_settings().google_api_key) == "**********"
    monkeypatch.setenv("GOOGLE_API_KEY", "first")
    found = read_settings().google_api_key
    assert found is not None
    assert found.get_secret_value() == "first"


@pytest.mark.parametrize("written", [" redis://host:1/0", '"redis://host:1/0"', "' redis://host:1/0 '\n"])
def test_what_was_pasted_along_with_an_address_is_left_out(
    monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setenv("PACKDESK_REDIS_URL", written)
    url = read_settings().redis_url
    assert url is not None
    assert url.get_secret_value() == "redis://host:1/0"


def test_a_settings_file_that_is_none_is_told_at_once() -> None:
    file = settings_file()
    file.parent.mkdir(parents=True)
    os.mkfifo(file)
    with pytest.raises(InvalidSettingError, match="is not a file"):
        read_settings()
    file.unlink()
    file.symlink_to(file)
    with pytest.raises(InvalidSettingError, match="is not a file"):
        read_settings()


def test_a_path_with_a_nul_character_is_told() -> None:
    for name in ("data_dir", "shared_texture_dirs"):
        with pytest.raises(InvalidSettingError, match="NUL"):
            save_setting(name, "/tmp/a\0b")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_path_of_other_bytes_than_utf_8_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PACKDESK_DATA_DIR", os.fsdecode(b"/tmp/a\xff"))
    with pytest.raises(InvalidSettingError, match="UTF-8"):
        read_settings()
