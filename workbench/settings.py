"""Where things lie on this machine, and the few choices a person makes; policy is never a setting."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import msgspec
import platformdirs

APP = "workbench"


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Choices of the person at this machine; nothing about cases.

    `text_size` in per cent; `spacing` is the room between things and around them; `still` is reduced motion;
    `idle_minutes` (1 to 10) until the window locks itself; `shielded` covers offence detail until it is asked for.
    `disk_encrypted` is what the person answered when asked whether the whole disk is: without it the store's
    promises do not hold for swap and crash images.
    """

    theme: Literal["light", "dark", "contrast"] = "light"
    text_size: int = 100
    spacing: Literal["roomy", "close"] = "roomy"
    still: bool = False
    chronology: Literal["full", "compact"] = "full"
    language: Literal["en", "cy"] = "en"
    backup_folder: str = ""
    idle_minutes: int = 5
    shielded: bool = True
    disk_encrypted: Literal["not-asked", "yes", "no", "not-known"] = "not-asked"


def settings_file() -> Path:
    """The file that holds the settings."""
    return Path(platformdirs.user_config_dir(APP)) / "settings.json"


def load() -> Settings:
    """The settings; the defaults where there is no file or it cannot be read."""
    try:
        return msgspec.json.decode(settings_file().read_bytes(), type=Settings)
    except (OSError, msgspec.MsgspecError):
        return Settings()


def save(settings: Settings) -> None:
    """Writes the settings to a new file and puts it in place."""
    path = settings_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(msgspec.json.format(msgspec.json.encode(settings)))
    part.replace(path)


def store_folder() -> Path:
    """The store used where `--store` names none: `WORKBENCH_STORE`, else the user's data folder."""
    named = os.environ.get("WORKBENCH_STORE")
    return Path(named) if named else Path(platformdirs.user_data_dir(APP)) / "store"


def anchors_folder() -> Path:
    """Where this machine keeps the last audit anchor of each store, outside the store's own folder."""
    return Path(platformdirs.user_state_dir(APP)) / "anchors"


def log_file() -> Path:
    """The program's log."""
    return Path(platformdirs.user_log_dir(APP)) / "workbench.log"
