"""The evaluation as one HTML page: opens with no network, runs no script, prints well, speaks both languages."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from matcher.evaluation.charts import floor_of, line_chart, reliability_chart
from matcher.evaluation.intervals import Difference, Interval
from matcher.evaluation.labels import PROBABILITY, RANKING, SCOPE, SCOPE_KINDS, STATES, label, scope_key
from matcher.evaluation.scoring import Evaluation

_TEMPLATES = Path(__file__).parent / "templates"
#: Code points of an orientation's text that stand beside its bar.
_SHOWN = 90


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one evaluation found.

    Attributes
    ----------
    announcement : str
        Its name.
    gold : sequence of (str, int)
        The files of judgments and how many each holds.
    system : str
        What ours is called: "matcher", or the file of predictions.
    evaluation : Evaluation
        Of that system.
    baselines : mapping of str to figures
        Ranking figures of others, by name.
    best_baseline : str
        The one compared with; "" where there is none.
    difference : Difference, optional
        nDCG@5, ours − the best baseline's.
    texts : mapping of str to str
        Texts of the orientations, by id.
    """

    announcement: str
    gold: Sequence[tuple[str, int]]
    system: str
    evaluation: Evaluation
    baselines: Mapping[str, Mapping[str, Interval]] = field(default_factory=dict)
    best_baseline: str = ""
    difference: Difference | None = None
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def systems(self) -> dict[str, Mapping[str, Interval]]:
        """Ranking figures of ours and of the others."""
        return {self.system: self.evaluation.figures, **self.baselines}

    def to_record(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        systems = {name: {k: i.to_record() for k, i in figures.items()} for name, figures in self.systems.items()}
        difference = None
        if self.difference is not None:
            gap = self.difference
            ends = Interval(gap.mean, gap.low, gap.high, gap.n).to_record()
            difference = {"metric": "ndcg@5", "baseline": self.best_baseline, **ends, "share_above_0": gap.above}
        return {
            "announcement": self.announcement,
            "gold": [{"file": name, "judgments": n} for name, n in self.gold],
            "system": self.system,
            "systems": systems,
            "difference": difference,
            **self.evaluation.to_record(),
        }


def page_of(outcome: Outcome, language: str = "vi") -> str:
    """Return the page; `language` says which of the two languages comes first."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = (_TEMPLATES / "evaluation.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    shown = outcome.evaluation
    return environment.get_template("evaluation.html.j2").render(
        language=language,
        t=_Bilingual(language),
        outcome=outcome,
        counts=shown.counts,
        figures=shown.figures,
        style=Markup(style),
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        ranking=[key for key in RANKING if key in shown.figures],
        lists=[[key for key in keys if key in shown.figures] for keys in (PROBABILITY, STATES)],
        scope=_scope_table(shown.figures),
        charts=_charts(shown),
        fields=_by_field(outcome),
    )


@dataclass(frozen=True, slots=True)
class _Bilingual:
    """Writes a label in both languages, the reader's first."""

    language: str

    def __call__(self, vietnamese: str, english: str = "") -> str:
        """Return the markup of a text in both languages, or of the label of a key."""
        from markupsafe import Markup

        if not english:
            vietnamese, english = label(vietnamese, "vi"), label(vietnamese, "en")
        first, second = (english, vietnamese) if self.language == "en" else (vietnamese, english)
        other = "vi" if self.language == "en" else "en"
        if first == second:
            return Markup("<span>{}</span>").format(first)
        return Markup('<span>{} <i lang="{}">{}</i></span>').format(first, other, second)

    def first(self, key: str) -> str:
        """Return a key's label in the reader's language alone."""
        return label(key, self.language)


def _scope_table(figures: Mapping[str, Interval]) -> dict[str, Any]:
    """Return the kinds that were judged and, by metric, their figures."""
    kinds = [kind for kind in SCOPE_KINDS if any(scope_key(metric, kind) in figures for metric in SCOPE)]
    rows = {metric: [figures.get(scope_key(metric, kind)) for kind in kinds] for metric in SCOPE}
    return {"kinds": kinds, "rows": {metric: cells for metric, cells in rows.items() if any(cells)}}


def _charts(shown: Evaluation) -> list[dict[str, Any]]:
    """Return the charts that have anything to draw, with titles and axes in both languages."""
    coverage = shown.risk_coverage
    drawn: list[dict[str, Any]] = [
        {
            "chart": reliability_chart(shown.reliability),
            "title": ("Độ tin cậy của xác suất", "Reliability"),
            "x": ("xác suất đã báo", "probability said"),
            "y": ("tỷ lệ đúng thật", "share that is relevant"),
            "note": (
                "Mỗi điểm là một phần mười số cặp; vạch đứng: khoảng 95 %. Đường chéo là hoàn hảo.",
                "Each point is a tenth of the pairs; upright bars: 95 % intervals. The diagonal is perfect.",
            ),
        },
        {
            "chart": line_chart(coverage, floor=floor_of(coverage)),
            "title": ("Độ đúng khi chỉ giữ phần chắc nhất", "Risk and coverage"),
            "x": ("phần giữ lại", "share kept"),
            "y": ("đúng ở hạng 1", "precision at 1"),
            "note": (
                "Xếp theo xác suất ở hạng 1, giữ phần chắc nhất.",
                "Sorted by the probability at rank 1, the surest kept.",
            ),
        },
        {
            "chart": line_chart(shown.roc, diagonal=True),
            "title": ("Nhận ra đề xuất ngoài định hướng", "ROC of scope"),
            "x": ("trong định hướng bị báo nhầm", "inside, falsely alarmed"),
            "y": ("ngoài định hướng bắt được", "outside, caught"),
            "note": (
                "Mỗi loại ngoài định hướng so với mọi đề xuất trong định hướng.",
                "Each kind of outside proposal against all that lie inside.",
            ),
        },
    ]
    return [each for each in drawn if each["chart"].series]


def _by_field(outcome: Outcome) -> dict[str, list[dict[str, Any]]]:
    """Return the bars of the orientations, by field."""
    fields: dict[str, list[dict[str, Any]]] = {}
    for orientation, (found, asked) in outcome.evaluation.orientations.items():
        text = " ".join(outcome.texts.get(orientation, "").split())
        text = text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + " …"
        bar = {"id": orientation, "text": text, "found": found, "asked": asked, "share": found / asked}
        fields.setdefault(orientation.split(".")[0], []).append(bar)
    return fields
