"""LibreOffice, where it is installed, turns what other word processors write into `.docx` and `.xlsx`.

A document is a stranger's: the program runs with a user profile of its own that is made for one call and thrown away
(so two runs never meet, and nothing a document does is kept), macros are off, links to other files are neither
updated nor followed, a proxy that leads nowhere stands before the network, and everything it started dies with it
when the time is up.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from matcher.errors import MissingDependencyError

log = logging.getLogger(__name__)

#: Names of the program in PATH.
_NAMES = ("soffice", "libreoffice")
#: Where installers put it outside PATH: macOS, then Windows below its folders of programs.
_MACOS = (Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),)
_WINDOWS_ROOTS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "PROGRAMW6432")
_WINDOWS_PLACES = ("LibreOffice/program/soffice.com", "LibreOffice/program/soffice.exe")
#: Seconds for the start, and for each file; a form of four pages takes a tenth of one.
_START_SECONDS = 60.0
_FILE_SECONDS = 10.0
_ALONE_SECONDS = 60.0
_FILTERS = {".docx": "docx:MS Word 2007 XML", ".xlsx": "xlsx:Calc MS Excel 2007 XML"}
_CURE = (
    "Cài LibreOffice (Debian/Ubuntu: apt install libreoffice-writer-nogui; Windows, macOS: libreoffice.org), "
    "hoặc mở tệp bằng Word và lưu lại thành .docx."
)

_COMMON = "/org.openoffice.Office.Common"
_SCRIPTING = f"{_COMMON}/Security/Scripting"
_INTERNET = "/org.openoffice.Inet/Settings"
#: (path, name, value) of the profile; names that a version does not know are passed over by it.
_PROFILE = (
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "DisableActiveContent", "true"),
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "1"),
    ("/org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
    (f"{_COMMON}/Misc", "FirstRun", "false"),
    (_INTERNET, "ooInetProxyType", "2"),
    (_INTERNET, "ooInetNoProxy", ""),
    *((_INTERNET, f"ooInet{kind}ProxyName", "127.0.0.1") for kind in ("HTTP", "HTTPS", "FTP")),
    *((_INTERNET, f"ooInet{kind}ProxyPort", "9") for kind in ("HTTP", "HTTPS", "FTP")),
)


def find_office(search: str | None = None) -> Path | None:
    """Return LibreOffice's program, or None where there is none.

    Parameters
    ----------
    search : str, optional
        Folders to look into instead of PATH and the usual places, joined as in PATH.
    """
    for name in _NAMES:
        if found := shutil.which(name, path=search):
            return Path(found)
    return None if search is not None else next((place for place in _usual_places() if place.is_file()), None)


def _usual_places() -> Sequence[Path]:
    if sys.platform == "win32":
        roots = [Path(os.environ[name]) for name in _WINDOWS_ROOTS if name in os.environ]
        return [root / place for root in roots for place in _WINDOWS_PLACES]
    return _MACOS


@dataclass(frozen=True, slots=True)
class Office:
    """An installed LibreOffice.

    Attributes
    ----------
    program : Path
        What is started.
    start_seconds, file_seconds, alone_seconds : float
        How long a call may take: so much, and so much for each file; and a file that is tried again alone.
    """

    program: Path
    start_seconds: float = _START_SECONDS
    file_seconds: float = _FILE_SECONDS
    alone_seconds: float = _ALONE_SECONDS

    @classmethod
    def find(cls) -> Office:
        """Return the one of this machine.

        Raises
        ------
        MissingDependencyError
            Where there is none; the cure names the package.
        """
        program = find_office()
        if program is None:
            raise MissingDependencyError("cần LibreOffice để đọc tệp này nhưng máy chưa cài", cure=_CURE)
        return cls(program)

    def convert(self, files: Sequence[Path], folder: Path, suffix: str = ".docx") -> dict[Path, Path]:
        """Convert files in one call, then those that failed once more, each alone: one may have stopped the others.

        Parameters
        ----------
        files : sequence of Path
            Names must differ without their suffix.
        folder : Path
            Where the converted files go.
        suffix : str
            ".docx" or ".xlsx".

        Returns
        -------
        dict of Path to Path
            The converted file of each that could be converted.
        """
        if not files:
            return {}
        self._call(files, folder, suffix, self.start_seconds + self.file_seconds * len(files))
        done = _made(files, folder, suffix)
        if len(files) > 1:
            for file in files:
                if file not in done:
                    self._call([file], folder, suffix, self.alone_seconds)
                    done |= _made([file], folder, suffix)
        return done

    def _call(self, files: Sequence[Path], folder: Path, suffix: str, seconds: float) -> None:
        with TemporaryDirectory(prefix="matcher-office-", ignore_cleanup_errors=True) as private:
            home = Path(private).resolve()
            _write_profile(home / "profile")
            command = [
                str(self.program),
                f"-env:UserInstallation={(home / 'profile').as_uri()}",
                *("--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
                *("--convert-to", _FILTERS[suffix], "--outdir", str(folder)),
                *map(str, files),
            ]
            _run(command, _environment(home), home, seconds)


def _made(files: Sequence[Path], folder: Path, suffix: str) -> dict[Path, Path]:
    outputs = {file: folder / f"{file.stem}{suffix}" for file in files}
    return {file: output for file, output in outputs.items() if output.is_file() and output.stat().st_size}


def _write_profile(folder: Path) -> None:
    """Write the settings of a profile before the program makes it."""
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _PROFILE
    )
    file = folder / "user" / "registrymodifications.xcu"
    file.parent.mkdir(parents=True)
    file.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>\n",
        encoding="utf-8",
    )


def _environment(home: Path) -> dict[str, str]:
    """Return an environment in which nothing of the user's, and no network, is found."""
    dropped = ("DISPLAY", "WAYLAND_DISPLAY", "PYTHONPATH", "PYTHONHOME", "NO_PROXY", "no_proxy")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    nowhere = {name: "http://127.0.0.1:9" for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")}
    return kept | nowhere | {"HOME": str(home), "TMPDIR": str(home), "SAL_USE_VCLPLUGIN": "svp"}


def _run(command: Sequence[str], environment: dict[str, str], folder: Path, seconds: float) -> None:
    """Run a program to its end or to the end of its time; then it and all that it started are stopped."""
    own_group = {"start_new_session": True} if sys.platform != "win32" else {}
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            **own_group,  # type: ignore[call-overload]
        )
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            log.warning("LibreOffice did not finish within %.0f s and is stopped", seconds)
        finally:
            _stop(process)
    if process.returncode:
        said = (folder / "output").read_text(encoding="utf-8", errors="replace")
        log.debug("LibreOffice ended with %s: %s", process.returncode, said[:2000])


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop a process with its whole group; also what an ended one left behind."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
