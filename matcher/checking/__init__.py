"""Checks of a proposal against the rules of the announcement (kiểm tra phiếu đề xuất); `rules.RULES` lists them all."""

from matcher.checking.report import check_form
from matcher.checking.rules import CODES, RULES

__all__ = ["CODES", "RULES", "check_form"]
