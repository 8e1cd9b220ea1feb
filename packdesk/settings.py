"""What can be set, its default and its environment name. Read by `app` and `cli`, passed on as values."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from packdesk.errors import InvalidSettingError

_APP = "packdesk"


def _data_dir() -> Path:
    return platformdirs.user_data_path(_APP, appauthor=False)


def _cache_dir() -> Path:
    return platformdirs.user_cache_path(_APP, appauthor=False)


class Settings(BaseSettings):
    """Every setting, each read from `PACKDESK_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="PACKDESK_", env_ignore_empty=True, frozen=True)

    redis_url: SecretStr | None = None
    """Address of a shared Redis store; without it the design is kept in a file on this machine."""

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

    shared_texture_dirs: Annotated[tuple[Path, ...], NoDecode] = ()
    """More texture folders to read, separated like PATH."""

    cache_mb: int = Field(default=512, ge=1, le=1_000_000)
    """Budget of the picture cache in megabytes."""

    allow_private_urls: bool = False
    """Whether pictures may be fetched from addresses inside private networks."""

    provider: Literal["auto", "offline"] = "auto"
    """Who makes artwork. `auto` takes the best one available."""

    dpi: float = Field(default=300, ge=36, le=1200)
    """Resolution of generated artwork."""

    parallel: int = Field(default=2, ge=1, le=16)
    """Panels generated at the same time."""

    theme: Literal["system", "light", "dark"] = "system"
    """Colours of the window."""

    @field_validator("shared_texture_dirs", mode="before")
    @classmethod
    def _split_folders(cls, value: object) -> object:
        return tuple(part for part in value.split(os.pathsep) if part) if isinstance(value, str) else value

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
        return Settings(**given)  # type: ignore[arg-type]  # pydantic checks them
    except ValidationError as error:
        problem = error.errors(include_input=False, include_url=False)[0]
        name = f"PACKDESK_{str(problem['loc'][0]).upper()}"
        raise InvalidSettingError(
            f"The setting {name} cannot be used: {problem['msg'][:1].lower()}{problem['msg'][1:]}.",
            "Correct it, or remove it to get the default.",
        ) from None
