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
# # 02 · Một đề xuất, giải thích từ đầu đến cuối
#
# Trước khi tin một bảng ba trăm dòng, hãy xem kỹ một dòng. Đề xuất dưới đây do chúng tôi **viết ra để minh họa**, không
# phải của ai. Ta hỏi: nó hợp định hướng nào, vì chữ nào, dựa vào văn bản nào, còn bỏ trống ý nào, và vì sao không phải
# định hướng đứng sát bên.
#
# **In English.** One made-up proposal is ranked; the words that carry the match, the source plan, the aspects it leaves
# open and the runner-up that was not chosen are shown.

# %% [markdown]
# ## Đề xuất
#
# Viết tay một đề xuất chỉ cần tên và mục tiêu. Từ tệp thì dùng `read_proposals([Path("thư mục")])`.

# %%
import matplotlib.pyplot as plt
import pandas as pd

from matcher.matching import Matcher
from matcher.records import Proposal, Source
from matcher.settings import Settings

pd.set_option("display.max_colwidth", None)
proposal = Proposal(
    id="VD-01",
    sections={
        "title": "Nghiên cứu phục tráng và nhân giống cây hồi bằng phương pháp ghép tại huyện Văn Quan, tỉnh Lạng Sơn",
        "objective": "Tuyển chọn 30 cây đầu dòng năng suất cao; xây dựng quy trình ghép và 2 ha vườn giống gốc.",
    },
    source=Source("ví dụ viết tay"),
)
matcher = Matcher.from_announcement("lang-son-2025", Settings.load(explained=3))
(assessment,) = matcher.match([proposal])
print(f"{proposal.title}\n\nTrạng thái: {assessment.flag.state.value}")
print(f"Xác suất nằm ngoài mọi định hướng: {assessment.flag.outside_probability:.0%}")
for reason in assessment.flag.reasons:
    print("·", reason)

# %% [markdown]
# ## Những định hướng gần nhất
#
# `xác suất` là khả năng một chuyên viên cẩn thận coi định hướng ấy là căn cứ. Các xác suất không cộng lại thành 100 %:
# một đề xuất có thể hợp hai định hướng, hoặc không hợp định hướng nào. Ba cột sau là điểm thô của ba cách so: nghĩa, chữ,
# và tên văn bản căn cứ; chúng chỉ để hiểu, không để xếp hạng lại.

# %%
texts = {each.id: each.text for each in matcher.announcement.orientations}
ranking = pd.DataFrame(
    {
        "định hướng": match.orientation,
        "xác suất": match.probability,
        "nghĩa": match.scores["dense"],
        "chữ": match.scores["lexical"],
        "văn bản": match.scores["plan"],
        "nội dung": texts[match.orientation][:140] + "…",
    }
    for match in assessment.matches[:5]
)
ranking.style.format({"xác suất": "{:.1%}"}, precision=2).hide(axis="index")

# %% [markdown]
# ## Khoảng cách giữa hạng nhất và phần còn lại
#
# Một cột cao đứng riêng là trường hợp dễ. Hai cột ngang nhau nghĩa là người xem phải quyết định, và chương trình nên nói
# thế thay vì chọn hộ.

# %%
figure, axes = plt.subplots(figsize=(7, 3))
first = assessment.matches[:8]
axes.bar([match.orientation for match in first], [match.probability for match in first], color="#0072B2")
axes.set(ylim=(0, 1), ylabel="xác suất phù hợp", xlabel="định hướng", title="Tám định hướng gần nhất")
axes.axhline(0.5, color="#999999", linewidth=1, linestyle="--")
axes.spines[["top", "right"]].set_visible(False)
plt.tight_layout()

# %% [markdown]
# ## Chữ nào làm nên kết quả
#
# Chương trình che từng cụm từ và xem độ giống giảm bao nhiêu. Cụm nào che đi mà mất nhiều thì cụm ấy là bằng chứng;
# `phần` là tỷ trọng của nó. Vị trí chữ được giữ nguyên, nên có thể tô màu ngay trên văn bản gốc.

# %%
best = assessment.matches[0]
pd.DataFrame(
    {
        "mục": each.proposal.section,
        "chữ trong đề xuất": each.proposal.text,
        "chữ trong định hướng": each.orientation.text,
        "phần": f"{each.weight:.0%}",
    }
    for each in best.evidence
)

# %% [markdown]
# ## Căn cứ nào, và tin được đến đâu
#
# Đề xuất phải nêu văn bản căn cứ. `explicit` là thông báo chú thích thẳng; `inherited` là suy ra từ chú thích phía trên:
# khi ấy nên mở thông báo ra kiểm tra trước khi chép vào phiếu.

# %%
pd.DataFrame(
    {
        "văn bản": match.plan.id,
        "ngày": match.plan.date,
        "tên": match.plan.title,
        "qua định hướng": match.orientation,
        "cách dẫn": match.plan.basis.value,
        "xác suất": f"{match.plan.probability:.0%}",
    }
    for match in assessment.matches[:3]
)

# %% [markdown]
# ## Ý nào còn bỏ trống
#
# Định hướng hỏi nhiều ý; đề xuất không phải trả lời hết. Nhưng người viết nên biết mình bỏ ý nào, và người xét nên biết
# định hướng còn thiếu ai làm ý nào.

# %%
orientation = next(each for each in matcher.announcement.orientations if each.id == best.orientation)
pd.DataFrame(
    {"ý của định hướng": aspect, "đề xuất có trả lời": "chưa" if aspect in best.uncovered else "có"}
    for aspect in orientation.aspects
)

# %% [markdown]
# ## Vì sao không phải định hướng bên cạnh
#
# Định hướng gần nhất mà **không** được chọn, và điều gì giữ nó lại. Trọng số âm là đẩy ra xa. Nếu lý do nghe không
# thuyết phục thì đó là lúc mắt người hơn máy.

# %%
other = assessment.not_chosen
if other is not None:
    print(f"{other.orientation} ({other.probability:.1%}), so với {other.against or 'mức thường thấy'}:")
    print(texts[other.orientation])
pd.DataFrame(
    {"phần": reason.part, "trọng số": round(reason.weight, 2), "giải thích": reason.note}
    for reason in (other.reasons if other else ())
)
