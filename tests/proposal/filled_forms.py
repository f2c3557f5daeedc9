"""How well forms are read: every document of a folder against the golden beside it; run by hand it prints tables.

`PYTHONPATH=. python tests/proposal/filled_forms.py [FOLDER] [--wrong]`
"""

from __future__ import annotations

import json
import re
import sys
import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from matcher.announcement import read_announcement
from matcher.checking import check_form
from matcher.proposal import read_proposals
from matcher.records import Announcement, FilledForm, Proposal
from matcher.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "data" / "forms"
SCANS = ("scan", "png", "jpg")
OFFICE = ("odt", "rtf", "doc")
_SUBHEADING = re.compile(r"^\W*(?:căn cứ đề xuất|tính cấp thiết)\s*:?\s*", re.IGNORECASE)
_LINE_MARK = re.compile(r"^[-–•*+]+\s*|(?<=\s)[-–•*+]+\s")


@dataclass(frozen=True)
class Measure:
    """What reading one document gave: (item, found text, expected text) of those wrong, flags missed and false."""

    name: str
    media: str
    hand: str
    items: int
    wrong: tuple[tuple[str, str, str], ...]
    planted: int
    missed: tuple[str, ...]
    false: tuple[str, ...]
    seconds: float

    @property
    def kind(self) -> str:
        """The kind of file as the goals name it: docx, office, pdf or scan."""
        if self.media in SCANS:
            return "scan"
        return "office" if self.media in OFFICE else "pdf" if self.media == "pdf" else "docx"


@cache
def announcement() -> Announcement:
    return read_announcement(ROOT / "corpus" / "lang-son-2025" / "announcement.txt")


def documents(folder: Path = FOLDER) -> list[tuple[Path, dict[str, Any]]]:
    """Return every document of a folder with its golden, archives left out."""
    found = []
    for path in sorted(folder.glob("*.json")):
        golden = json.loads(path.read_text(encoding="utf-8"))
        if "text" in golden:
            suffix = "pdf" if golden["media"] == "scan" else golden["media"]
            found.append((path.with_name(f"{path.stem}.{suffix}"), golden))
    return found


def read_one(path: Path) -> Proposal:
    """Read one document as `matcher match` does, with nothing kept from run to run."""
    settings = Settings(reading_cache_days=0)
    return next(iter(read_proposals([path], settings=settings, form=announcement().form)))


def measure(path: Path, golden: dict[str, Any]) -> Measure:
    """Read a document and compare it with its golden."""
    start = time.perf_counter()
    proposal = read_one(path)
    seconds = time.perf_counter() - start
    limit = 0.05 if golden["media"] in SCANS else 0.01
    checks = list(_checks(proposal.form or FilledForm(), golden))
    wrong = tuple((name, got, want) for name, got, want in checks if error_rate(got, want) >= limit)
    missed, false = _flags(proposal, golden["violations"])
    return Measure(
        path.name,
        golden["media"],
        golden["hand"],
        len(checks),
        wrong,
        len(golden["violations"]),
        missed,
        false,
        seconds,
    )


def flat(text: str) -> str:
    """Return a text in which line breaks, marks of lists, ruled tables and spaces no longer matter."""
    lines = unicodedata.normalize("NFC", text).replace("|", " ").split("\n")
    return " ".join(" ".join(_SUBHEADING.sub("", _LINE_MARK.sub("", line.strip())) for line in lines).split())


def error_rate(got: str, want: str) -> float:
    """Return the share of characters that are wrong, 0 where both are empty."""
    got, want = flat(got), flat(want)
    return Levenshtein.distance(got, want) / max(1, len(want))


def _checks(form: FilledForm, golden: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield what was read and what is expected, item by item; item 2 in its halves, item 10 as contact data."""
    expected = golden["items"]
    for number in range(1, 10):
        item = form.item(number)
        got = item.text if item else ""
        if number == 2 and "2" in expected:
            yield "2 grounds", form.grounds, expected["2"]["grounds"]
            yield "2 urgency", form.urgency, expected["2"]["urgency"]
        else:
            yield str(number), got, expected.get(str(number), "")
    contact = golden["contact"]
    yield (
        "10",
        f"{_digits(form.contact.telephone)} {form.contact.email}",
        f"{_digits(contact['telephone'])} {contact['email']}",
    )
    yield "months", str(form.months), str(golden["months"])
    yield "budget", str(form.budget_vnd), str(golden["budget_vnd"])


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _flags(proposal: Proposal, planted: Sequence[dict[str, Any]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the planted violations that were not flagged, and the flags that nothing was planted for."""
    problems = check_form(proposal, announcement()).problems
    missed = [
        f"{want['code']} {want['item'] or ''}".strip()
        for want in planted
        if not any(got["code"] == want["code"] and want["item"] in (None, got["item"]) for got in problems)
    ]
    codes = {want["code"] for want in planted}
    false = [
        f"{got['code']} {got['item']}: {got['message']}"
        for got in problems
        if _counts(got) and got["code"] not in codes
    ]
    return tuple(missed), tuple(false)


def _counts(problem: Any) -> bool:
    """Tell whether a flag says that something is wrong: information does not."""
    return problem["severity"] != "info"


def share_of_items(measures: Iterable[Measure]) -> float:
    """Return the share of items found with the right text."""
    measures = list(measures)
    return 1 - sum(len(measure.wrong) for measure in measures) / max(1, sum(measure.items for measure in measures))


def table(measures: Sequence[Measure], by: str) -> Iterator[str]:
    """Yield the lines of a table by kind of file, or by hand."""
    groups: dict[str, list[Measure]] = defaultdict(list)
    for one in measures:
        groups[getattr(one, by)].append(one)
    yield f"{by:32} {'forms':>5} {'items':>6} {'right':>7} {'planted':>7} {'missed':>6} {'false/form':>10} {'s/form':>6}"
    for name, group in [*sorted(groups.items()), ("all", list(measures))]:
        false = sum(len(one.false) for one in group) / len(group)
        yield (
            f"{name:32} {len(group):5} {sum(one.items for one in group):6} {share_of_items(group):7.1%} "
            f"{sum(one.planted for one in group):7} {sum(len(one.missed) for one in group):6} {false:10.2f} "
            f"{sum(one.seconds for one in group) / len(group):6.2f}"
        )


def main(arguments: Sequence[str]) -> None:
    """Print the tables, and with --wrong what was wrong."""
    folders = [Path(argument) for argument in arguments if not argument.startswith("--")]
    measures = [measure(path, golden) for path, golden in documents(*folders)]
    lines = [*table(measures, "kind"), "", *table(measures, "hand")]
    if "--wrong" in arguments:
        for one in measures:
            lines += [f"{one.name}: missed {flag}" for flag in one.missed]
            lines += [f"{one.name}: false {flag}" for flag in one.false]
            lines += [
                f"{one.name}: item {name}\n   got  {flat(got)!r}\n   want {flat(want)!r}"
                for name, got, want in one.wrong
            ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
