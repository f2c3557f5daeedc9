"""The self-check as HTML: one file that opens with no network and prints like the document."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import BinaryIO

from matcher.reporting.check import words
from matcher.reporting.check.record import SelfCheck
from matcher.reporting.check.view import check_view

_TEMPLATES = Path(__file__).parent / "templates"


def write_check_html(check: SelfCheck, stream: BinaryIO) -> None:
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
    style = (_TEMPLATES / "check.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    page = environment.get_template("check.html.j2").render(
        words=words,
        view=check_view(check),
        style=Markup(style),
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
    )
    stream.write(page.encode("utf-8"))
