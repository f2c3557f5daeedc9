"""A proposer's self-check of one draft (tự kiểm tra phiếu): one page on the terminal, as HTML, as DOCX, and as JSON."""

from matcher.reporting.check.record import ComparedRegister, SelfCheck
from matcher.reporting.check.terminal import show_check
from matcher.reporting.check.view import SHOWN_ORIENTATIONS
from matcher.reporting.check.writing import CHECK_SUFFIXES, check_outputs, check_record, write_check

__all__ = [
    "CHECK_SUFFIXES",
    "SHOWN_ORIENTATIONS",
    "ComparedRegister",
    "SelfCheck",
    "check_outputs",
    "check_record",
    "show_check",
    "write_check",
]
