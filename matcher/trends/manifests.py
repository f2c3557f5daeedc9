"""The manifest beside a run's output, as far as the yearly analysis needs it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from matcher.errors import InputError
from matcher.reporting import manifest_path


@dataclass(frozen=True, slots=True)
class RunManifest:
    """What a saved run was made from, read back from its manifest.

    Attributes
    ----------
    announcement, announcement_hash : str
        Name of the announcement and SHA-256 of its text.
    inputs : tuple of (name, SHA-256)
        Files of proposals.
    model, fingerprint : str
        Name of the model and the hash of all that shapes its answers.
    settings : mapping
        Settings in force.
    output_hash : str
        SHA-256 of the output beside which it stands, "" where it does not say.
    """

    announcement: str
    announcement_hash: str
    inputs: tuple[tuple[str, str], ...]
    model: str
    fingerprint: str
    settings: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    output_hash: str = ""


def read_manifest(run: Path) -> RunManifest | None:
    """Return the manifest of a run's output, or None where none stands beside it.

    Raises
    ------
    InputError
        Where it is there and cannot be read, or is no manifest.
    """
    path = manifest_path(run)
    cure = "Xóa tệp kê khai hỏng (rồi nêu năm bằng NĂM=TỆP), hoặc chạy lại `matcher match`."
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        return RunManifest(
            announcement=str(record["announcement"]["name"]),
            announcement_hash=str(record["announcement"]["sha256"]),
            inputs=tuple((str(each["name"]), str(each["sha256"])) for each in record["inputs"]),
            model=str(record["model"]["name"]),
            fingerprint=str(record["model"]["fingerprint"]),
            settings=MappingProxyType(dict(record["settings"])),
            output_hash=str(record.get("output", {}).get("sha256", "")),
        )
    except FileNotFoundError:
        return None
    except OSError as err:
        raise InputError(f"không đọc được tệp kê khai: {err.strerror or err}", file=path, cure=cure) from err
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as err:
        raise InputError(f"không phải tệp kê khai của một lượt chạy: {err}", file=path, cure=cure) from err
