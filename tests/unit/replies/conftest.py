import pytest

from tests.unit.replies.office import Office, furnished


@pytest.fixture
def office() -> Office:
    return furnished()
