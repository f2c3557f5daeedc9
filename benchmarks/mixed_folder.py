"""A folder as a round brings it: Word files in many hands, PDFs, scans, files of other word processors, archives.

Made from the synthetic texts of `corpus/forms` by the makers of `tests/data/forms`. Every line of every document has
words of its own, so that no two documents share a vector or a hash; each has 2 to 4 pages in LibreOffice.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests/data/forms")]

#: Of three hundred files; an archive holds `IN_ARCHIVE` documents.
SHARES = {"docx": 150, "pdf": 84, "scan": 15, "doc": 15, "odt": 15, "rtf": 15, "zip": 6}
IN_ARCHIVE = 4
#: Pages that a document may have.
PAGES = range(2, 5)
_AT_ONCE = 60
#: Items whose lines get words of their own; duration, budget and contact stay as they are.
_WORDED = range(1, 8)


@dataclass(frozen=True)
class Plan:
    """A document to make: its place in the folder, what it ends as, its hand and its text."""

    name: str
    media: str
    write: Any
    form: Any

    @property
    def suffix(self) -> str:
        return "pdf" if self.media == "scan" else self.media


def make_folder(folder: Path, work: Path, files: int) -> list[Path]:
    """Write about so many files in the shares above; return them by name."""
    from making.pictures import Scanner, convert, save_pdf, scan

    folder.mkdir()
    shares = {media: max(1, share * files // 300) for media, share in SHARES.items()}
    media = [kind for kind, count in shares.items() for _ in range(count) if kind != "zip"]
    members = [("docx", "pdf")[i % 2] for i in range(shares["zip"] * IN_ARCHIVE)]
    plans = list(_written(media + members, work))
    for suffix in ("pdf", "doc", "odt", "rtf"):
        sources = [work / f"{plan.name}.docx" for plan in plans if plan.suffix == suffix]
        if suffix != "pdf":  # there are PDFs of all already: the pages were counted in them
            for part in _parts(sources):
                convert(part, suffix, work)
    for number, plan in enumerate(plans):
        made = work / f"{plan.name}.{plan.suffix}"
        if plan.media == "scan":
            save_pdf(scan(made, Scanner(), seed=number), made, Scanner())
        if number < len(media):
            made.rename(folder / made.name)
    inside = [work / f"{plan.name}.{plan.suffix}" for plan in plans[len(media) :]]
    for number in range(shares["zip"]):
        pack(folder / f"gói {number + 1}.zip", inside[number * IN_ARCHIVE : (number + 1) * IN_ARCHIVE])
    return sorted(folder.iterdir())


def pack(archive: Path, members: Sequence[Path]) -> None:
    """Put documents into an archive."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for member in members:
            target.write(member, f"hồ sơ/{member.name}")


def _written(media: Sequence[str], work: Path) -> Iterator[Plan]:
    """Write a Word file and a PDF for each document; those of too few or too many pages are left out."""
    from making.pictures import convert, page_count

    candidates = _candidates()
    left = list(enumerate(media))
    while left:
        forms = list(islice(candidates, min(len(left), _AT_ONCE)))
        batch = [
            Plan(f"phiếu đề xuất {number:03} {kind}", kind, write, form)
            for (number, kind), (write, form) in zip(left, forms, strict=False)
        ]
        words = [work / f"{plan.name}.docx" for plan in batch]
        for plan, word in zip(batch, words, strict=True):
            plan.write(plan.form).save(word)
        convert(words, "pdf", work)
        again = []
        for place, plan, word in zip(left, batch, words, strict=False):
            pages = page_count(word.with_suffix(".pdf"))
            if pages in PAGES:
                plan.write(plan.form).save(word, pages)
                yield plan
            else:
                again.append(place)
        left = again + left[len(batch) :]


def _candidates() -> Iterator[tuple[Any, Any]]:
    """Yield hands with texts, again and again, each time with other words."""
    from making import hands
    from making.texts import load_forms

    writers = (
        hands.plain,
        hands.two_columns_table,
        hands.below,
        hands.three_columns_table,
        hands.auto_numbered,
        hands.one_cell,
        hands.noisy_margins,
        hands.decomposed,
        hands.footnoted,
        hands.boxed,
        hands.tracked,
    )
    texts = [form for _, form in sorted(load_forms().items())]
    number = 0
    while True:
        yield writers[number % len(writers)], _with_own_words(texts[number % len(texts)], f"khu vực số {number}")
        number += 1


def _with_own_words(form: Any, words: str) -> Any:
    parts = [
        replace(part, lines=tuple(_ending_in(line, words) for line in part.lines)) if part.number in _WORDED else part
        for part in form.parts
    ]
    return replace(form, parts=tuple(parts))


def _ending_in(line: str, words: str) -> str:
    """Put words before the last mark of a line; tables and headings stay."""
    if line.startswith("|") or line.endswith(":"):
        return line
    body = line.rstrip(" .;")
    return f"{body} ({words}){line[len(body) :]}"


def _parts(paths: Sequence[Path]) -> Iterator[Sequence[Path]]:
    return (paths[at : at + _AT_ONCE] for at in range(0, len(paths), _AT_ONCE))
