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
# # 04 · Đúng đến đâu, và «90 %» có nghĩa là 90 % không
#
# Một con số chỉ đáng tin khi đo trên thứ mô hình **chưa từng thấy**. Mô hình kèm theo (`orientation-vi`) đã học toàn bộ
# bộ đánh giá, nên chấm nó trên bộ ấy là tự khen. Sổ này đặt ba thứ cạnh nhau, ghi rõ cái nào là cái nào:
#
# 1. số liệu **ngoài mẫu** đã lưu khi huấn luyện (một mô hình song sinh, học một phần và đo trên phần còn lại);
# 2. mô hình gốc `e5-small-vi`, chưa từng học đánh giá nào, hiệu chỉnh ngay tại đây trên nửa A và đo trên nửa B: **ngoài mẫu**;
# 3. mô hình kèm theo, cũng trên nửa B: **trong mẫu**, chỉ để thấy nó trông đẹp hơn sự thật thế nào.
#
# **In English.** Stored held-out figures, the untrained base model calibrated on half A and measured on half B (held out),
# and the shipped model on half B (in-sample, said so): reliability and risk against coverage.

# %% [markdown]
# ## Hai nửa
#
# 119 tên nhiệm vụ thật và một phần các đề xuất giả lập của `lang-son-2025`, chia đôi xen kẽ theo mã, không trùng nhau. Mức
# 2 là «chuyên viên sẽ lấy làm căn cứ», mức 1 là «căn cứ thứ hai chấp nhận được»; cả hai tính là phù hợp.

# %%
import json

import matplotlib.pyplot as plt
import pandas as pd

from matcher.encoding import load_cached_encoder
from matcher.evaluation.benchmark import read_benchmark
from matcher.evaluation.calibrating import calibrate
from matcher.evaluation.claims import coverage_lines, pairs_of
from matcher.evaluation.judgments import proposal_of
from matcher.evaluation.metrics import evaluate, expected_calibration_error
from matcher.evaluation.probing import fit_probe
from matcher.evaluation.results import Results, results_of
from matcher.matching import Matcher, fusion_file, reference_for
from matcher.ranking import Ranker
from matcher.segmenting import Segmenter
from matcher.settings import BASE_MODEL, Settings

settings = Settings.load(explained=0)
judged = read_benchmark()[0]
real = [each for each in judged.judgments if not each.synthetic]
inside = [each for each in judged.judgments if each.synthetic and not each.off_topic][::26]
outside = [each for each in judged.judgments if each.synthetic and each.off_topic][::16]
chosen = sorted([*real, *inside, *outside], key=lambda each: each.id)
half_a, half_b = tuple(chosen[::2]), tuple(chosen[1::2])
pd.DataFrame(
    {
        "nửa": name,
        "tên thật": sum(not each.synthetic for each in half),
        "giả lập, trong định hướng": sum(each.synthetic and not each.off_topic for each in half),
        "giả lập, ngoài định hướng": sum(each.synthetic and each.off_topic for each in half),
    }
    for name, half in (("A: để hiệu chỉnh", half_a), ("B: để đo", half_b))
)

# %% [markdown]
# ## 1. Số liệu ngoài mẫu đã lưu
#
# Nằm cạnh mô hình, trong `fusion.json`: mỗi số kèm khoảng tin cậy 95 % theo đề xuất. Khoảng rộng nghĩa là ít đề xuất, không
# phải là mô hình kém. Hãy đọc cận dưới trước.

# %%
stored = json.loads(fusion_file(settings.model).read_text(encoding="utf-8"))["out_of_fold"]["ranking"]
pd.DataFrame(
    {
        "bộ đánh giá": name,
        "n": figures["ndcg@5"][3],
        "nDCG@5": "{:.2f} [{:.2f}; {:.2f}]".format(*figures["ndcg@5"]),
        "đúng ở hạng 1": "{:.2f} [{:.2f}; {:.2f}]".format(*figures["precision@1"]),
    }
    for name, figures in stored.items()
    if name.startswith(("lang-son", "trung-du", "ven-bien"))
)

# %% [markdown]
# ## 2 và 3. Đo lại ở đây
#
# Mô hình gốc được hiệu chỉnh bằng `calibrate` trên nửa A (cùng việc mà `matcher calibrate` làm), rồi xếp hạng nửa B. Mô hình
# kèm theo chạy như thường lệ trên nửa B, với cả những tiền lệ là chính các đề xuất ấy: vì thế nó «đúng» một cách đáng ngờ.

# %%
base = load_cached_encoder(BASE_MODEL, settings)
reference = reference_for(base, BASE_MODEL)
fitted = calibrate([judged.only(half_a)], base, reference, fit_probe([judged.only(half_a)], base))
ranker = Ranker(
    judged.announcement, encoder=base, segmenter=Segmenter(), fusion=fitted.fusion, reference=reference
)
proposals = [proposal_of(each) for each in half_b]
fresh = Results({}, {}, {}, {})
for proposal, ranking in zip(proposals, ranker.rank(proposals), strict=True):
    fresh.rankings[proposal.id] = [ranking.orientations[row] for row in ranking.order]
    fresh.probabilities[proposal.id] = dict(zip(ranking.orientations, ranking.probability.tolist(), strict=True))
shipped = results_of(Matcher.from_announcement("lang-son-2025", settings).assess(proposals))
systems = {"mô hình gốc, ngoài mẫu": fresh, "mô hình kèm theo, TRONG MẪU": shipped}

rows = []
ranked = [each for each in half_b if each.inside]
for name, results in systems.items():
    figures = evaluate(ranked, [results.rankings[each.id] for each in ranked])
    top = pairs_of(half_b, results, 3)
    rows.append(
        {"hệ": name, "n": figures["ndcg@5"].n}
        | {
            label: f"{figures[key].mean:.2f} [{figures[key].low:.2f}; {figures[key].high:.2f}]"
            for key, label in (("ndcg@5", "nDCG@5"), ("precision@1", "đúng ở hạng 1"))
        }
        | {"ECE ba hạng đầu": round(expected_calibration_error(top.probability, top.relevant), 3)}
    )
pd.DataFrame(rows)

# %% [markdown]
# ## Biểu đồ tin cậy
#
# Mỗi điểm gom các cặp có xác suất gần nhau trong ba hạng đầu: nói bao nhiêu (ngang) và đúng bao nhiêu (dọc, kèm khoảng
# 95 %). Nằm trên đường chéo là nói sao đúng vậy; dưới đường chéo là quá tự tin. Hình phải, trong mẫu, hay nằm **trên**
# đường chéo: dấu hiệu mô hình đã thuộc bài, không phải dấu hiệu nó khiêm tốn.

# %%
figure, panels = plt.subplots(1, 2, figsize=(9, 4.2), sharey=True)
for axes, (name, results), colour in zip(panels, systems.items(), ("#0072B2", "#D55E00"), strict=True):
    points = pairs_of(half_b, results, 3).reliability(seed=0)
    said, seen = [point.predicted for point in points], [point.observed for point in points]
    spans = [[p.observed - p.low for p in points], [p.high - p.observed for p in points]]
    axes.plot([0, 1], [0, 1], color="#999999", linewidth=1)
    axes.errorbar(said, seen, yerr=[[max(0, v) for v in side] for side in spans], fmt="o", color=colour)
    axes.set(xlim=(-0.03, 1.03), ylim=(-0.03, 1.03), xlabel="xác suất nêu ra", title=name)
    axes.spines[["top", "right"]].set_visible(False)
panels[0].set_ylabel("tỷ lệ thật sự phù hợp")
plt.tight_layout()

# %% [markdown]
# ## Sai số theo độ phủ
#
# Nếu chỉ nhận những đề xuất mà máy chắc nhất và để phần còn lại cho người, thì đúng bao nhiêu ở hạng nhất? Đường phải dốc
# xuống về bên phải: chắc thì đúng hơn. Đường phẳng nghĩa là độ chắc không cho biết gì. Nét đứt là trong mẫu.

# %%
figure, axes = plt.subplots(figsize=(7, 3.8))
for (name, results), colour, style in zip(systems.items(), ("#0072B2", "#D55E00"), ("-", "--"), strict=True):
    line = coverage_lines(half_b, results)["inside"]
    axes.plot([x for x, _ in line], [y for _, y in line], style, color=colour, label=name)
axes.set(
    xlim=(0, 1.01), ylim=(0.4, 1.02), xlabel="phần đề xuất nhận tự động (chắc nhất trước)", ylabel="đúng ở hạng 1",
    title="Đề xuất trong định hướng, nửa B",
)  # fmt: skip
axes.legend(frameon=False, loc="lower left")
axes.spines[["top", "right"]].set_visible(False)
plt.tight_layout()

# %% [markdown]
# ## Mang gì về
#
# Dùng số ở mục 1 khi nói với người khác, và nói kèm rằng các đánh giá do ba người đọc theo một hướng dẫn. Khi có đánh giá
# của chính đơn vị mình, làm lại sổ này với chúng: đó mới là câu trả lời cho đơn vị bạn.

# %%
print(f"Hiệu chỉnh trên {len(half_a)} đề xuất, đo trên {len(half_b)} đề xuất khác.")
print("Hình và bảng ghi «trong mẫu» không được dùng để báo cáo.")
