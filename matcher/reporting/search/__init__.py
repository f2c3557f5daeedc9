"""The search report (kết quả tra cứu): what was searched, what lies near, and a place to sign; never a verdict."""

from matcher.reporting.search.gathering import gather, searched_register
from matcher.reporting.search.record import Finding, Scope, Searched, SearchedRegister, SearchReport
from matcher.reporting.search.writing import SEARCH_SUFFIXES, check_search_output, write_search_report

__all__ = [
    "SEARCH_SUFFIXES",
    "Finding",
    "Scope",
    "SearchReport",
    "Searched",
    "SearchedRegister",
    "check_search_output",
    "gather",
    "searched_register",
    "write_search_report",
]
