"""`matcher announcement`: an announcement's structure and integrity report on the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from matcher.announcement import announcement_to_record, builtin_names, find_announcement
from matcher.records import Announcement, Basis, Orientation

_WORDS: dict[str, dict[str, str]] = {
    "vi": {
        "issuer": "Cơ quan ban hành", "title": "Tiêu đề", "deadline": "Hạn nộp", "office": "Nơi nhận",
        "counts": "{fields} lĩnh vực, {orientations} định hướng, {plans} văn bản căn cứ "
        "({listed} nêu ở phần căn cứ), {requirements} yêu cầu, mẫu phiếu {items} mục",
        "pages": ", tối đa {n} trang", "unknown": "không ghi",
        "id": "Mã", "text": "Định hướng", "plan": "Văn bản căn cứ", "basis": "Căn cứ theo",
        "integrity": "Những điểm cần lưu ý trong thông báo",
        "clean": "Không thấy mâu thuẫn nào trong thông báo.",
        Basis.EXPLICIT: "chú thích", Basis.INHERITED: "chú thích phía trên", Basis.INLINE: "nêu trong lời",
        Basis.UNRESOLVED: "không có trong phần căn cứ", Basis.NONE: "không nêu",
    },
    "en": {
        "issuer": "Issuer", "title": "Title", "deadline": "Deadline", "office": "Receiving office",
        "counts": "{fields} fields, {orientations} orientations, {plans} plans "
        "({listed} listed in the preamble), {requirements} requirements, a form of {items} items",
        "pages": ", at most {n} pages", "unknown": "not stated",
        "id": "Id", "text": "Orientation", "plan": "Plan", "basis": "Basis",
        "integrity": "What a careful reader would want to know", "clean": "No contradiction was found.",
        Basis.EXPLICIT: "footnote", Basis.INHERITED: "footnote above", Basis.INLINE: "in its text",
        Basis.UNRESOLVED: "not in the preamble", Basis.NONE: "none",
    },
}  # fmt: skip


def list_builtin() -> None:
    """Print the names of the built-in announcements, a line each."""
    for name in builtin_names():
        click.echo(name)


def show_announcement(name: str, json_file: Path | None, language: str) -> None:
    """Print an announcement's structure and integrity report, and write its record where asked."""
    from matcher.reporting.atomic import replacing

    announcement = find_announcement(name)
    if json_file is not None:
        record = json.dumps(announcement_to_record(announcement), ensure_ascii=False, indent=1) + "\n"
        with replacing(json_file) as stream:
            stream.write(record.encode("utf-8"))
    console = Console()
    words = _WORDS[language]
    _print_head(console, announcement, words)
    for field in announcement.fields:
        mine = [o for o in announcement.orientations if o.field == field.id]
        console.print(_table(f"{field.id}. {field.name}", mine, words, console.width))
    _print_integrity(console, announcement, words)


def _print_head(console: Console, announcement: Announcement, words: dict[str, str]) -> None:
    deadline = announcement.deadline.strftime("%d/%m/%Y") if announcement.deadline else words["unknown"]
    for label, value in (
        ("title", announcement.title),
        ("issuer", announcement.issuer),
        ("deadline", deadline),
        ("office", announcement.receiving_office or words["unknown"]),
    ):
        console.print(f"[bold]{words[label]}:[/bold] {escape(value)}")
    counts = words["counts"].format(
        fields=len(announcement.fields),
        orientations=len(announcement.orientations),
        plans=len(announcement.plans),
        listed=sum(plan.listed for plan in announcement.plans),
        requirements=len(announcement.requirements),
        items=len(announcement.form.items),
    )
    pages = words["pages"].format(n=announcement.form.max_pages) if announcement.form.max_pages else ""
    console.print(f"{counts}{pages}.")


def _table(title: str, orientations: list[Orientation], words: dict[str, str], width: int) -> Table:
    table = Table(title=escape(title), title_justify="left", width=min(width, 140), pad_edge=False)
    table.add_column(words["id"], no_wrap=True)
    table.add_column(words["text"], ratio=5)
    table.add_column(words["plan"], ratio=2)
    table.add_column(words["basis"], ratio=1)
    for orientation in orientations:
        citations = orientation.citations
        table.add_row(
            orientation.id,
            Text(orientation.text),
            Text("\n".join(citation.plan for citation in citations)),
            Text("\n".join(words[citation.basis] for citation in citations) or words[Basis.NONE]),
        )
    return table


def _print_integrity(console: Console, announcement: Announcement, words: dict[str, str]) -> None:
    if not announcement.integrity:
        console.print(words["clean"])
        return
    console.print(f"\n[bold]{words['integrity']}[/bold]")
    for problem in announcement.integrity:
        where = f" ({problem.where})" if problem.where else ""
        console.print(Text(f"• {problem.message}{where}"))
