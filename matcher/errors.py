"""Every error that the program raises on purpose, in one tree.

An error says what was wrong, where, with which value, and what to do about it. The command line turns a
`MatcherError` into one line and exit code 2; anything else that escapes is a bug and shows its traceback.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class MatcherError(Exception):
    """Root of the tree.

    Parameters
    ----------
    message : str
        What was wrong, with the offending value.
    cure : str
        What the reader can do about it; a full sentence.
    file : Path or str, optional
        The file that was being read or written.
    place : str, optional
        Where in the file: a line, a row and column, a page, a key.
    """

    def __init__(self, message: str, *, cure: str = "", file: Path | str | None = None, place: str = "") -> None:
        self.message = message
        self.cure = cure
        self.file = str(file) if file is not None else None
        self.place = place
        super().__init__(str(self))

    def __str__(self) -> str:
        """One line: ``file, place: message. cure``."""
        where = ", ".join(part for part in (self.file, self.place) if part)
        text = f"{where}: {self.message}" if where else self.message
        text = " ".join(text.split())
        if not self.cure:
            return text
        return f"{text}{'' if text.endswith(('.', '!', '?', '…')) else '.'} {self.cure}"


class InputError(MatcherError):
    """A file or folder given by the user cannot be used."""


class ReadError(InputError):
    """A document cannot be read at all: empty, encrypted, truncated, hostile, or of an unknown type."""


class TableError(InputError):
    """A table of proposals or past tasks has no usable header or rows."""


class AnnouncementError(InputError):
    """A document was read, but it is no announcement of research orientations."""


class SettingsError(MatcherError):
    """A setting is unknown, of the wrong type, or out of range."""


class ModelError(MatcherError):
    """A model is missing, damaged, or of a kind that cannot be used."""


class OutputError(MatcherError):
    """A result cannot be written."""


class MissingDependencyError(MatcherError):
    """An optional package is needed; the cure names the extra that installs it."""


class ErrorGroup(MatcherError):
    """Several input errors, collected and raised once.

    Parameters
    ----------
    errors : sequence of MatcherError
        At least one; the message of the group joins theirs.
    """

    def __init__(self, errors: Sequence[MatcherError]) -> None:
        self.errors = tuple(errors)
        super().__init__("; ".join(str(error) for error in self.errors))
