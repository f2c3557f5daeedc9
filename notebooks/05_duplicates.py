# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 05 · Trùng lặp: năm kiểu giống nhau, chỉ vài kiểu là trùng
#
# Hai tên giống nhau từng chữ có thể là hai việc khác nhau, và hai tên không chung chữ nào có thể là một việc. Sổ này xem
# chương trình phân biệt thế nào, trên các cặp **viết ra để thử** (`corpus/duplicates`, dữ liệu giả lập), rồi tìm những đề
# xuất bị nộp lại qua ba đợt **giả lập** (`corpus/rounds`).
#
# **In English.** Synthetic judged pairs show the kinds of duplicates and where the program errs; then resubmissions are
# looked for over three synthetic rounds and compared with what was planted.

# %% [markdown]
# ## Năm kiểu, mỗi kiểu một ví dụ
#
# `identical` chỉ khác cách gõ; `revised` sửa chữ; `same_work` viết lại hẳn; `overlap` chung đối tượng nhưng khác phần việc;
# `same_method_elsewhere` cùng khuôn tên, khác đối tượng hay địa bàn: **không** phải trùng. `unrelated` chỉ chung vài từ.

# %%
import json

import matplotlib.pyplot as plt
import pandas as pd

from matcher.evaluation.pairs import read_pairs
from matcher.flagging import read_kinds
from matcher.matching import Matcher, model_folder
from matcher.proposal import read_proposals
from matcher.settings import PAIR_MODEL, Settings, resource_dir

pd.set_option("display.max_colwidth", None)
kinds = ["identical", "revised", "same_work", "overlap", "same_method_elsewhere", "unrelated"]
judged = [pair for pair in read_pairs() if not pair.a.sections.get("objective")]
sample = [pair for kind in kinds for pair in [each for each in judged if each.kind == kind][5:65:3]]
examples = [next(pair for pair in sample if pair.kind == kind) for kind in kinds]
pd.DataFrame({"kiểu": pair.kind, "một bên": pair.a.title, "bên kia": pair.b.title} for pair in examples)

# %% [markdown]
# ## Chương trình nói gì về từng kiểu
#
# Hai mươi cặp mỗi kiểu, chỉ có tên, không mục tiêu: trường hợp khó nhất và thường gặp nhất trong các danh mục cũ. Cột dọc
# là kiểu thật, hàng ngang là kiểu chương trình nêu. **Đây là số liệu trong mẫu**: mô hình kèm theo đã học các cặp này, nên
# bảng chỉ để hiểu cách nó nhìn, không phải để khoe.

# %%
from matcher.evaluation.kind_fitting import predict

matcher = Matcher.from_announcement("lang-son-2025", Settings.load(explained=0))
left = matcher.profiles([pair.a for pair in sample])
right = matcher.profiles([pair.b for pair in sample])
probability, said = predict(read_kinds(model_folder(PAIR_MODEL)), left, right)
answers = pd.DataFrame({"thật": [pair.kind for pair in sample], "nêu": said, "xác suất": probability})
pd.crosstab(answers["thật"], answers["nêu"]).reindex(index=kinds, columns=kinds, fill_value=0)

# %% [markdown]
# ## Số liệu đáng tin: những họ cặp chưa từng thấy
#
# Khi huấn luyện, một phần các cặp được giữ riêng theo **họ** (các cặp chung một văn bản ở cùng một phía). Kết quả đo trên
# phần ấy được lưu cạnh mô hình. Đọc hàng `same_work`: gần một nửa số cặp viết lại hoàn toàn bị bỏ lỡ. Chương trình giúp tìm
# trùng lặp; nó không thay được việc tra cứu.

# %%
held_out = json.loads((model_folder(PAIR_MODEL) / "kinds.json").read_text(encoding="utf-8"))["held_out"]
print(f"Độ chính xác trung bình {held_out['average_precision']['mean']:.2f} ", end="")
print(f"[{held_out['average_precision']['low']:.2f}; {held_out['average_precision']['high']:.2f}], ", end="")
print(f"đúng kiểu {held_out['kind_right']['mean']:.0%}")
pd.DataFrame(held_out["confusion"]).T.reindex(index=kinds, columns=kinds)

# %% [markdown]
# ## Ngưỡng nằm ở đâu
#
# Mỗi chấm là một cặp trong mẫu. Trên đường liền thì tính là trùng, giữa hai đường thì chỉ liệt kê. Hai kiểu cuối phải nằm
# dưới; nếu bạn hạ ngưỡng để bắt thêm `same_work`, chúng là cái giá phải trả.

# %%
settings = matcher.settings
figure, axes = plt.subplots(figsize=(8, 3.6))
for place, kind in enumerate(kinds):
    values = answers.loc[answers["thật"] == kind, "xác suất"].to_numpy()
    spread = [place + (n % 7 - 3) * 0.06 for n in range(len(values))]
    axes.scatter(spread, values, s=18, alpha=0.7, color="#0072B2" if kind in kinds[:3] else "#E69F00")
axes.axhline(settings.duplicate_high, color="#333333", linewidth=1)
axes.axhline(settings.duplicate_low, color="#333333", linewidth=1, linestyle="--")
axes.set(ylim=(-0.02, 1.02), ylabel="xác suất cùng một việc", title="Xác suất trùng theo kiểu thật (trong mẫu)")
axes.set_xticks(range(len(kinds)), [kind.replace("_", "\n") for kind in kinds])
axes.spines[["top", "right"]].set_visible(False)
plt.tight_layout()

# %% [markdown]
# ## Nộp lại qua các năm
#
# Ba đợt giả lập 2023–2025 có mười đề xuất được **cài sẵn** là nộp lại vào năm 2025: ba nguyên văn, ba sửa chữ, bốn viết
# lại. Ta so đợt 2025 với hai đợt trước như so với một danh mục cũ, rồi đối chiếu với sự thật đã cài.

# %%
folder = resource_dir("corpus") / "rounds"
rounds = {year: list(read_proposals([folder / f"round-{year}.csv"])) for year in (2023, 2024, 2025)}
latest = matcher.profiles(rounds[2025])
earlier = matcher.profiles([*rounds[2023], *rounds[2024]])
found = [
    pair
    for pair in matcher.duplicates(latest, earlier)
    if pair.source == "register"
    and pair.kind in ("identical", "revised", "same_work")
    and pair.probability >= settings.duplicate_high
]
planted = json.loads((folder / "truths.json").read_text(encoding="utf-8"))["resubmissions"]
truth = {frozenset(each["ids"]): each["kind"] for each in planted}
hits = {frozenset((pair.a, pair.b)): pair for pair in found}
print(f"Trong {len(truth)} cặp đã cài, tìm thấy {len(truth.keys() & hits.keys())}")
pd.DataFrame(
    {
        "cặp": " – ".join(sorted(pair)),
        "kiểu đã cài": kind,
        "chương trình nêu": hits[pair].kind.value if pair in hits else "bỏ lỡ",
        "xác suất": round(hits[pair].probability, 2) if pair in hits else None,
    }
    for pair, kind in truth.items()
)

# %% [markdown]
# ## Cái giá của việc tìm cho hết
#
# Bảng này là lời cảnh báo: bao nhiêu cặp được nêu **không** phải cặp đã cài? `identical` và `revised` gần như không nhầm.
# `same_work` thì nhầm rất nhiều khi hàng chục đề xuất cùng một chủ đề (công tác Đảng, trí tuệ nhân tạo trong y tế) hay cùng
# một đơn vị đứng cạnh nhau: mô hình học trên các cặp mà trùng và không trùng ngang nhau, còn ở đây gần như mọi cặp đều không
# trùng. Vì thế phân tích hằng năm chỉ tính `same_work` từ xác suất 0,99 và không nhìn tới tên đơn vị.

# %%
from matcher.trends.resubmissions import SURE

checked = pd.DataFrame(
    {
        "kiểu nêu": pair.kind.value,
        "đã cài": key in truth,
        "từ 0,99": pair.probability >= SURE,
        "lý do": max(pair.reasons, key=lambda reason: reason.weight).note if pair.reasons else "",
    }
    for key, pair in hits.items()
)
checked.groupby(["kiểu nêu", "đã cài"]).agg(**{"số cặp": ("từ 0,99", "size"), "trong đó từ 0,99": ("từ 0,99", "sum")})

# %% [markdown]
# ## Đọc vài cặp báo nhầm
#
# Không cặp nào dưới đây được cài. Cùng chủ đề, khác việc: người đọc thấy ngay. Hãy dùng danh sách này như một gợi ý tra
# cứu, xếp theo xác suất, và dừng đọc khi các cặp thôi có ích.

# %%
titles = {proposal.id: proposal.title for each in rounds.values() for proposal in each}
extra = [pair for key, pair in hits.items() if key not in truth]
pd.DataFrame(
    {
        "đề xuất 2025": titles[pair.a],
        "trước đó": titles[pair.b],
        "kiểu": pair.kind.value,
        "xác suất": round(pair.probability, 2),
        "lý do chính": max(pair.reasons, key=lambda reason: reason.weight).note if pair.reasons else "",
    }
    for pair in sorted(extra, key=lambda pair: -pair.probability)[:6]
)
