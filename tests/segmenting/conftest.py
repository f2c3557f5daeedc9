import pytest

from matcher.segmenting import Segmenter


@pytest.fixture(scope="session")
def segmenter() -> Segmenter:
    return Segmenter()
