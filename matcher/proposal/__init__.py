"""Stage 2b: documents and tables become proposals (phiếu đề xuất), registers become past tasks."""

from matcher.proposal.form import FormText, read_form
from matcher.proposal.reader import count_inputs, input_files, read_draft, read_proposals, read_register

__all__ = ["FormText", "count_inputs", "input_files", "read_draft", "read_form", "read_proposals", "read_register"]
