import pytest

from matcher.announcement.reader import load_builtin
from matcher.records import Announcement


@pytest.fixture(scope="session")
def announcement() -> Announcement:
    return load_builtin("lang-son-2025")
