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
# # 01 · Thông báo nói gì, và chỗ nào tự mâu thuẫn
#
# Mọi việc bắt đầu từ thông báo định hướng. Ở đây ta đọc thông báo **thật** cho năm 2025 của Sở KH&CN Lạng Sơn
# (văn bản công khai, chữ lấy từ tệp PDF, để nguyên chỗ lộn xộn), xem nó hỏi gì, dựa vào văn bản nào, và những chỗ
# một người đọc kỹ sẽ muốn được báo trước khi gửi đi.
#
# **In English.** The real announcement (a public document) is read into fields, orientations, plans and citations;
# the integrity report lists where it contradicts itself.

# %% [markdown]
# ## Đọc thông báo
#
# `load_builtin` đọc thông báo có sẵn; `read_announcement("tệp.pdf")` đọc tệp của bạn (TXT, DOCX, PDF) theo đúng cách ấy.

# %%
import matplotlib.pyplot as plt
import pandas as pd

from matcher.announcement import load_builtin

announcement = load_builtin("lang-son-2025")
print(announcement.title)
print(f"{announcement.issuer} · hạn nộp {announcement.deadline:%d/%m/%Y}")
print(
    f"{len(announcement.fields)} lĩnh vực, {len(announcement.orientations)} định hướng, "
    f"{sum(plan.listed for plan in announcement.plans)} văn bản trong phần căn cứ"
)

# %% [markdown]
# ## Bao nhiêu định hướng mỗi lĩnh vực
#
# Lĩnh vực có nhiều gạch đầu dòng không có nghĩa là được ưu tiên hơn, nhưng là nơi các gạch đầu dòng dễ chồng lên nhau.

# %%
fields = {field.id: field.name for field in announcement.fields}
orientations = pd.DataFrame(
    {
        "mã": each.id,
        "lĩnh vực": fields[each.field],
        "văn bản": each.main_citation.plan if each.main_citation else "",
        "cách dẫn": announcement.plan_of(each)[1].value,
        "số ý": len(each.aspects),
        "nội dung": each.text,
    }
    for each in announcement.orientations
)
orientations.groupby("lĩnh vực", sort=False).agg(**{"định hướng": ("mã", "size"), "số ý": ("số ý", "sum")})

# %% [markdown]
# ## Một định hướng gồm những ý nào
#
# Một gạch đầu dòng thường hỏi nhiều việc. Chương trình tách nó thành các **ý** (aspect), để sau này nói được đề xuất
# trả lời ý nào và bỏ trống ý nào.

# %%
example = next(each for each in announcement.orientations if each.id == "1.2")
print(example.text)
pd.DataFrame({"ý": example.aspects})

# %% [markdown]
# ## Định hướng dựa vào văn bản nào
#
# Chú thích ở chân trang nối gạch đầu dòng với văn bản căn cứ. Gạch đầu dòng không có chú thích được hiểu là theo chú
# thích ngay phía trên trong cùng lĩnh vực (`inherited`); `unresolved` nghĩa là chú thích dẫn một văn bản mà phần căn cứ
# không có. Màu đậm là điều thông báo nói thẳng, màu nhạt là điều chương trình suy ra.

# %%
names = {
    "explicit": "chú thích ngay tại đó",
    "inline": "nêu trong nội dung",
    "inherited": "suy ra từ chú thích phía trên",
    "unresolved": "chú thích dẫn văn bản lạ",
    "none": "không rõ",
}
by_plan = pd.crosstab(orientations["văn bản"], orientations["cách dẫn"])
by_plan = by_plan[[name for name in names if name in by_plan]].rename(columns=names)
by_plan = by_plan.loc[by_plan.sum(axis=1).sort_values().index]
colours = {names["explicit"]: "#0072B2", names["inherited"]: "#9ecae1", names["unresolved"]: "#D55E00"}
axes = by_plan.plot.barh(stacked=True, figsize=(8, 6), color=[colours.get(name, "#999999") for name in by_plan])
axes.set(xlabel="số định hướng", ylabel="", title="Văn bản căn cứ của 43 định hướng")
axes.xaxis.get_major_locator().set_params(integer=True)
axes.legend(title="cách dẫn", frameon=False)
axes.spines[["top", "right"]].set_visible(False)
plt.tight_layout()

# %% [markdown]
# ## Chỗ tự mâu thuẫn
#
# Báo cáo toàn vẹn chỉ nêu, không sửa: chương trình không biết bên nào đúng. Đọc kỹ nhất là dòng về **chú thích 19**, dẫn
# kế hoạch số 18 năm 2023 trong khi phần căn cứ có kế hoạch số 15 năm 2024, và dòng nói định hướng 2.6 với 2.7 gần như
# một. Hai định hướng trùng nhau sẽ chia đôi số đề xuất của nhau trong mọi bảng về sau.

# %%
pd.set_option("display.max_colwidth", None)
pd.DataFrame({"loại": each.code, "ở đâu": each.where, "nội dung": each.message} for each in announcement.integrity)

# %% [markdown]
# ## Hai gạch đầu dòng gần như một
#
# Đặt cạnh nhau thì thấy ngay. Năm sau có nên gộp lại không? Đó là câu hỏi cho người soạn, không phải cho chương trình.

# %%
orientations.set_index("mã").loc[["2.6", "2.7"], ["nội dung", "văn bản"]]

# %% [markdown]
# ## Ngoài định hướng có được không
#
# Thông báo để ngỏ một cửa. Vì thế chương trình không loại đề xuất nào «ngoài định hướng», chỉ đưa cho người xem kèm lời
# giải trình về tính cấp thiết.

# %%
print(announcement.exception)
