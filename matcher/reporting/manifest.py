"""What a run was made from: enough to make it again, and nothing that differs between two equal runs."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import matcher
from matcher.errors import InputError
from matcher.reading import shown_name
from matcher.reporting.atomic import replacing
from matcher.settings import Settings, resource_dir

#: What stands behind an output's name in the name of its manifest.
MANIFEST_SUFFIX = ".manifest.json"
#: Libraries whose versions can change a result.
LIBRARIES = (
    "jinja2", "numpy", "openpyxl", "pypdfium2", "python-docx", "rapidfuzz", "scikit-learn",
    "sentence-transformers", "tokenizers", "torch", "transformers", "underthesea", "xlsxwriter",
)  # fmt: skip
# Settings that say where things are kept on one machine, not what comes out.
_LOCAL_SETTINGS = ("cache_dir", "register_db", "reading_cache_days")


@dataclass(frozen=True, slots=True)
class FileNote:
    """A file that a run read: its name without folders, its size in bytes and its SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str

    @classmethod
    def of(cls, path: Path, name: str = "") -> FileNote:
        """Measure a file; `name` replaces the file's own.

        Raises
        ------
        InputError
            If the file cannot be read.
        """
        try:
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            return cls(name or shown_name(path.name), path.stat().st_size, digest)
        except OSError as err:
            raise InputError(f"cannot be read: {err.strerror or err}", file=path, cure="Check the path.") from err

    def to_record(self) -> dict[str, Any]:
        """Return plain values in a fixed order."""
        return {"name": self.name, "size": self.size, "sha256": self.sha256}


@dataclass(frozen=True, slots=True)
class RegisterNote:
    """A register that proposals were compared with, and how many past tasks it holds."""

    name: str
    tasks: int
    file: FileNote | None = None

    def to_record(self) -> dict[str, Any]:
        """Return plain values in a fixed order."""
        return {"name": self.name, "tasks": self.tasks, "file": self.file.to_record() if self.file else None}


def library_versions() -> dict[str, str]:
    """Return the versions of `LIBRARIES` that are installed, without importing them."""
    from importlib import metadata

    versions = {}
    for name in LIBRARIES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return versions


@cache
def program_hash() -> str:
    """Return a hash of the program's own code and of the corpus that it knows words and places by."""
    digest = hashlib.sha256()
    package = Path(matcher.__file__).parent
    for root, pattern in (
        (package, "*.py"),
        (resource_dir("corpus") / "provinces", "*"),
        (resource_dir("corpus") / "vietnamese", "*"),
    ):
        for path in sorted(path for path in root.rglob(pattern) if path.is_file() and "_data" not in path.parts):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a run was made from.

    Attributes
    ----------
    announcement : FileNote
        The announcement, under its built-in name or its file's.
    inputs : tuple of FileNote
        The files of proposals, in the order of input.
    registers : tuple of RegisterNote
        The registers compared with.
    model, model_fingerprint : str
        The encoder's name and the hash of its weights.
    settings : Settings
        All settings in force; those that only name places on the machine are left out of the file.
    seed : int
        Of whatever is drawn at random.
    program, python : str
        Versions.
    code : str
        Hash of the program's code and word lists: two states of one version are told apart.
    libraries : mapping of str to str
        Versions of the libraries that can change a result.
    """

    announcement: FileNote
    inputs: tuple[FileNote, ...]
    registers: tuple[RegisterNote, ...]
    model: str
    model_fingerprint: str
    settings: Settings
    seed: int = 0
    program: str = matcher.__version__
    python: str = field(default_factory=platform.python_version)
    code: str = field(default_factory=program_hash)
    libraries: Mapping[str, str] = field(default_factory=library_versions)

    def to_record(self) -> dict[str, Any]:
        """Return plain values in a fixed order."""
        return {
            "program": self.program,
            "python": self.python,
            "code": self.code,
            "libraries": dict(sorted(self.libraries.items())),
            "announcement": self.announcement.to_record(),
            "inputs": [each.to_record() for each in self.inputs],
            "registers": [each.to_record() for each in self.registers],
            "model": {"name": without_folders(self.model), "fingerprint": self.model_fingerprint},
            "settings": _portable(self.settings.to_dict()),
            "seed": self.seed,
        }


def manifest_path(output: Path) -> Path:
    """Return where the manifest of an output stands: beside it."""
    return output.with_name(output.name + MANIFEST_SUFFIX)


def write_manifest(manifest: Manifest, output: Path, counts: Mapping[str, Any] | None = None) -> Path:
    """Write the manifest of an output that stands under its name, and return the manifest's path.

    The file names the output with its hash, so that a manifest left over from another run is told apart.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    record = manifest.to_record() | {"counts": dict(counts or {}), "output": FileNote.of(output).to_record()}
    path = manifest_path(output)
    with replacing(path) as stream:
        stream.write(json.dumps(record, ensure_ascii=False, indent=2, allow_nan=False).encode("utf-8") + b"\n")
    return path


def without_folders(name: str) -> str:
    """Return a path's last part; a model's public name («owner/model») stays as it is.

    Examples
    --------
    >>> without_folders("/home/an/models/e5-small-vi"), without_folders("intfloat/multilingual-e5-small")
    ('e5-small-vi', 'intfloat/multilingual-e5-small')
    """
    windows = PureWindowsPath(name)
    local = windows.drive or "\\" in name or PurePosixPath(name).is_absolute() or name.startswith((".", "~"))
    return windows.name if local else name


def _portable(settings: dict[str, Any]) -> dict[str, Any]:
    """Return settings without what belongs to one machine."""
    kept = {key: value for key, value in settings.items() if key not in _LOCAL_SETTINGS}
    kept["announcement"] = PureWindowsPath(kept["announcement"]).name
    kept["model"] = without_folders(kept["model"])
    return kept
