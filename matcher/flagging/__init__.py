"""Stage 6: rankings and registers become flags: the state of a proposal, and its duplicates by kind."""

from matcher.flagging.duplicates import find_duplicates
from matcher.flagging.form import FormProbe, form_text
from matcher.flagging.pairs import Profile
from matcher.flagging.passages import CopiedText, Passage, PassageIndex, find_passages, shared_passages
from matcher.flagging.scope import SCOPE_FEATURES, ScopeModel, Thresholds, flag, scope_features
from matcher.flagging.validity import invalid_reason

__all__ = [
    "SCOPE_FEATURES",
    "CopiedText",
    "FormProbe",
    "Passage",
    "PassageIndex",
    "Profile",
    "ScopeModel",
    "Thresholds",
    "find_duplicates",
    "find_passages",
    "flag",
    "form_text",
    "invalid_reason",
    "scope_features",
    "shared_passages",
]
