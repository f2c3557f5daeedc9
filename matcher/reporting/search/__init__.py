"""The search report (kết quả tra cứu): what was searched, what lies near, and a place to sign; never a verdict."""

from matcher.reporting.search.gathering import gather, register_scope
from matcher.reporting.search.record import Finding, RegisterScope, Scope, Searched, SearchReport
from matcher.reporting.search.writing import SEARCH_SUFFIXES, check_search_output, write_search_report

__all__ = [
    "SEARCH_SUFFIXES",
    "Finding",
    "RegisterScope",
    "Scope",
    "SearchReport",
    "Searched",
    "check_search_output",
    "gather",
    "register_scope",
    "write_search_report",
]
