"""Every setting with its default: from the environment, else from the file the settings dialog writes."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from packdesk.errors import InvalidSettingError
from packdesk.problems import problem_words
from packdesk.sentence import Sentence
from packdesk.settings.file import read_stored, settings_file, write_stored

if TYPE_CHECKING:
    from collections.abc import Mapping

_APP, _KEY = "packdesk", "google_api_key"
_KEY_VARIABLES = ("GOOGLE_API_KEY", "GEMINI_API_KEY")
_SURROGATE = re.compile("[\ud800-\udfff]")


def _data_dir() -> Path:
    return platformdirs.user_data_path(_APP, appauthor=False)


def _cache_dir() -> Path:
    return platformdirs.user_cache_path(_APP, appauthor=False)


def _unquoted(text: str) -> str:
    text = text.strip()
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return text[1:-1].strip() if quoted else text


BoxStyle = Literal[
    "straight-tuck",
    "reverse-tuck",
    "tuck-seal",
    "seal-end",
    "hang-tab",
    "snap-lock",
    "auto-lock",
    "mailer",
    "tray-lid",
    "sleeve",
    "cross",
]
"""How the blank of a box may be laid out."""


class Settings(BaseModel):
    """Every setting, each read from `PACKDESK_<NAME>`."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    redis_url: SecretStr | None = None
    """Address of a shared Redis store; without it the design is kept in a file on this machine."""

    queue_url: SecretStr | None = None
    """Address of the Redis server by which ranges are handed out; without it this machine makes them."""

    design: str | None = None
    """Name (or ID) of the design of this machine that is worked on. By itself the one used last."""

    offline: bool = False
    """Whether to start offline on purpose: no network is touched, the design is shown as it was seen last."""

    repair: bool = True
    """Whether edits a program with an old copy has overwritten in the shared store are brought back."""

    data_dir: Path = Field(default_factory=_data_dir)
    """Where the local store and, by default, the texture library are."""

    cache_dir: Path = Field(default_factory=_cache_dir)
    """Where pictures behind foreign addresses are cached."""

    texture_dir: Path | None = None
    """The texture library, for instance a shared folder. Default: `textures` in the data folder."""

    shared_texture_dirs: tuple[Path, ...] = ()
    """More texture folders to read, separated like PATH."""

    cache_mb: int = Field(default=512, ge=1, le=1_000_000)
    """Budget of the picture cache in megabytes."""

    cuts_mb: int = Field(default=512, ge=1, le=1_000_000)
    """Budget in megabytes of the pictures cut for panels, which can be made again."""

    allow_private_urls: bool = False
    """Whether pictures may be fetched from addresses inside private networks."""

    texture_urls: Literal["file", "http", "data"] = "file"
    """How pictures of the library are named in the shared design: by their file, at `serve_url`, or by
    putting them in."""

    serve_url: str = Field(default="http://127.0.0.1:8000", pattern=r"^https?://[A-Za-z0-9.:\[\]_-]{1,255}$")
    """Where others reach `packdesk serve`: scheme, host and port."""

    serve_port: int = Field(default=8000, ge=1024, le=65535)
    """Where `packdesk serve` listens, and a window that shares its design."""

    serve_origins: tuple[str, ...] = ()
    """Pages that may use `packdesk serve` from a browser, such as `http://localhost:3000`, separated by
    commas."""

    serve_token: SecretStr | None = None
    """What programs show `packdesk serve` to be let in."""

    provider: Literal["auto", "gemini", "offline"] = "auto"
    """Who makes artwork. `auto` takes Gemini where there is a key for it."""

    google_api_key: SecretStr | None = None
    """Key for Gemini, read from where Google's own programs read it."""

    gemini_model: str = Field(default="gemini-3.1-flash-image", pattern=r"^[a-z0-9][a-z0-9.-]{2,80}$")
    """Which model draws."""

    gemini_size: Literal["auto", "512", "1K", "2K", "4K"] = "auto"
    """How large its pictures are. `auto` takes the smallest size that reaches `dpi` on the panel."""

    gemini_ratio: str = Field(default="auto", pattern=r"^(auto|[0-9]{1,2}:[0-9]{1,2})$")
    """Which shape its pictures have. `auto` takes the nearest to the panel's."""

    gemini_url: str | None = None
    """Another address than Google's, such as a proxy: https, or http on this machine."""

    gemini_deadline_s: float = Field(default=180, ge=5, le=3600)
    """Seconds one panel may take, repetitions included."""

    monthly_limit_usd: float | None = Field(default=None, ge=0, le=1_000_000, allow_inf_nan=False)
    """US dollars a month for pictures, over all packdesk of this machine; what would cost more is not asked
    for. Without it there is no limit."""

    all_at_once: bool = False
    """Whether all panels are asked for at the same time; otherwise the front comes first and is shown to the
    model for the others. Faster, but less of one design."""

    dpi: float = Field(default=300, ge=36, le=1200)
    """Resolution of generated artwork."""

    parallel: int | None = Field(default=None, ge=1, le=16)
    """Panels generated at the same time. Default: as many as suit who makes them."""

    start_page: bool = True
    """Whether a window opens with the shelf of designs where there is more than one."""

    turn_to_panel: bool = True
    """Whether the 3D view turns to a panel that is selected and cannot be seen."""

    box_style: BoxStyle = "straight-tuck"
    """How the blank of a box is laid out."""

    caliper_mm: float = Field(default=0.5, ge=0, le=10)
    """Thickness of the board."""

    board: str = Field(default="", max_length=60)
    """Name of the board blanks are laid out for (`packdesk boards`); without one they are nominal."""

    sized: Literal["crease", "inside", "outside"] = "crease"
    """Which size of a package is set, where there is a board."""

    glue_flap_mm: float | None = Field(default=None, ge=0, le=100)
    """Width of the glue flap; without one what suits the board."""

    bleed_mm: float = Field(default=3, ge=0, le=10)
    """How far artwork runs over the cut."""

    safe_mm: float = Field(default=3, ge=0, le=50)
    """How far lettering stays from cuts and creases."""

    line_colours: Literal["packdesk", "magenta-cyan", "black"] = "packdesk"
    """Colours of a dieline's lines."""

    line_table: Path | None = None
    """A file that says by which numbers a die maker knows lines in CF2 files."""

    theme: Literal["system", "light", "dark"] = "system"
    """Colours of the window."""

    language: Literal["system", "en", "de"] = "system"
    """Language of the window and its way to write numbers."""

    units: Literal["mm", "inch"] = "mm"
    """What lengths are shown and typed in. Inside everything is millimetres."""

    @field_validator("shared_texture_dirs", mode="before")
    @classmethod
    def _split_folders(cls, value: object) -> object:
        return tuple(part for part in value.split(os.pathsep) if part) if isinstance(value, str) else value

    @field_validator("serve_origins", mode="before")
    @classmethod
    def _split_origins(cls, value: object) -> object:
        return (
            tuple(part.strip() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("redis_url", "queue_url", "gemini_url", "google_api_key", "serve_token", mode="before")
    @classmethod
    def _pasted(cls, value: object) -> object:
        """Without the blanks and quotes that come along from a file of settings or a chat."""
        return _unquoted(value) or None if isinstance(value, str) else value

    @field_validator("data_dir", "cache_dir", "texture_dir", "line_table", "shared_texture_dirs")
    @classmethod
    def _possible(cls, value: Path | tuple[Path, ...] | None) -> Path | tuple[Path, ...] | None:
        paths = value if isinstance(value, tuple) else (value,)
        if any("\0" in str(path) for path in paths):
            raise ValueError("no path has a NUL character")
        if any(_SURROGATE.search(str(path)) for path in paths):  # what Python makes of other bytes
            raise ValueError("the path is not written in UTF-8")
        return value

    @property
    def shares_library(self) -> bool:
        """Whether other machines may keep pictures in the texture library."""
        return self.texture_dir is not None and not self.texture_dir.is_relative_to(self.data_dir)

    @property
    def library_dir(self) -> Path:
        """The texture library that is written."""
        return self.texture_dir or self.data_dir / "textures"


def read_settings(**overrides: object) -> Settings:
    """Read the environment; `overrides` that are not None win.

    Raises:
        InvalidSettingError: a value cannot be used. The sentence names the setting, never a secret's value.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings.model_validate({**_stored(), **_environment(), **given})
    except ValidationError as error:
        problem = error.errors(include_input=False, include_url=False)[0]
        name = str(problem["loc"][0])
        variable = f"PACKDESK_{name.upper()}"
        place = f" (in {settings_file()})" if variable not in os.environ and name in read_stored() else ""
        reason = problem_words(problem)
        raise InvalidSettingError(
            Sentence(
                "The setting {variable}{place} cannot be used: {reason}.",
                variable=variable,
                place=place,
                reason=reason,
            ),
            "Correct it, or remove it to get the default.",
        ) from None


def _stored() -> dict[str, object]:
    """What the file says, as far as it is a setting; no key is taken from there."""
    known = Settings.model_fields.keys() - {_KEY}
    return {name: value for name, value in read_stored().items() if name in known}


def _environment() -> dict[str, object]:
    """What the environment says; an empty variable says nothing. Names may be written in small letters."""
    variables = {name.upper(): value for name, value in os.environ.items() if value}
    named = {name: (f"PACKDESK_{name.upper()}",) for name in Settings.model_fields} | {_KEY: _KEY_VARIABLES}
    found = {name: [variables[one] for one in places if one in variables] for name, places in named.items()}
    return {name: values[0] for name, values in found.items() if values}


def save_setting(name: str, value: object) -> Settings:
    """Keep one setting in the file; None returns it to its default. Blocks on the disk.

    Returns:
        All settings as they are then. What the environment says still wins.

    Raises:
        InvalidSettingError: the value cannot be used (nothing is written), or the file cannot be written.
    """
    return save_settings({name: value})


def save_settings(values: Mapping[str, object]) -> Settings:
    """As `save_setting`, for several at once."""
    read_settings(**values)
    stored = {key: kept for key, kept in read_stored().items() if key not in values}
    write_stored({**stored, **{name: value for name, value in values.items() if value is not None}})
    return read_settings()
