"""`matcher announcement`: an announcement's structure and integrity report on the terminal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from matcher.announcement import announcement_to_record, builtin_names, find_announcement
from matcher.records import Announcement, Basis, Orientation

#: Widest table, and the width from which a plan stands on one line with its date.
MAX_WIDTH, WIDE = 140, 110
_WORDS: dict[str, dict[str, str]] = {
    "vi": {
        "issuer": "Cơ quan ban hành", "title": "Tiêu đề", "deadline": "Hạn nộp", "office": "Nơi nhận",
        "counts": "{fields} lĩnh vực, {orientations} định hướng, {plans} văn bản căn cứ "
        "({listed} nêu ở phần căn cứ), {requirements} yêu cầu, mẫu phiếu {items} mục",
        "pages": ", tối đa {n} trang", "unknown": "không ghi",
        "id": "Mã", "text": "Định hướng", "plan": "Văn bản căn cứ", "plans": "Các văn bản căn cứ",
        "number": "Số, ngày", "plan_title": "Tên văn bản", "bullets": "Định hướng dẫn tới", "date": " ngày {date}",
        "unlisted": "không có trong phần căn cứ", "untitled": "(thông báo không ghi tên)", "bullet": "định hướng {id}",
        "integrity": "Những điểm cần lưu ý trong thông báo",
        "clean": "Không thấy mâu thuẫn nào trong thông báo.",
        Basis.EXPLICIT: "chú thích tại định hướng", Basis.INHERITED: "theo chú thích phía trên",
        Basis.INLINE: "nêu trong định hướng", Basis.UNRESOLVED: "văn bản không có trong phần căn cứ",
        Basis.NONE: "không nêu căn cứ",
    },
    "en": {
        "issuer": "Issuer", "title": "Title", "deadline": "Deadline", "office": "Receiving office",
        "counts": "{fields} fields, {orientations} orientations, {plans} plans "
        "({listed} listed in the preamble), {requirements} requirements, a form of {items} items",
        "pages": ", at most {n} pages", "unknown": "not stated",
        "id": "Id", "text": "Orientation", "plan": "Plan", "plans": "Plans",
        "number": "Number, date", "plan_title": "Title", "bullets": "Cited by", "date": " of {date}",
        "unlisted": "not in the preamble", "untitled": "(no title is given)", "bullet": "orientation {id}",
        "integrity": "What a careful reader would want to know", "clean": "No contradiction was found.",
        Basis.EXPLICIT: "footnote of its own", Basis.INHERITED: "by the footnote above",
        Basis.INLINE: "named in its text", Basis.UNRESOLVED: "plan not in the preamble",
        Basis.NONE: "no plan named",
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
        console.print(_orientations(f"{field.id}. {field.name}", mine, words, console.width))
    if announcement.plans:
        console.print(_plans(announcement, words, console.width))
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


def _table(title: str, width: int, columns: Sequence[tuple[str, int]]) -> Table:
    """Return an empty table of headings and widths; a width of 0 takes what is left."""
    table = Table(title=Text(title, style="bold"), title_justify="left", width=min(width, MAX_WIDTH))
    for heading, wide in columns:
        table.add_column(heading, width=wide or None, ratio=None if wide else 1)
    return table


def _orientations(title: str, orientations: Sequence[Orientation], words: dict[str, str], width: int) -> Table:
    columns = ((words["id"], 4), (words["text"], 0), (words["plan"], 30 if width >= WIDE else 20))
    table = _table(title, width, columns)
    for orientation in orientations:
        plans = "\n".join(f"{each.plan} ({words[each.basis]})" for each in orientation.citations)
        table.add_row(orientation.id, Text(orientation.text), Text(plans or words[Basis.NONE]))
    return table


def _plans(announcement: Announcement, words: dict[str, str], width: int) -> Table:
    columns = ((words["number"], 28 if width >= WIDE else 15), (words["plan_title"], 0), (words["bullets"], 20))
    table = _table(words["plans"], width, columns)
    for plan in announcement.plans:
        day = words["date"].format(date=plan.date.strftime("%d/%m/%Y")) if plan.date else ""
        title = f"{plan.kind} {plan.title}" if plan.title else f"{plan.kind} {words['untitled']}"
        bullets = [o.id for o in announcement.orientations if plan.id in {each.plan for each in o.citations}]
        note = "" if plan.listed else f" ({words['unlisted']})"
        table.add_row(Text(plan.id + day), Text(title.strip() + note), Text(", ".join(bullets) or "–"))
    return table


def _print_integrity(console: Console, announcement: Announcement, words: dict[str, str]) -> None:
    if not announcement.integrity:
        console.print(words["clean"])
        return
    console.print(f"\n[bold]{words['integrity']}[/bold]")
    bullets = {orientation.id for orientation in announcement.orientations}
    notes = Table.grid(padding=(0, 1))
    for problem in announcement.integrity:
        place = words["bullet"].format(id=problem.where) if problem.where in bullets else problem.where
        where = f" ({place})" if place and problem.where.lower() not in problem.message.lower() else ""
        notes.add_row("•", Text(problem.message + where))
    console.print(notes)
