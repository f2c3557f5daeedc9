"""From documents to PDF and other formats by LibreOffice, and to scans by rendering, turning and noise."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter


@dataclass(frozen=True)
class Scanner:
    """How a page is scanned: dots per inch, degrees of skew, standard deviation of the noise, quality of the JPEG."""

    dpi: int = 200
    skew: float = 0.5
    noise: float = 6.0
    blur: float = 0.4
    paper: int = 244
    quality: int = 58


def convert(sources: Sequence[Path], suffix: str, folder: Path) -> None:
    """Convert documents by LibreOffice, all in one call.

    Raises
    ------
    FileNotFoundError
        Where LibreOffice is not installed, or wrote nothing.
    """
    program = shutil.which("soffice")
    if program is None:
        raise FileNotFoundError("soffice (LibreOffice) is needed to make these documents")
    with tempfile.TemporaryDirectory() as profile:
        command = [program, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", suffix]
        subprocess.run(
            [*command, "--outdir", str(folder), *map(str, sources)], check=True, capture_output=True, timeout=580
        )
    for source in sources:
        made = folder / f"{source.stem}.{suffix.split(':')[0]}"
        if not made.is_file():
            raise FileNotFoundError(made)


def page_count(pdf: Path) -> int:
    """Return the number of pages of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def scan(pdf: Path, scanner: Scanner, seed: int) -> list[Image.Image]:
    """Render the pages of a PDF as a scanner would see them."""
    random = np.random.default_rng(seed)
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.render(scale=scanner.dpi / 72, grayscale=True).to_pil().convert("L") for page in document]
    finally:
        document.close()
    return [_worn(page, scanner, random) for page in pages]


def _worn(page: Image.Image, scanner: Scanner, random: np.random.Generator) -> Image.Image:
    turn = scanner.skew * (1 if random.random() < 0.5 else -1)
    page = page.rotate(turn, resample=Image.Resampling.BICUBIC, fillcolor=255).filter(
        ImageFilter.GaussianBlur(scanner.blur)
    )
    pixels = np.asarray(page, dtype=np.float32)
    ink = 34.0
    pixels = ink + pixels / 255 * (scanner.paper - ink)
    shade = np.linspace(-5, 4, pixels.shape[1], dtype=np.float32)[None, :]
    pixels = pixels + shade + random.normal(0, scanner.noise, pixels.shape).astype(np.float32)
    specks = random.random(pixels.shape) < 0.00002
    pixels[specks] = 60
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def save_pdf(pages: Sequence[Image.Image], path: Path, scanner: Scanner) -> None:
    """Write pictures as a PDF without any text."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), invariant=1)
    for page in pages:
        width, height = (side * 72 / scanner.dpi for side in page.size)
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(io.BytesIO(_jpeg(page, scanner))), 0, 0, width, height)
        canvas.showPage()
    canvas.save()


def save_picture(page: Image.Image, path: Path, scanner: Scanner) -> None:
    """Write one page as JPEG, or as PNG of 16 greys."""
    dpi = (scanner.dpi, scanner.dpi)
    if path.suffix == ".png":
        grey = page.point(lambda value: value // 16 * 17).quantize(16)
        grey.save(path, optimize=True, dpi=dpi)
    else:
        path.write_bytes(_jpeg(page, scanner))


def _jpeg(page: Image.Image, scanner: Scanner) -> bytes:
    stream = io.BytesIO()
    page.save(stream, "JPEG", quality=scanner.quality, dpi=(scanner.dpi, scanner.dpi), optimize=True)
    return stream.getvalue()
