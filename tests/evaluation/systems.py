"""Judgments and what a made-up system says about them, for the tests of this folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

IDS = [f"{field}.{number}" for field in (1, 2, 3) for number in range(1, 5)]
PLANS = {orientation: f"{index // 2 + 1}/KH-UBND" for index, orientation in enumerate(IDS)}


def gold_line(key: str, relevant: dict[str, int], **more: Any) -> dict[str, Any]:
    field = next((int(o[0]) for o in relevant if o[0].isdecimal()), None)
    return {
        "id": key,
        "title": f"Đề xuất {key}",
        "relevant": relevant,
        "field": field,
        "off_topic": not relevant,
    } | more


def prediction_line(key: str, probabilities: dict[str, float], outside: float = 0.1, state: str = "aligned") -> dict:
    ranked = sorted(probabilities, key=lambda o: -probabilities[o])
    matches = [
        {"rank": i, "orientation": o, "probability": probabilities[o], "plan": {"id": PLANS.get(o, "")}}
        for i, o in enumerate(ranked, start=1)
    ]
    return {
        "proposal": {"id": key}, "state": state, "outside_probability": outside, "matches": matches,
        "plans": [{"rank": 1, "id": PLANS.get(ranked[0], "")}] if ranked else [],
    }  # fmt: skip


def random_run(seed: int, n: int = 60) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Judgments of every kind and predictions that are right more often than not."""
    rng = np.random.default_rng(seed)
    gold, predictions = [], []
    for number in range(n):
        key, relevant = f"p{number}", {}
        if rng.random() < 0.7:
            for orientation in rng.choice(IDS, rng.integers(1, 5), replace=False):
                relevant[str(orientation)] = int(rng.integers(1, 3))
        kind = {} if relevant else {"outside": str(rng.choice(["near", "far", "invalid"]))}
        level = {"difficulty": str(rng.choice(["plain", "far_wording"])), "synthetic": bool(number % 3)}
        gold.append(gold_line(key, relevant, **kind, **level))
        said = {o: float(np.clip(rng.random() * 0.6 + 0.3 * (o in relevant), 0, 1)) for o in IDS}
        outside = float(np.clip(rng.random() * 0.7 + 0.3 * (not relevant), 0, 1))
        state = "outside" if outside > 0.65 else "uncertain" if outside > 0.5 else "aligned"
        predictions.append(prediction_line(key, said, outside, state))
    return gold, predictions


def write_lines(file: Path, lines: list[dict[str, Any]]) -> Path:
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return file
