"""The words of mixed files and nothing else: no items, no places, no tables, no confidence."""

from __future__ import annotations

import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

_DPI = 300


def text_of_all(files: Sequence[Path], folder: Path) -> list[str]:
    """Take the text out of files of any kind; those for LibreOffice in one call."""
    with tempfile.TemporaryDirectory() as temporary:
        paths: list[Path] = []
        for number, file in enumerate(files):
            if file.suffix == ".zip":
                with zipfile.ZipFile(file) as archive:
                    archive.extractall(Path(temporary) / str(number))
                paths += [path for path in (Path(temporary) / str(number)).rglob("*") if path.is_file()]
            else:
                paths.append(file)
        others = [path for path in paths if path.suffix in (".doc", ".odt", ".rtf")]
        texts = text_by_office(others, folder)
        return texts + [_text(path) for path in paths if path not in others]


def _text(path: Path) -> str:
    return text_of_word(path) if path.suffix == ".docx" else text_of_pdf(path)


def text_by_office(paths: Sequence[Path], folder: Path) -> list[str]:
    """Let LibreOffice write text files."""
    if not paths:
        return []
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to"]
        command += ["txt:Text (encoded):UTF8", "--outdir", str(folder), *map(str, paths)]
        subprocess.run(command, check=True, capture_output=True)
    return [(folder / f"{path.stem}.txt").read_text(encoding="utf-8") for path in paths]


def text_of_word(path: Path) -> str:
    """Join paragraphs and cells."""
    import docx

    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def text_of_pdf(path: Path) -> str:
    """Join the text of pages, recognised where there is none."""
    import pypdfium2
    import pytesseract

    pages = []
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            text = page.get_textpage().get_text_bounded()
            if not text.strip():
                picture = page.render(scale=_DPI / 72, grayscale=True).to_pil()
                text = pytesseract.image_to_string(picture, lang="vie")
            pages.append(text)
    return "\n".join(pages)
