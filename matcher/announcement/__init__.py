"""Stage 2a: a `Document` becomes an `Announcement`: fields, orientations, plans, citations, integrity report."""

from matcher.announcement.reader import builtin_names, load_builtin, read_announcement
from matcher.announcement.record import announcement_to_record

__all__ = ["announcement_to_record", "builtin_names", "load_builtin", "read_announcement"]
