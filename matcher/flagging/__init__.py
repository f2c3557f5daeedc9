"""Stage 6: rankings and registers become flags: the state of a proposal, and its duplicates by kind."""

from matcher.flagging.duplicates import find_duplicates
from matcher.flagging.form import FormProbe, form_text
from matcher.flagging.kinds import KindModel, read_kinds
from matcher.flagging.passages import CopiedText, Passage, PassageIndex, find_passages, shared_passages
from matcher.flagging.profile import Profile
from matcher.flagging.profiling import Profiler
from matcher.flagging.scope import SCOPE_FEATURES, ScopeModel, Thresholds, flag, scope_features
from matcher.flagging.validity import invalid_reason

__all__ = [
    "SCOPE_FEATURES",
    "CopiedText",
    "FormProbe",
    "KindModel",
    "Passage",
    "PassageIndex",
    "Profile",
    "Profiler",
    "ScopeModel",
    "Thresholds",
    "find_duplicates",
    "find_passages",
    "flag",
    "form_text",
    "invalid_reason",
    "read_kinds",
    "scope_features",
    "shared_passages",
]
