"""From the plan over the orientation to the proposal's state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from matcher.records import State
from matcher.trends.figures.labels import named
from matcher.trends.figures.specs import Figure, Node, Stack, Streams
from matcher.trends.grid import Column, Grid, text
from matcher.trends.numbers import number
from matcher.trends.records import Analysis, Flow
from matcher.trends.words import NO_ORIENTATION, NO_PLAN, state_name

#: Plans and orientations that are drawn one by one; the others are drawn together.
_PLANS, _ORIENTATIONS = 14, 30
_OTHERS = "\0"


def streams(analysis: Analysis) -> Figure | None:
    """Return the flow of all proposals that were assessed."""
    flows = [flow for flow in analysis.flows if flow.count]
    if not flows:
        return None
    plans = _largest(((flow.plan, flow.count) for flow in flows), _PLANS)
    orientations = _largest(((flow.orientation, flow.count) for flow in flows), _ORIENTATIONS)
    states = [state.value for state in State if any(flow.state == state.value for flow in flows)]
    texts = {each.id: each.name for each in (*analysis.plans, *analysis.orientations)}
    table = _table(flows, states, texts)
    drawn = [_drawn(flow, plans, orientations) for flow in flows]
    picture = Streams(
        *_network(drawn, (plans, orientations, states), texts),
        tuple(state_name(state) for state in states),
        tuple(_stack(plan, drawn, states) for plan in plans),
        "số đề xuất",
    )
    total = sum(flow.count for flow in flows)
    nowhere = sum(flow.count for flow in flows if not flow.orientation)
    caption = (
        f"{number(total)} đề xuất đi từ văn bản căn cứ (trái) qua định hướng (giữa) đến kết quả đối chiếu (phải); bề "
        f"rộng là số đề xuất. {number(nowhere)} đề xuất không gắn với định hướng nào. Trên giấy, hình thay bằng "
        "thanh chồng theo văn bản. Mỗi đề xuất tính một lần, theo định hướng khớp nhất; kết quả là của máy, chưa "
        "phải kết luận của cán bộ."
    )
    return Figure("streams", "Từ văn bản căn cứ đến đề xuất", caption, picture, table)


def _largest(counts: Iterable[tuple[str, int]], most: int) -> list[str]:
    """Return the keys with the highest counts, in order, "" last; then one for the others where there are more."""
    summed: Counter[str] = Counter()
    for key, count in counts:
        summed[key] += count
    ranked = sorted((key for key in summed if key), key=lambda key: (-summed[key], key))
    rest = [_OTHERS] if len(ranked) > most else []
    return [*ranked[:most], *rest, *([""] if "" in summed else [])]


def _drawn(flow: Flow, plans: Sequence[str], orientations: Sequence[str]) -> Flow:
    plan = flow.plan if flow.plan in plans else _OTHERS
    orientation = flow.orientation if flow.orientation in orientations else _OTHERS
    return Flow(plan, orientation, flow.state, flow.count)


def _network(
    flows: Sequence[Flow], keys: tuple[Sequence[str], Sequence[str], Sequence[str]], texts: dict[str, str]
) -> tuple[tuple[Node, ...], tuple[tuple[int, int, int], ...]]:
    nodes: list[Node] = []
    place: dict[tuple[int, str], int] = {}
    for column, names in enumerate(keys):
        for key in names:
            place[column, key] = len(nodes)
            nodes.append(Node(_name(key, column), named(_name(key, column), texts.get(key, "")), column))
    links: Counter[tuple[int, int]] = Counter()
    for flow in flows:
        middle = place[1, flow.orientation]
        links[place[0, flow.plan], middle] += flow.count
        links[middle, place[2, flow.state]] += flow.count
    return tuple(nodes), tuple((*ends, count) for ends, count in sorted(links.items()))


def _name(key: str, column: int) -> str:
    if key == _OTHERS:
        return ("văn bản khác", "định hướng khác")[column]
    if column == 2:
        return state_name(key)
    return key or (NO_PLAN, NO_ORIENTATION)[column]


def _stack(plan: str, flows: Sequence[Flow], states: Sequence[str]) -> Stack:
    counts = tuple(sum(each.count for each in flows if (each.plan, each.state) == (plan, state)) for state in states)
    return Stack(_name(plan, 0), counts)


def _table(flows: Sequence[Flow], states: Sequence[str], texts: dict[str, str]) -> Grid:
    keys = sorted({(flow.plan, flow.orientation) for flow in flows}, key=lambda key: (not key[0], not key[1], key))
    counts = Counter({(flow.plan, flow.orientation, flow.state): flow.count for flow in flows})
    return Grid(
        "Văn bản - định hướng",
        "Số đề xuất theo văn bản căn cứ, định hướng và kết quả đối chiếu",
        (
            text("Văn bản", "Văn bản căn cứ của định hướng", 2.4),
            text("Định hướng", width=5),
            *(Column(state_name(state)) for state in states),
        ),
        tuple(
            (
                plan or NO_PLAN,
                named(id, texts.get(id, "")) or NO_ORIENTATION,
                *(counts[plan, id, each] for each in states),
            )
            for plan, id in keys
        ),
    )
