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
# # 03 · Cả một đợt, chia việc cho người xét
#
# Bốn mươi ba tên nhiệm vụ của `make match` (tên **thật, công khai** của nhiều tỉnh, không phải đề xuất gửi Lạng Sơn) được
# đối chiếu với thông báo và với danh mục nhiệm vụ cũ. Câu hỏi của chuyên viên: cái nào rõ rồi, cái nào phải đọc, cái nào
# trùng?
#
# **In English.** The sample of `make match` (public task titles of many provinces) is matched, read back as tidy tables,
# and triaged: what is clear, what a person must read, what repeats past tasks.

# %% [markdown]
# ## Chạy, lưu, đọc lại
#
# Một lượt chạy luôn để lại tệp `.jsonl` và tệp kê khai bên cạnh. Nếu bạn đã chạy `make match`, bỏ qua bước này và đọc
# thẳng `Run.read("out/lang-son-2025.jsonl")`. Ở đây không tìm bằng chứng chữ (`explained=0`) cho nhanh: sổ 02 đã xem kỹ.

# %%
import tempfile
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

from matcher import running
from matcher.settings import Settings, resource_dir
from matcher.trends.frames import Run

pd.set_option("display.max_colwidth", 90)
sample = resource_dir("corpus") / "lang-son-2025"
output = Path(tempfile.mkdtemp()) / "lang-son-2025.jsonl"
request = running.Request(
    (sample / "proposals.csv",), (sample / "register.csv",), (output,), Settings.load(explained=0)
)
with running.Run(request) as job:
    job.finish()
run = Run.read(output)
proposals = run.to_frame()
print(f"{len(proposals)} đề xuất, {len(run.matches())} cặp đề xuất–định hướng, {len(run.duplicates())} cặp nghi trùng")

# %% [markdown]
# ## Bảng đề xuất
#
# Mỗi dòng một đề xuất; `matcher.trends.columns` nói rõ từng cột. Điều không biết thì để trống, không bao giờ là số 0.

# %%
proposals[["id", "title", "state", "best_orientation", "probability", "outside_probability"]].head(8)

# %% [markdown]
# ## Ba chồng hồ sơ
#
# `aligned` là rõ ràng hợp một định hướng; `outside` là không định hướng nào bao được; `uncertain` ở giữa là phần việc của
# con người. Chồng giữa nhỏ là tốt, nhưng chồng giữa rỗng thì đáng ngờ: máy đang quá tự tin.

# %%
words = {"aligned": "phù hợp", "uncertain": "cần xem xét", "outside": "ngoài định hướng", "invalid": "không phải đề xuất"}
states = proposals["state"].value_counts().reindex(list(words), fill_value=0).rename(words)
states.rename("số đề xuất").to_frame()

# %% [markdown]
# ## Máy chắc đến đâu
#
# Mỗi chấm là một đề xuất: càng sang phải càng chắc về định hướng hạng nhất, càng lên cao càng có khả năng nằm ngoài mọi
# định hướng. Góc dưới phải là việc dễ; chấm cam ở giữa là nơi nên dành thời gian.

# %%
colours = {"aligned": "#0072B2", "uncertain": "#E69F00", "outside": "#D55E00", "invalid": "#999999"}
figure, axes = plt.subplots(figsize=(7, 4))
for state, part in proposals.groupby("state"):
    axes.scatter(
        part["probability"], part["outside_probability"], s=36, alpha=0.8, color=colours[state], label=words[state]
    )
axes.set(
    xlabel="xác suất của định hướng hạng nhất", ylabel="xác suất nằm ngoài", xlim=(0, 1.02), ylim=(-0.03, 1.04),
    title="43 đề xuất, chia theo trạng thái",
)  # fmt: skip
axes.legend(frameon=False)
axes.spines[["top", "right"]].set_visible(False)
plt.tight_layout()

# %% [markdown]
# ## Danh sách phải đọc
#
# Xếp theo mức lưỡng lự. Cột cuối cho biết có bao nhiêu định hướng cùng có khả năng hợp hơn không: hai, ba là đề xuất nằm
# vắt qua ranh giới của các gạch đầu dòng.

# %%
doubtful = proposals[proposals["state"] == "uncertain"].copy()
doubtful["lưỡng lự"] = 1 - (doubtful["outside_probability"] - 0.5).abs() * 2
columns = ["id", "title", "best_orientation", "probability", "outside_probability", "relevant_orientations"]
doubtful.sort_values("lưỡng lự", ascending=False)[columns].round(2)

# %% [markdown]
# ## Định hướng nào đông
#
# Phần lớn tên ở đây là của tỉnh khác, nên bảng này **không** nói gì về nhu cầu của Lạng Sơn; nó chỉ cho thấy cách đếm.
# Đợt thật thì bảng này trả lời: định hướng nào đông, định hướng nào vắng.

# %%
aligned = proposals[proposals["state"] == "aligned"]
aligned.groupby(["field_name", "best_orientation"]).agg(
    **{"số đề xuất": ("id", "size"), "xác suất trung vị": ("probability", "median")}
).sort_values("số đề xuất", ascending=False).round(2).head(10)

# %% [markdown]
# ## Trùng với nhiệm vụ cũ
#
# `counts` phân biệt trùng thật với «cùng cách làm, khác đối tượng» (nhãn hiệu chứng nhận cho sản phẩm khác, ở nơi khác):
# loại sau chỉ để biết. Đọc cả `same_work` với con mắt nghi ngờ: chỉ có tên, không có mục tiêu, chương trình hay coi hai
# việc cùng địa bàn hoặc cùng đối tượng là một, và bảng dưới có cả những cặp như thế. Hội đồng quyết định, không phải máy.

# %%
register = pd.read_csv(sample / "register.csv").set_index("mã số")["tên nhiệm vụ"]
titles = proposals.set_index("id")["title"].combine_first(register)
pairs = run.duplicates().sort_values("probability", ascending=False)
pairs["a"], pairs["b"] = pairs["a"].map(titles), pairs["b"].map(titles)
pairs[["a", "b", "kind", "probability", "counts", "main_reason"]].head(8).round(2)
