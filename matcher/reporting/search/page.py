"""The search report as HTML: one file that opens with no network and prints like the document."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import BinaryIO

from matcher.reporting.search import words
from matcher.reporting.search.record import SearchReport
from matcher.reporting.search.view import proposal_view, scope_lines
from matcher.reporting.wording import clean, one_line

_TEMPLATES = Path(__file__).parent / "templates"


def write_search_html(report: SearchReport, stream: BinaryIO) -> None:
    """Write the page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = (_TEMPLATES / "search.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    chunks = environment.get_template("search.html.j2").generate(
        words=words,
        clean=clean,
        style=Markup(style),
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        office=one_line(report.office),
        day=report.scope.searched_on.strftime("%d/%m/%Y"),
        scope=scope_lines(report),
        views=[proposal_view(number, each, report.scope) for number, each in enumerate(report.proposals, 1)],
    )
    for chunk in chunks:
        stream.write(chunk.encode("utf-8"))
