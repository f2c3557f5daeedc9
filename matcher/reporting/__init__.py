"""A run's result as JSON lines, CSV, XLSX, DOCX, HTML, and on the terminal."""

from matcher.reporting.assessment_file import AssessmentFile
from matcher.reporting.contract import assessment_to_record, proposal_to_record, record_to_assessment
from matcher.reporting.jsonl import json_line
from matcher.reporting.manifest import FileNote, Manifest, RegisterNote, manifest_path, write_manifest
from matcher.reporting.proposal_pages import check_pages, write_pages
from matcher.reporting.report import Report, Summary
from matcher.reporting.terminal import worklist
from matcher.reporting.writers import Suffix, check_outputs, write_reports

__all__ = [
    "AssessmentFile",
    "FileNote",
    "Manifest",
    "RegisterNote",
    "Report",
    "Suffix",
    "Summary",
    "assessment_to_record",
    "check_outputs",
    "check_pages",
    "json_line",
    "manifest_path",
    "proposal_to_record",
    "record_to_assessment",
    "worklist",
    "write_manifest",
    "write_pages",
    "write_reports",
]
