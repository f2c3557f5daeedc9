"""The map of proposals: near is alike."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from matcher.trends.figures.specs import Figure, Mark, Scatter
from matcher.trends.grid import Column, Grid, Kind, text
from matcher.trends.numbers import number
from matcher.trends.records import Analysis
from matcher.trends.words import NO_TOPIC, state_name

#: Topics with a shape and colour of their own; the others are drawn as one.
_MOST = 6
_OTHER = "chủ đề khác"


def coordinates(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return a place in the plane for each vector: its two main components, signs fixed, so that it is always the same.

    Parameters
    ----------
    vectors : ndarray, shape (n, d)
        Of the proposals.

    Returns
    -------
    ndarray, shape (n, 2)
        Within [-1, 1].
    """
    if len(vectors) == 0 or vectors.shape[1] == 0:
        return np.zeros((len(vectors), 2))
    centred = vectors.astype(np.float64) - vectors.mean(axis=0, dtype=np.float64)
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, ::-1][:, :2]
    signs = np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])])
    placed = centred @ (axes * np.where(signs == 0, 1, signs))
    if placed.shape[1] < 2:
        placed = np.hstack([placed, np.zeros((len(placed), 2 - placed.shape[1]))])
    largest = float(np.abs(placed).max())
    scaled: NDArray[np.float64] = placed / largest if largest > 0 else placed
    return scaled


def plane(analysis: Analysis) -> Figure | None:
    """Return the map with the largest topics told apart; None where there are no coordinates."""
    if len(analysis.points) < 3:
        return None
    labels = {topic.id: topic.label for topic in analysis.topics}
    sizes = Counter(point.topic for point in analysis.points if point.topic)
    largest = sorted(sizes, key=lambda topic: (-sizes[topic], topic))[:_MOST]
    names = [labels.get(topic, topic) for topic in largest]
    names += [_OTHER] if len(sizes) > _MOST else []
    names += [NO_TOPIC] if any(not point.topic for point in analysis.points) else []

    def group(topic: str) -> int:
        return largest.index(topic) if topic in largest else names.index(_OTHER if topic else NO_TOPIC)

    marks = tuple(
        Mark(
            point.x, point.y, f"{point.title} ({point.id}, {point.year}, {state_name(point.state)})", group(point.topic)
        )
        for point in analysis.points
    )
    caption = (
        f"Mỗi điểm là một trong {number(len(marks))} đề xuất; gần nhau là nội dung giống nhau, hai trục không có đơn "
        "vị. Bản đồ rút từ nhiều chiều xuống hai (thành phần chính) nên khoảng cách chỉ gần đúng: dùng để nhìn, không "
        "để đo."
    )
    return Figure("plane", "Bản đồ đề xuất", caption, Scatter(marks, tuple(names)), _table(analysis, labels))


def _table(analysis: Analysis, labels: dict[str, str]) -> Grid:
    rows = (
        (each.id, each.title, str(each.year), labels.get(each.topic, NO_TOPIC), each.x, each.y)
        for each in analysis.points
    )
    columns = (
        text("Mã số", width=2),
        text("Tên", width=6),
        text("Năm", width=1),
        text("Chủ đề", width=3),
        Column("x", "Thành phần chính thứ nhất, không có đơn vị", Kind.NUMBER),
        Column("y", "Thành phần chính thứ hai, không có đơn vị", Kind.NUMBER),
    )
    return Grid("Bản đồ", "Vị trí của các đề xuất trên bản đồ", columns, tuple(rows))
