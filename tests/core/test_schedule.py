import pytest

from kneecare.core.jobs import schedule


@pytest.fixture
def jobs(monkeypatch):
    """An empty list of jobs."""
    monkeypatch.setattr(schedule, "JOBS", {})
    # The real one would close the connection that holds the test's transaction.
    monkeypatch.setattr(schedule, "close_old_connections", lambda: None)
    return schedule.JOBS


def test_a_job_comes_round_when_its_time_has_passed(jobs):
    runs = []
    schedule.every(seconds=10)(lambda: runs.append(1))

    for now in [0, 5, 9.9, 10, 12, 20]:
        schedule.run_due(now)

    assert len(runs) == 3


def test_a_job_that_fails_stops_no_other_and_comes_round_again(jobs, caplog):
    runs = []

    def fail():
        runs.append("failed")
        raise RuntimeError

    def go_on():
        runs.append("went on")

    schedule.every(seconds=1)(fail)
    schedule.every(seconds=1)(go_on)
    schedule.run_due(0)
    schedule.run_due(1)

    assert runs == ["failed", "went on", "failed", "went on"]
    assert "will be tried again" in caplog.text
