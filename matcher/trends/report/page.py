"""The yearly report as one HTML file: figures to point at on the screen, still pictures on paper, no network."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from matcher.reporting.paper import COUNTRY, DOTS, MOTTO
from matcher.reporting.wording import clean, one_line
from matcher.trends.figures import Figure, plotly_script, to_plotly, to_svg
from matcher.trends.records import Analysis
from matcher.trends.report.sections import NO_VERDICT, document_of
from matcher.trends.report.word_file import MOST_ROWS, is_number, table_notes

_TEMPLATES = Path(__file__).parent / "templates"


def write_html(analysis: Analysis, stream: BinaryIO, office: str = "") -> None:
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
    document = document_of(analysis)
    figures = document.figures
    scripts = (plotly_script(), _template("trends.js")) if figures else ()
    chunks = environment.get_template("trends.html.j2").generate(
        document=document,
        office=one_line(office) or DOTS[:30],
        country=COUNTRY,
        motto=MOTTO,
        no_verdict=NO_VERDICT,
        numbers={figure.id: number for number, figure in enumerate(figures, 1)},
        stills={figure.id: _data_uri(to_svg(figure)) for figure in figures},
        drawings=Markup(_json({figure.id: to_plotly(figure) for figure in figures})),
        style=Markup(_template("trends.css")),
        scripts=[Markup(script) for script in scripts],
        policy=_policy(scripts),
        most_rows=MOST_ROWS,
        table_notes=table_notes,
        is_number=is_number,
        clean=clean,
        what_is=_what_is,
    )
    for chunk in chunks:
        stream.write(chunk.encode("utf-8"))


def _template(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _policy(scripts: tuple[str, ...]) -> str:
    """Return the page's policy: its own scripts alone, and nothing from anywhere."""
    digests = [hashlib.sha256(script.encode("utf-8")).digest() for script in scripts]
    allowed = " ".join(f"'sha256-{base64.b64encode(digest).decode('ascii')}'" for digest in digests) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


def _json(drawings: Mapping[str, object]) -> str:
    """Return JSON that no text in it can end the script that holds it."""
    written = json.dumps(drawings, ensure_ascii=False, allow_nan=False)
    return written.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _data_uri(svg: bytes) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode('ascii')}"


def _what_is(figure: Figure) -> str:
    return f"{figure.title}. {figure.caption}"
