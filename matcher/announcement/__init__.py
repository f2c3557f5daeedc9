"""Stage 2a: a `Document` becomes an `Announcement`: fields, orientations, plans, citations, integrity report."""

from matcher.announcement.reader import builtin_names, find_announcement, load_builtin, read_announcement
from matcher.announcement.record import announcement_to_record

__all__ = ["announcement_to_record", "builtin_names", "find_announcement", "load_builtin", "read_announcement"]
