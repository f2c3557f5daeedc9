"""Builds three synthetic rounds of proposals (2023-2025), their announcements and the truths planted in them.

Run by hand from the project's root: `python corpus/rounds/build.py`. The same inputs give the same bytes. Texts come
from the synthetic proposals of `corpus/benchmark/lang-son-2025/` (never its real titles) and from the tables beside
this file: `written.tsv`, `resubmitted.tsv` and `bullets.tsv`.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
import textwrap
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent
YEARS = (2023, 2024, 2025)
SEED = 20231125
LABEL = "dữ liệu giả lập"
HEADER = (
    "mã số", "tên nhiệm vụ", "mục tiêu", "đơn vị", "địa bàn", "năm", "kinh phí", "thời gian thực hiện", "trạng thái",
    "ghi chú",
)  # fmt: skip

#: Planted groups: how many proposals a year.
PLANTED = {
    "health-ai": (3, 12, 26),
    "forest": (18, 9, 2),
    "macadamia": (8, 0, 0),
    "tourism": (10, 11, 12),
    "party": (1, 4, 13),
    "other-outside": (6, 7, 8),
}
UNANSWERED = ("2.11", "2.12", "2.13", "3.8")
#: Bullets that planted groups answer, or that nobody answers: the rest of the round keeps away from them.
KEPT_FREE = {"1.7", "3.4", "5.3", *UNANSWERED}
DIGITAL_HEALTH = {"S4.1-05", "S4.1-06", "S4.2-13", "S4.1-15", "S4.1-16", "S5.1-11"}
A_BULLET = 5
FROM_BENCHMARK = {
    "macadamia": [f"S5.3-{n:02d}" for n in (1, 3, 4, 6, 7, 8, 9, 10)],
    "forest": [f"S1.7-{n:02d}" for n in (1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16)],
    "tourism": [f"S3.4-{n:02d}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15)]
    + ["S3.5-07", "S3.10-06", "S3.11-07", "S3.13-07", "S3.13-08", "S5.2-11"],
    "party": ["O2-near-084", "O2-near-110", "O2-near-111", "O2-near-112", "S0-near-034", "S0-near-036"],
    "other-outside": [
        f"S0-near-{n:03d}"
        for n in (1, 6, 13, 16, 19, 20, 24, 45, 48, 59, 62, 63, 66, 69, 77, 78, 84, 86, 88, 89, 91, 93, 97)
    ],
}  # fmt: skip

DISTRICTS: dict[str, tuple[str, ...]] = {
    "Lạng Sơn": ("phường Đông Kinh", "phường Tam Thanh"),
    "Bắc Sơn": ("xã Bắc Sơn",),
    "Bình Gia": ("xã Bình Gia",),
    "Cao Lộc": ("xã Đồng Đăng", "xã Công Sơn"),
    "Chi Lăng": ("xã Chi Lăng",),
    "Đình Lập": ("xã Đình Lập",),
    "Hữu Lũng": ("xã Hữu Lũng",),
    "Lộc Bình": ("xã Lộc Bình",),
    "Tràng Định": ("xã Thất Khê",),
    "Văn Lãng": ("xã Na Sầm",),
    "Văn Quan": ("xã Văn Quan",),
}
#: The name that a careful officer would use → how proposers wrote it. Bodies of this kind exist; what they propose
#: here is made up. The last four are made up altogether.
ORGANISATIONS: dict[str, tuple[str, ...]] = {
    "Bệnh viện Đa khoa tỉnh Lạng Sơn": (
        "Bệnh viện Đa khoa tỉnh Lạng Sơn", "BVĐK tỉnh Lạng Sơn", "Bệnh viện đa khoa tỉnh Lạng  Sơn",
        "BV Đa khoa tỉnh Lạng Sơn",
    ),
    "Sở Y tế tỉnh Lạng Sơn": ("Sở Y tế tỉnh Lạng Sơn", "SỞ Y TẾ LẠNG SƠN", "Sở Y tế"),
    "Chi cục Kiểm lâm tỉnh Lạng Sơn": (
        "Chi cục Kiểm lâm tỉnh Lạng Sơn", "CC Kiểm lâm tỉnh Lạng Sơn", "Chi cục kiểm lâm Lạng Sơn",
    ),
    "Sở Văn hóa, Thể thao và Du lịch tỉnh Lạng Sơn": (
        "Sở Văn hóa, Thể thao và Du lịch tỉnh Lạng Sơn", "Sở VHTT&DL tỉnh Lạng Sơn", "Sở VH,TT&DL Lạng Sơn",
    ),
    "Trường Chính trị tỉnh Lạng Sơn": ("Trường Chính trị tỉnh Lạng Sơn", "Trường chính trị tỉnh Lạng Sơn"),
    "Trường Cao đẳng Lạng Sơn": ("Trường Cao đẳng Lạng Sơn", "Trường CĐ Lạng Sơn", "Cao đẳng Lạng Sơn"),
    "Trung tâm Ứng dụng tiến bộ khoa học và công nghệ tỉnh Lạng Sơn": (
        "Trung tâm Ứng dụng tiến bộ khoa học và công nghệ tỉnh Lạng Sơn",
        "TT Ứng dụng tiến bộ KH&CN tỉnh Lạng Sơn", "Trung tâm Ứng dụng tiến bộ KH và CN tỉnh Lạng Sơn",
    ),
    "Viện Nghiên cứu Mẫu Đông Bắc": (
        "Viện Nghiên cứu Mẫu Đông Bắc", "Viện nghiên cứu Mẫu Đông Bắc", "Viện NC Mẫu Đông Bắc",
    ),
    "Trường Đại học Giả Định": ("Trường Đại học Giả Định", "ĐH Giả Định", "Đại học Giả Định"),
    "Hợp tác xã Nông sản Ví Dụ": ("Hợp tác xã Nông sản Ví Dụ", "HTX Nông sản Ví Dụ", "HTX nông sản Ví dụ"),
    "Công ty TNHH Minh Họa": ("Công ty TNHH Minh Họa", "Cty TNHH Minh Họa", "CÔNG TY TNHH MINH HỌA"),
}  # fmt: skip
OF_GROUP = {
    "health-ai": ("Bệnh viện Đa khoa tỉnh Lạng Sơn", "Bệnh viện Đa khoa tỉnh Lạng Sơn", "Sở Y tế tỉnh Lạng Sơn"),
    "forest": ("Chi cục Kiểm lâm tỉnh Lạng Sơn", "Viện Nghiên cứu Mẫu Đông Bắc"),
    "tourism": ("Sở Văn hóa, Thể thao và Du lịch tỉnh Lạng Sơn", "Trường Cao đẳng Lạng Sơn"),
    "party": ("Trường Chính trị tỉnh Lạng Sơn",),
    "macadamia": ("Hợp tác xã Nông sản Ví Dụ",),
    "other-outside": ("Trường Đại học Giả Định", "Viện Nghiên cứu Mẫu Đông Bắc"),
}
OF_FIELD = {
    "1": ("Hợp tác xã Nông sản Ví Dụ", "Viện Nghiên cứu Mẫu Đông Bắc",
          "Trung tâm Ứng dụng tiến bộ khoa học và công nghệ tỉnh Lạng Sơn"),
    "2": ("Công ty TNHH Minh Họa", "Trung tâm Ứng dụng tiến bộ khoa học và công nghệ tỉnh Lạng Sơn",
          "Trường Đại học Giả Định"),
    "3": ("Trường Cao đẳng Lạng Sơn", "Trường Đại học Giả Định"),
    "4": ("Sở Y tế tỉnh Lạng Sơn",),
    "5": ("Hợp tác xã Nông sản Ví Dụ", "Công ty TNHH Minh Họa"),
}  # fmt: skip
MILLIONS = (350, 480, 650, 850, 980, 1200, 1500, 1850, 2400)
MONTHS = (12, 18, 24, 24, 30, 36)


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal of a round; `group` and `bullet` are the truth, and do not stand in the CSV."""

    group: str
    bullet: str
    source: str
    title: str
    objective: str
    year: int = 0
    again: str = ""
    id: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


def table(name: str) -> list[dict[str, str]]:
    """Read a tab-separated table beside this file; missing cells at a line's end are empty."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    cells = (line.split("\t") for line in lines[1:] if line)
    return [dict(zip(header, [*row, *[""] * (len(header) - len(row))], strict=True)) for row in cells]


def benchmark() -> dict[str, dict[str, Any]]:
    """Return the benchmark's synthetic proposals by id."""
    found = {}
    for path in sorted((CORPUS / "benchmark" / "lang-son-2025").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["synthetic"]:
                found[row["id"]] = row
    return found


def elsewhere() -> re.Pattern[str]:
    """Match names of other provinces: their proposals are not for this round."""
    lines = (CORPUS / "provinces" / "provinces.tsv").read_text(encoding="utf-8").splitlines()
    names = {line.split("\t")[0] for line in lines if line and not line.startswith("#")} - {"Lạng Sơn", "name"}
    return re.compile("|".join(sorted(map(re.escape, names | {"Hàm Yên", "Bắc Hà", "Sìn Hồ", "Tràng An"}))))


def planted(rows: Mapping[str, dict[str, Any]]) -> list[Row]:
    """Return the planted groups, spread over the years as PLANTED says."""
    bullet = {"health-ai": "4.1", "forest": "1.7", "macadamia": "5.3", "tourism": "3.4"}
    written = defaultdict(list)
    for n, row in enumerate(table("written.tsv"), 1):
        written[row["group"]].append(
            Row(row["group"], bullet.get(row["group"], ""), f"W-{n:03d}", row["title"], row["objective"])
        )
    result = []
    for group, counts in PLANTED.items():
        pool = [
            Row(group, bullet.get(group, ""), id, rows[id]["title"], rows[id]["objective"])
            for id in FROM_BENCHMARK.get(group, [])
        ]
        pool += written[group]
        random.Random(f"{SEED} {group}").shuffle(pool)
        if len(pool) < sum(counts):
            raise SystemExit(f"{group}: {len(pool)} texts, {sum(counts)} wanted")
        for year, count in zip(YEARS, counts, strict=True):
            result += [replace(pool.pop(), year=year) for _ in range(count)]
    return result


def background(rows: Mapping[str, dict[str, Any]]) -> list[Row]:
    """Return what is proposed alike every year: A_BULLET proposals for each bullet that is not kept free."""
    other = elsewhere()
    again = {row["source"]: row for row in table("resubmitted.tsv")}
    by_bullet: dict[str, list[str]] = defaultdict(list)
    for id, row in rows.items():
        usable = re.match(r"S\d\.", id) and not KEPT_FREE & set(row["relevant"]) and id not in DIGITAL_HEALTH
        if usable and not other.search(row["title"] + row["objective"]):
            by_bullet[row["target"]].append(id)
    result = []
    for turn, bullet in enumerate(sorted(by_bullet, key=lambda id: [int(n) for n in id.split(".")])):
        ids = by_bullet[bullet]
        random.Random(f"{SEED} {bullet}").shuffle(ids)
        years = [YEARS[(turn + n) % 3] for n in range(A_BULLET)]
        for first in [id for id in ids if id in again]:
            years.remove(2025)
            years.remove(int(again[first]["first"]))
            result += resubmitted(rows[first], bullet, again[first])
        fresh = [id for id in ids if id not in again]
        result += [
            Row("background", bullet, id, rows[id]["title"], rows[id]["objective"], year)
            for year, id in zip(years, fresh, strict=False)
        ]
    return result


def resubmitted(row: dict[str, Any], bullet: str, again: dict[str, str]) -> list[Row]:
    """Return a proposal of an earlier round and what came of it in 2025."""
    first = Row("background", bullet, row["id"], row["title"], row["objective"], int(again["first"]))
    second = replace(
        first,
        title=again["title"] or first.title,
        objective=again["objective"] or first.objective,
        year=2025,
        again=again["kind"],
        source=f"{row['id']}*" if again["title"] else row["id"],
    )
    return [first, second]


def amount(millions: int, turn: int) -> str:
    """Write a budget as one proposer or another would."""
    dotted = f"{millions * 1_000_000:,}".replace(",", ".")
    billions = f"{millions / 1000:g}".replace(".", ",")
    return (f"{millions} triệu đồng", f"{dotted} đồng", f"{billions} tỷ đồng")[turn % 3]


def duration(months: int, year: int, turn: int) -> str:
    """Write a duration as one proposer or another would."""
    if turn % 3 == 1 and months % 12 == 0:
        return f"{months // 12} năm"
    if turn % 3 == 2:
        last = months - 1
        return f"từ tháng 01/{year + 1} đến tháng {last % 12 + 1:02d}/{year + 1 + last // 12}"
    return f"{months} tháng"


def place(district: str, year: int, turn: int) -> str:
    """Name a place: by district before July 2025, by the commune that stands there since."""
    if year == 2025:
        communes = DISTRICTS[district]
        return f"{communes[turn % len(communes)]}, tỉnh Lạng Sơn"
    if district == "Lạng Sơn":
        return ("thành phố Lạng Sơn", "TP Lạng Sơn", "TP. Lạng Sơn, tỉnh Lạng Sơn")[turn % 3]
    return (f"huyện {district}", f"H. {district}", f"huyện {district}, tỉnh Lạng Sơn")[turn % 3]


def filled(rows: Sequence[Row], year: int) -> list[Row]:
    """Order a round, number it and fill its other columns."""
    chance = random.Random(f"{SEED} {year}")
    rows = sorted((row for row in rows if row.year == year), key=lambda row: (row.source, row.title))
    chance.shuffle(rows)
    names = list(DISTRICTS)
    turns: Counter[str] = Counter()
    result = []
    for n, row in enumerate(rows):
        district = next((name for name in names[1:] if name in row.title), names[n % len(names)])
        choices = OF_GROUP.get(row.group) or OF_FIELD[row.bullet[0]]
        organisation = choices[sum(map(ord, row.source.rstrip("*"))) % len(choices)]
        spellings = ORGANISATIONS[organisation]
        millions, months = chance.choice(MILLIONS), chance.choice(MONTHS)
        no_budget, no_months = chance.random() < 0.1, chance.random() < 0.1
        status = (
            "đã tiếp nhận" if year == 2025 else chance.choice(["không đưa vào danh mục"] * 3 + ["đưa vào danh mục"])
        )
        columns = {
            "đơn vị": spellings[turns[organisation] % len(spellings)],
            "địa bàn": place(district, year, n),
            "kinh phí": "" if no_budget else amount(millions, n),
            "thời gian thực hiện": "" if no_months else duration(months, year, n),
            "trạng thái": "không đưa vào danh mục" if row.source in SOURCES_AGAIN and year < 2025 else status,
            "organisation": organisation,
            "district": district,
            "millions": "" if no_budget else str(millions),
            "months": "" if no_months else str(months),
        }
        turns[organisation] += 1
        result.append(replace(row, id=f"R{year % 100}-{n + 1:03d}", columns=columns))
    return result


SOURCES_AGAIN = {row["source"] for row in table("resubmitted.tsv")}


def build() -> dict[int, list[Row]]:
    """Return the rounds by year, the truth of each proposal with it."""
    rows = benchmark()
    everything = planted(rows) + background(rows)
    return {year: filled(everything, year) for year in YEARS}


def shuffled_years(rounds: Mapping[int, Sequence[T]], seed: int) -> dict[int, list[T]]:
    """Deal everything out anew: the years keep their sizes, and nothing moves over them any more.

    Works on the rows of `build`, on assessments, on anything by year; what comes out holds the same items once each.
    """
    items = [item for year in sorted(rounds) for item in rounds[year]]
    random.Random(seed).shuffle(items)
    dealt = iter(items)
    return {year: [next(dealt) for _ in rounds[year]] for year in sorted(rounds)}


def as_table(rows: Sequence[Row]) -> str:
    """Return a round as an officer's table would hold it."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(HEADER)
    for row in rows:
        own = {"mã số": row.id, "tên nhiệm vụ": row.title, "mục tiêu": row.objective, "năm": str(row.year)}
        own["ghi chú"] = LABEL
        writer.writerow([own.get(name, row.columns.get(name, "")) for name in HEADER])
    return file.getvalue()


def bullets(year: int) -> list[dict[str, str]]:
    """Return the bullets of a synthetic announcement with their ids and texts."""
    real = json.loads((CORPUS / "lang-son-2025" / "announcement.json").read_text(encoding="utf-8"))
    texts = {row["id"]: row["text"] for row in real["orientations"]}
    counts: Counter[str] = Counter()
    result = []
    for row in table("bullets.tsv"):
        if row["year"] != str(year):
            continue
        counts[row["field"]] += 1
        result.append(
            row | {"id": f"{row['field']}.{counts[row['field']]}", "text": row["text"] or texts[row["source"]]}
        )
    return result


def announcement(year: int) -> str:
    """Return a synthetic announcement as text, with fields, bullets and footnotes laid out as the real one has them."""
    real = json.loads((CORPUS / "lang-son-2025" / "announcement.json").read_text(encoding="utf-8"))
    asked = bullets(year)
    cited = {row["footnote"] for row in asked} - {""}
    plans = [plan for plan in real["plans"] if plan["id"] in cited]
    dates = {plan["id"]: "/".join(reversed(plan["date"].split("-"))) for plan in plans}
    kinds = {plan["id"]: plan["kind"] for plan in plans}
    words = (HERE / "announcement.txt.in").read_text(encoding="utf-8")
    grounds = [
        f"Thực hiện {plan['kind']} số {plan['id']} ngày {dates[plan['id']]} của UBND tỉnh Lạng Sơn về việc "
        f"{plan['title'][0].lower()}{plan['title'][1:]};"
        for plan in plans
    ]
    parts, mark = [], 0
    for number, entry in enumerate(real["fields"], 1):
        parts.append(f"{number}. {entry['name']}:")
        notes = []
        for row in (row for row in asked if row["field"] == str(entry["id"])):
            sign = ""
            if row["footnote"]:
                mark += 1
                sign = str(mark)
                notes.append(f"{mark} {kinds[row['footnote']]} số {row['footnote']} ngày {dates[row['footnote']]}")
            parts.append(textwrap.fill(f"- {sign}{row['text']}", 90))
        if notes:
            parts.append(" " * 49 + "\n" + "\n".join(notes))
    return words.format(
        year=year,
        task_year=year + 1,
        grounds="\n\n".join(textwrap.fill(text, 90) for text in grounds),
        parts="\n\n".join(parts),
    )


def truths(rounds: Mapping[int, Sequence[Row]]) -> dict[str, Any]:
    """Write down what is planted, by the ids of the rounds and of the announcements."""
    everything = [row for year in YEARS for row in rounds[year]]

    def group(name: str) -> dict[str, Any]:
        rows = [row for row in everything if row.group == name]
        return {"by_year": by_year(rows), "ids": [row.id for row in rows]}

    def by_year(rows: Sequence[Row]) -> dict[str, int]:
        return {str(year): sum(row.year == year for row in rows) for year in YEARS}

    pairs = []
    for late in (row for row in everything if row.again):
        early = next(row for row in everything if row.source == late.source.rstrip("*") and row.year < 2025)
        pairs.append({"ids": [early.id, late.id], "years": [early.year, 2025], "kind": late.again})
    return {
        "label": "synthetic: written for tests, no real proposals and no real announcements",
        "announcement": "lang-son-2025",
        "proposals": {str(year): len(rounds[year]) for year in YEARS},
        "rising": group("health-ai")
        | {"about": "trí tuệ nhân tạo và chuyển đổi số trong khám chữa bệnh", "orientation": "4.1", "field": 4},
        "falling": group("forest") | {"about": "trồng rừng, bảo vệ rừng", "orientation": "1.7", "field": 1},
        "abandoned": group("macadamia") | {"about": "mắc ca", "orientation": "5.3"},
        "unanswered": list(UNANSWERED),
        "oversubscribed": group("tourism") | {"about": "du lịch, di sản", "orientation": "3.4"},
        "outside_cluster": group("party") | {"about": "công tác xây dựng Đảng", "grows": True},
        "outside_others": group("other-outside"),
        "steady": {
            bullet: by_year([row for row in everything if row.group == "background" and row.bullet == bullet])
            for bullet in sorted({row.bullet for row in everything if row.group == "background"})
        },
        "resubmissions": pairs,
        "organisations": named(everything, "organisation", "đơn vị"),
        "districts": named(everything, "district", "địa bàn"),
        "budgets": {str(year): [int(row.columns["millions"] or 0) for row in rounds[year]] for year in YEARS},
        "durations": {str(year): [int(row.columns["months"] or 0) for row in rounds[year]] for year in YEARS},
        "alignment": {str(year): alignment(year) for year in (2023, 2025)},
    }


def named(rows: Sequence[Row], key: str, column: str) -> dict[str, Any]:
    """Return for each true name how it is spelt and how often it occurs a year."""
    result: dict[str, Any] = {}
    for row in rows:
        entry = result.setdefault(row.columns[key], {"spellings": set(), "by_year": dict.fromkeys(map(str, YEARS), 0)})
        entry["spellings"].add(row.columns[column])
        entry["by_year"][str(row.year)] += 1
    return {name: entry | {"spellings": sorted(entry["spellings"])} for name, entry in sorted(result.items())}


def alignment(year: int) -> dict[str, Any]:
    """Return how a synthetic announcement's bullets stand to those of the real one.

    2023 came before it, 2025 after: `only_here` are those dropped since, or new; `only_real` those new in the real
    one, or dropped after it.
    """
    asked = bullets(year)
    real = json.loads((CORPUS / "lang-son-2025" / "announcement.json").read_text(encoding="utf-8"))["orientations"]
    pairs = {kind: {row["id"]: row["source"] for row in asked if row["kind"] == kind} for kind in ("kept", "reworded")}
    found = {row["source"] for row in asked}
    return {
        "bullets": len(asked),
        **pairs,
        "only_here": [row["id"] for row in asked if not row["source"]],
        "only_real": [row["id"] for row in real if row["id"] not in found],
    }


def files() -> dict[str, str]:
    """Return what every file holds, by its name."""
    rounds = build()
    text = json.dumps(truths(rounds), ensure_ascii=False, indent=1)
    text = re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda match: "[" + re.sub(r"\s*\n\s*", " ", match[1]) + "]", text)
    return {
        **{f"round-{year}.csv": as_table(rows) for year, rows in rounds.items()},
        **{f"announcement-{year}.txt": announcement(year) for year in (2023, 2025)},
        "truths.json": text + "\n",
    }


def main() -> None:
    """Write all files."""
    for name, text in files().items():
        (HERE / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
