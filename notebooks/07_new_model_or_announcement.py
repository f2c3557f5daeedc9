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
# # 07 · Thông báo khác, mô hình khác
#
# Năm sau có thông báo mới; tỉnh khác có thông báo khác; một ngày nào đó có mô hình tốt hơn. Sổ này đổi từng thứ một và xem
# điều gì còn dùng được. Thông báo dùng ở đây là của một tỉnh trung du **giả lập**, cùng các đề xuất **giả lập** của nó.
#
# **In English.** Another (synthetic) announcement, another model folder whose probabilities are not calibrated, and the
# refusal to calibrate on too few judgments.

# %% [markdown]
# ## Một thông báo khác
#
# Chỉ cần tên tệp. Trước khi dùng, đọc báo cáo toàn vẹn như ở sổ 01: thông báo đọc sai thì mọi bảng sau đều sai.

# %%
import matplotlib.pyplot as plt
import pandas as pd

from matcher.announcement import read_announcement
from matcher.encoding import load_cached_encoder
from matcher.errors import MatcherError
from matcher.evaluation import read_judgments
from matcher.evaluation.benchmark import JudgedAnnouncement
from matcher.evaluation.calibrating import calibrate
from matcher.evaluation.judgments import proposal_of
from matcher.evaluation.probing import FittedProbe
from matcher.matching import Matcher, fusion_file, is_calibrated, read_fusion, reference_for
from matcher.settings import BASE_MODEL, Settings, resource_dir

pd.set_option("display.max_colwidth", 100)
settings = Settings.load(explained=0)
folder = resource_dir("corpus") / "benchmark" / "trung-du-2024"
announcement = read_announcement(folder / "announcement.txt")
print(f"{announcement.title}: {len(announcement.orientations)} định hướng, {len(announcement.plans)} văn bản")
pd.DataFrame(
    {"lĩnh vực": field.name, "định hướng": sum(each.field == field.id for each in announcement.orientations)}
    for field in announcement.fields
)

# %% [markdown]
# ## Đối chiếu với thông báo ấy
#
# Thông báo này không có tiền lệ (đề xuất đã xét) như `lang-son-2025`, nên xếp hạng chỉ dựa vào nghĩa và chữ. Cột «đánh giá»
# là câu trả lời của người viết đề xuất giả lập. Mô hình kèm theo đã học cả bộ này, nên hãy xem cách dùng, đừng đếm điểm.

# %%
judgments = [each for each in read_judgments(folder / "judgments.jsonl") if each.synthetic and each.inside][::8]
proposals = [proposal_of(each) for each in judgments]
usual = list(Matcher.from_announcement(announcement, settings).assess(proposals))
pd.DataFrame(
    {
        "đề xuất": assessment.proposal.title,
        "hạng nhất": assessment.matches[0].orientation,
        "xác suất": f"{assessment.matches[0].probability:.0%}",
        "trạng thái": assessment.flag.state.value,
        "đánh giá": ", ".join(sorted(judgment.relevant)),
    }
    for assessment, judgment in list(zip(usual, judgments, strict=True))[:8]
)

# %% [markdown]
# ## Một mô hình khác
#
# `model` nhận tên một thư mục trong `models/`, thư mục của bạn, hay tên một mô hình sentence-transformers. Ở đây là mô hình
# gốc, chưa học nhiệm vụ này. `is_calibrated` nói thẳng: **thứ hạng dùng được, xác suất và trạng thái thì chưa**.

# %%
other = settings.replace(model=BASE_MODEL)
plain = list(Matcher.from_announcement(announcement, other).assess(proposals))
for name in (settings.model, other.model):
    print(f"{name}: {'đã hiệu chỉnh' if is_calibrated(name) else 'CHƯA hiệu chỉnh, chỉ dùng thứ hạng'}")
pd.DataFrame(
    {
        "đề xuất": one.proposal.title,
        settings.model: one.matches[0].orientation,
        other.model: two.matches[0].orientation,
        "giống nhau": "có" if one.matches[0].orientation == two.matches[0].orientation else "không",
    }
    for one, two in list(zip(usual, plain, strict=True))[:8]
)

# %% [markdown]
# ## Vì sao xác suất chưa dùng được
#
# Phép quy đổi từ điểm sang xác suất được khớp trên véc-tơ của mô hình kèm theo. Đem áp vào véc-tơ khác thì con số vẫn nằm từ
# 0 đến 1, nhưng không còn là xác suất. Hai dãy chấm dưới đây là cùng các đề xuất, cùng thông báo.

# %%
figure, axes = plt.subplots(figsize=(7, 2.6))
for row, (assessments, colour) in enumerate(((plain, "#D55E00"), (usual, "#0072B2"))):
    values = [each.matches[0].probability for each in assessments]
    axes.scatter(values, [row + (n % 5 - 2) * 0.06 for n in range(len(values))], color=colour, alpha=0.7, s=24)
axes.set_yticks([0, 1], [other.model, settings.model])
axes.set(xlim=(-0.02, 1.02), ylim=(-0.5, 1.5), xlabel="«xác suất» của định hướng hạng nhất")
axes.spines[["top", "right"]].set_visible(False)
plt.tight_layout()

# %% [markdown]
# ## Hiệu chỉnh, và lời từ chối
#
# `matcher calibrate` khớp lại phép quy đổi trên các đề xuất đã được người đánh giá. Với quá ít đề xuất, nó **từ chối** và nói
# cần bao nhiêu, thay vì trả về những con số trông có vẻ chính xác.

# %%
base = load_cached_encoder(BASE_MODEL, settings)
probe = FittedProbe(read_fusion(fusion_file(settings.model))[1].probe, {})
judged = JudgedAnnouncement(announcement, tuple(judgments))
try:
    calibrate([judged], base, reference_for(base, BASE_MODEL), probe)
except MatcherError as error:
    print(error.message)
    print("Cách làm:", error.cure)

# %% [markdown]
# ## Tệp không phải thông báo
#
# Cũng vậy với tệp đưa nhầm: một bảng đề xuất không phải là thông báo, và chương trình nói thế thay vì đọc bừa.

# %%
try:
    read_announcement(resource_dir("corpus") / "lang-son-2025" / "README.md")
except MatcherError as error:
    print(type(error).__name__)
    print(error.message, "·", error.cure)
