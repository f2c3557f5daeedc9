"""A proposal and its announcement → what the form has and lacks."""

from __future__ import annotations

from matcher.checking.case import Case, Severity
from matcher.checking.rules import RULES
from matcher.records import Announcement, FormReport, Proposal

_WEIGHT = {severity: place for place, severity in enumerate(Severity)}


def check_form(proposal: Proposal, announcement: Announcement) -> FormReport:
    """Check a proposal against every rule of the announcement.

    A row of a table is no form: nothing is said of items, pages, dates or commitment, only of what its cells hold.

    Parameters
    ----------
    proposal : Proposal
        With `form` where it came as a filled-in form.
    announcement : Announcement
        The announcement that it answers; rules that it does not make are not checked.

    Returns
    -------
    FormReport
        `problems` are mappings with `code`, `item`, `message`, `where`, `rule`, `cure`, `severity`; errors first.
    """
    case = Case(proposal, announcement)
    findings = [finding for rule in RULES.values() for finding in rule(case)]
    findings.sort(key=lambda finding: _WEIGHT[finding.severity])
    items = tuple((item.number, item.name, filled is not None) for item, filled in case.asked)
    return FormReport(items, proposal.pages, tuple(finding.to_dict() for finding in findings))
