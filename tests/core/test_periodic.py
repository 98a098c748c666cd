import pytest

from kneecare.core import periodic


@pytest.fixture
def jobs(monkeypatch):
    """An empty list of jobs."""
    monkeypatch.setattr(periodic, "JOBS", {})
    # The real one would close the connection that holds the test's transaction.
    monkeypatch.setattr(periodic, "close_old_connections", lambda: None)
    return periodic.JOBS


def test_a_job_comes_round_when_its_time_has_passed(jobs):
    runs = []
    periodic.every(seconds=10)(lambda: runs.append(1))

    for now in [0, 5, 9.9, 10, 12, 20]:
        periodic.run_due(now)

    assert len(runs) == 3


def test_a_job_that_fails_stops_no_other_and_comes_round_again(jobs, caplog):
    runs = []

    def fail():
        runs.append("failed")
        raise RuntimeError

    def go_on():
        runs.append("went on")

    periodic.every(seconds=1)(fail)
    periodic.every(seconds=1)(go_on)
    periodic.run_due(0)
    periodic.run_due(1)

    assert runs == ["failed", "went on", "failed", "went on"]
    assert "will be tried again" in caplog.text
