"""Stage 6: rankings and registers become flags: the state of a proposal, and its duplicates by kind."""

from matcher.flagging.duplicates import find_duplicates
from matcher.flagging.pairs import Profile
from matcher.flagging.scope import SCOPE_FEATURES, flag, scope_features
from matcher.flagging.validity import invalid_reason

__all__ = ["SCOPE_FEATURES", "Profile", "find_duplicates", "flag", "invalid_reason", "scope_features"]
