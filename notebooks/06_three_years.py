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
# # 06 · Ba năm: cái gì lên, cái gì xuống, cái gì không biết
#
# Ba đợt **giả lập** 2023–2025 (`corpus/rounds`, 330 đề xuất, không phải của ai) có những điều được cài sẵn: trí tuệ nhân tạo
# trong y tế tăng, trồng rừng giảm, mắc ca bị bỏ, bốn định hướng không ai trả lời. Ta chạy phân tích hằng năm và xem nó có
# tìm ra đúng những điều ấy, và có im lặng về phần còn lại hay không.
#
# **In English.** Three synthetic rounds with planted truths are matched and analysed; trends are named only where the
# interval leaves no doubt, and the planted truths are checked.

# %% [markdown]
# ## Ba lượt chạy
#
# Mỗi năm một lượt `matcher match`. Lượt đã lưu thì chỉ cần `read_rounds([...])`; phân tích đọc tệp kê khai bên cạnh, và từ
# chối ghép những lượt chạy không so được với nhau.

# %%
import json
import tempfile
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import plotly.graph_objects as go

from matcher import running
from matcher.settings import Settings, resource_dir
from matcher.trends.analysis import analyse
from matcher.trends.figures import figures_of, to_plotly
from matcher.trends.rounds import read_rounds

pd.set_option("display.max_colwidth", 100)
corpus, folder = resource_dir("corpus") / "rounds", Path(tempfile.mkdtemp())
settings = Settings.load(explained=0)
years = (2023, 2024, 2025)
for year in years:
    request = running.Request((corpus / f"round-{year}.csv",), (), (folder / f"{year}.jsonl",), settings)
    with running.Run(request) as job:
        job.finish()
rounds = read_rounds([f"{year}={folder / f'{year}.jsonl'}" for year in years], settings)
analysis = analyse(rounds, settings=settings)
for note in analysis.notes:
    print("·", note)
pd.DataFrame({"năm": analysis.years, "số đề xuất": [analysis.proposals[year] for year in analysis.years]})

# %% [markdown]
# ## Định hướng nào tăng, định hướng nào giảm
#
# Chỉ những dòng mà khoảng tin cậy không còn chỗ cho nghi ngờ mới được gọi tên. `mỗi năm` là mức thay đổi tỷ trọng, tính bằng
# điểm phần trăm. Định hướng không có ở đây là «chưa rõ», không phải «đứng yên».

# %%
moving = [each for each in analysis.orientations if each.movement.trend.value in ("rising", "falling")]
pd.DataFrame(
    {
        "định hướng": each.id,
        **{str(year): share.count for year, share in each.movement.by_year.items()},
        "hướng": {"rising": "tăng", "falling": "giảm"}[each.movement.trend.value],
        "mỗi năm": "[{:+.1f}; {:+.1f}]".format(*(100 * bound for bound in each.movement.interval)),
        "nội dung": each.name[:100],
    }
    for each in moving
)

# %% [markdown]
# ## Nhìn bằng mắt
#
# Dải mờ là khoảng tin cậy 95 % của tỷ trọng từng năm. Với khoảng một trăm đề xuất mỗi năm, dải rộng đến mức phần lớn các
# đường lên xuống chỉ là may rủi; vì vậy ta không vẽ những đường ấy ở đây.

# %%
figure, axes = plt.subplots(figsize=(7, 3.8))
for each, colour in zip(moving, ("#0072B2", "#D55E00", "#009E73", "#CC79A7"), strict=False):
    shares = each.movement.by_year
    axes.plot(list(shares), [100 * share.mean for share in shares.values()], "o-", color=colour, label=each.id)
    low, high = ([100 * getattr(share, end) for share in shares.values()] for end in ("low", "high"))
    axes.fill_between(list(shares), low, high, color=colour, alpha=0.15, linewidth=0)
axes.set(xticks=years, ylim=(0, None), ylabel="% số đề xuất của năm", title="Định hướng tăng hoặc giảm rõ rệt (giả lập)")
axes.legend(title="định hướng", frameon=False)
axes.spines[["top", "right"]].set_visible(False)
plt.tight_layout()

# %% [markdown]
# ## Hỏi mà không ai trả lời, và hỏi ít mà đến nhiều
#
# `kỳ vọng` là số đề xuất nếu mọi định hướng thu hút như nhau. Tỷ số dưới 1 hẳn là khoảng trống; trên 1 hẳn là quá đông. Bảng
# chỉ giữ những định hướng mà khoảng tin cậy không chứa 1.

# %%
gaps = pd.DataFrame(
    {
        "định hướng": each.id,
        "nhận được": each.observed,
        "kỳ vọng": round(each.expected, 1),
        "tỷ số, khoảng 95 %": "[{:.2f}; {:.2f}]".format(*each.gap),
        "nội dung": each.name[:100],
    }
    for each in sorted(analysis.orientations, key=lambda each: each.observed)
    if each.gap[1] < 1 or each.gap[0] > 1
)
gaps

# %% [markdown]
# ## Bản đồ độ phủ
#
# Cùng những hình của báo cáo `matcher trends … --output bao-cao.html`, vẽ bằng Plotly không cần mạng: rê chuột để đọc. Ô trắng
# trong một hàng có hỏi là chỗ đáng hỏi lại vào năm sau.

# %%
pictures = {figure.id: figure for figure in figures_of(analysis)}
first = next(iter(pictures.values()))
print(first.caption)
go.Figure(to_plotly(first))

# %% [markdown]
# ## Chủ đề
#
# Chủ đề tìm trên nghĩa của đề xuất, không trên định hướng, nên thấy được cả những gì thông báo không hỏi. `độ bền` là mức chủ
# đề hiện lại khi lấy mẫu lại: thấp thì đừng kể chuyện về nó.

# %%
pd.DataFrame(
    {
        "chủ đề": topic.label,
        **{str(year): share.count for year, share in topic.movement.by_year.items()},
        "hướng": {"rising": "tăng", "falling": "giảm"}.get(topic.movement.trend.value, "chưa rõ"),
        "độ bền": round(topic.stability, 2),
        "từ": ", ".join(topic.words[:5]),
    }
    for topic in sorted(analysis.topics, key=lambda topic: -topic.size)[:10]
)

# %% [markdown]
# ## Có tìm ra điều đã cài không
#
# Đây là điều chỉ dữ liệu giả lập cho phép: so với sự thật. Số đếm không khớp hoàn toàn, vì mô hình bỏ lỡ vài đề xuất và năm
# đề xuất nền cũng trả lời 4.1; nhưng hướng đi phải đúng, và không được có hướng đi nào bịa thêm. Hãy đọc dòng cuối: việc bị
# bỏ lỡ cũng phải được kể.

# %%
truths = json.loads((corpus / "truths.json").read_text(encoding="utf-8"))
words = {"rising": "tăng", "falling": "giảm", "steady": "đứng yên", "unclear": "chưa rõ"}
trends = {each.id: words[each.movement.trend.value] for each in analysis.orientations}
unanswered = {each.id for each in analysis.orientations if not each.answered}
again = {frozenset(work.ids) for work in analysis.resubmissions}
planted = {frozenset(each["ids"]) for each in truths["resubmissions"]}
pd.DataFrame(
    [
        ("4.1 tăng", "tăng", trends[truths["rising"]["orientation"]]),
        ("1.7 giảm", "giảm", trends[truths["falling"]["orientation"]]),
        ("không ai trả lời", ", ".join(truths["unanswered"]), ", ".join(sorted(unanswered)) or "không có"),
        ("nộp lại", f"{len(planted)} cặp", f"{len(planted & again)} cặp, thêm {len(again - planted)} nhóm khác"),
    ],
    columns=["điều đã cài", "sự thật", "phân tích nói"],
)

# %% [markdown]
# ## Câu hỏi cho thông báo năm sau
#
# Chương trình chỉ hỏi, kèm bằng chứng; người soạn trả lời. Ở đây dữ liệu giả lập nên các câu hỏi cũng chỉ là ví dụ.

# %%
pd.DataFrame(
    {"câu hỏi": each.text, "bằng chứng": " · ".join(each.evidence[:2])} for each in analysis.suggestions[:8]
)
