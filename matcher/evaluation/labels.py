"""What each figure is called, in Vietnamese and English, and in which order figures are shown."""

from __future__ import annotations

#: What lies outside: serious research that no orientation covers, no research, no proposal.
KINDS = ("near", "far", "invalid")
#: Labels by key: (Vietnamese, English).
LABELS = {
    "ndcg@5": ("nDCG@5", "nDCG@5"),
    "precision@1": ("Đúng ở hạng 1", "Precision at 1"),
    "recall@3": ("Mức 2 trong 3 hạng đầu", "Recall@3 of grade 2"),
    "mrr": ("MRR của mức 2", "MRR of grade 2"),
    "macro_recall@3": ("Như trên, trung bình theo định hướng", "Recall@3, mean over orientations"),
    "plan@1": ("Đúng văn bản căn cứ ở hạng 1", "Source plan right at rank 1"),
    "field@1": ("Đúng lĩnh vực ở hạng 1", "Field right at rank 1"),
    "aurc": ("Sai số trung bình theo độ phủ (AURC)", "Mean error over coverage (AURC)"),
    "ece_pairs": ("ECE mọi cặp", "ECE over all pairs"),
    "ece_top3": ("ECE 3 hạng đầu", "ECE over the top 3"),
    "ece_outside": ("ECE xác suất ngoài định hướng", "ECE of the outside probability"),
    "brier_pairs": ("Brier mọi cặp", "Brier over all pairs"),
    "brier_top3": ("Brier 3 hạng đầu", "Brier over the top 3"),
    "brier_outside": ("Brier xác suất ngoài định hướng", "Brier of the outside probability"),
    "inside_lost": ("Trong định hướng mà bị gọi là ngoài hoặc không hợp lệ", "Inside, called outside or invalid"),
    "uncertain": ("Để người xem (uncertain), mọi đề xuất", "Left uncertain, all proposals"),
    "uncertain_inside": ("Để người xem, đề xuất trong định hướng", "Left uncertain, proposals inside"),
    "outside_caught": ("Ngoài định hướng và bị phát hiện", "Outside and caught"),
    "auroc": ("AUROC", "AUROC"),
    "aupr": ("AUPR", "AUPR"),
    "fpr95": ("Báo nhầm khi bắt được 95 % (FPR95)", "False alarms at 95 % caught (FPR95)"),
    "caught": ("Bị gọi là ngoài hoặc không hợp lệ", "Called outside or invalid"),
    "as written": ("Nguyên văn", "As written"),
    "without diacritics": ("Không dấu", "Without diacritics"),
    "in capitals": ("Chữ in hoa", "In capitals"),
    "in lower case": ("Chữ thường", "In lower case"),
    "decomposed letters": ("Dấu tách rời (NFD)", "Decomposed letters (NFD)"),
    "misspelt": ("Sai chính tả (1 trên 8 từ)", "Misspelt (one word in eight)"),
    "first six words": ("Sáu chữ đầu", "First six words"),
    "all": ("tất cả", "all"),
    "near": ("gần: nghiên cứu khác", "near: other research"),
    "far": ("xa: không phải nghiên cứu", "far: no research"),
    "invalid": ("không phải đề xuất", "invalid: no proposal"),
    "inside": ("trong định hướng", "inside"),
    "pairs": ("mọi cặp", "all pairs"),
    "top3": ("3 hạng đầu", "top 3"),
    "difficulty": ("theo độ khó", "by difficulty"),
    "voice": ("theo đơn vị đề xuất", "by voice"),
    "source": ("theo nguồn", "by source"),
    "company": ("doanh nghiệp", "company"),
    "cooperative": ("hợp tác xã", "cooperative"),
    "district": ("cấp huyện", "district"),
    "hospital": ("bệnh viện", "hospital"),
    "institute": ("viện nghiên cứu", "institute"),
    "official": ("cơ quan nhà nước", "official"),
    "school": ("trường học", "school"),
    "youth": ("thanh niên", "youth"),
    "real": ("thật", "real"),
    "synthetic": ("tổng hợp", "synthetic"),
    "plain": ("rõ ràng", "plain"),
    "neighbour": ("sát định hướng bên cạnh", "neighbouring bullets"),
    "far_wording": ("khác từ ngữ", "far wording"),
    "": ("không ghi", "not given"),
}  # fmt: skip
#: Labels where there is little room.
SHORT = {
    "precision@1": ("đúng hạng 1", "precision@1"),
    "recall@3": ("mức 2 trong 3", "recall@3"),
    "mrr": ("MRR", "MRR"),
    "macro_recall@3": ("– theo định hướng", "– by orientation"),
    "plan@1": ("đúng căn cứ", "plan@1"),
    "field@1": ("đúng lĩnh vực", "field@1"),
    "near": ("gần", "near"),
    "far": ("xa", "far"),
    "invalid": ("không hợp lệ", "invalid"),
    "fpr95": ("FPR95", "FPR95"),
    "caught": ("phát hiện", "caught"),
}  # fmt: skip
#: Figures of ranking, in the order shown; those of probability and states after them.
RANKING = ("ndcg@5", "precision@1", "mrr", "recall@3", "macro_recall@3", "plan@1", "field@1")
PROBABILITY = ("ece_pairs", "ece_top3", "brier_pairs", "brier_top3", "aurc", "ece_outside", "brier_outside")
STATES = ("inside_lost", "uncertain", "uncertain_inside", "outside_caught")
#: Figures of scope, each for all and by kind.
SCOPE = ("auroc", "aupr", "fpr95", "caught")
SCOPE_KINDS = ("all", *KINDS)


def label(key: str, language: str, *, short: bool = False) -> str:
    """Return what a figure is called; a key without a label is shown as it is."""
    vietnamese, english = (SHORT if short else {}).get(key) or LABELS.get(key, (key, key))
    return english if language == "en" else vietnamese


def scope_key(metric: str, kind: str) -> str:
    """Return the name of a figure of scope.

    Examples
    --------
    >>> scope_key("auroc", "near"), scope_key("auroc", "all")
    ('outside_auroc_near', 'outside_auroc')
    """
    return f"outside_{metric}" if kind == "all" else f"outside_{metric}_{kind}"
