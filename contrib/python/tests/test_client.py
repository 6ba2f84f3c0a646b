import os
import resource
import signal
import threading

import pytest
from conftest import SAMPLE, played_daemon, prepared, record

from finetuned import Client, ConnectionLost, LineTooLong, Refused, TimedOut, Unreachable, routes

SLOW = 0.05


def test_a_whole_job_gives_a_model(client, connection):
    finetuning = client.ask(routes.create_finetuning(db_connection_id=connection, alias="whole"))
    stream = client.stream(routes.finetuning_events(finetuning["id"], follow=True))
    sequences = [event["sequence"] for event in stream]
    assert sequences == list(range(1, len(sequences) + 1))
    assert stream.end == {"last_sequence": sequences[-1], "status": "succeeded"}
    assert client.ask(routes.read_finetuning(finetuning["id"]))["model_id"].startswith("ft:")
    lines = client.stream(routes.finetuning_file(finetuning["id"]))
    assert len(list(lines)) == lines.end["examples"]


def test_a_refusal_says_what_to_do(client):
    with pytest.raises(Refused) as refusal:
        client.ask(routes.read_finetuning("0" * 24))
    assert (refusal.value.status, refusal.value.code) == (404, "finetuning_not_found")
    assert refusal.value.detail == {"id": "0" * 24}
    assert refusal.value.remedy and refusal.value.remedy in str(refusal.value)


def test_text_of_any_kind_comes_back_as_it_was(client):
    notes = {"café": "\u2028 \U0001f989 \"quoted\"\n", "n": 1.5, "list": [None, True]}
    made = client.ask(routes.create_database_connection(alias="text", dialect="postgresql", metadata=notes))
    assert client.ask(routes.read_database_connection(made["id"]))["metadata"] == notes
    assert client.ask(routes.change_database_connection(made["id"], metadata=None))["metadata"] is None
    client.ask(routes.delete_database_connection(made["id"]))


def test_many_requests_share_a_connection_and_keep_their_order(client, connection):
    pages = [routes.list_golden_records(db_connection_id=connection, page=page, limit=1) for page in range(1, 13)]
    texts = [page[0]["prompt_text"] for page in client.ask_all(pages * 20)]
    assert texts == [record(connection, number)["prompt_text"] for number in range(12)] * 20


def test_replies_of_megabytes_do_not_stop_requests_of_megabytes(client):
    notes = {"text": "x" * 900_000}
    made = client.ask(routes.create_database_connection(alias="large", dialect="sqlite", metadata=notes))
    changes = client.ask_all([routes.change_database_connection(made["id"], metadata=notes)] * 6)
    assert all(each["metadata"] == notes for each in changes)
    client.ask(routes.delete_database_connection(made["id"]))


def test_a_line_is_sent_up_to_the_daemons_limit_and_not_beyond(own_daemon):
    own_daemon.end()
    own_daemon.configure("limits:\n  line_bytes: 100000\n")
    own_daemon.start()
    with Client(own_daemon.socket) as client:
        made = client.ask(routes.create_database_connection(alias="a", dialect="sqlite"))
        client.ask(routes.change_database_connection(made["id"], metadata={"text": "x" * 99_000}))
        with pytest.raises(LineTooLong) as refusal:
            client.ask(routes.change_database_connection(made["id"], metadata={"text": "x" * 100_000}))
        assert refusal.value.limit == 100_000
        assert client.ask(routes.heartbeat())


def test_a_stream_can_be_left_early(client, sandbox, connection):
    sandbox.set_speed(SLOW)
    finetuning = client.ask(routes.create_finetuning(db_connection_id=connection, alias="left"))["id"]
    with client.stream(routes.finetuning_events(finetuning, follow=True)) as stream:
        assert next(iter(stream))["sequence"] == 1
        # Other requests go on beside it.
        assert client.ask(routes.read_finetuning(finetuning))["id"] == finetuning
    with pytest.raises(Refused) as refusal:
        client.ask(routes.end_request("3"))
    assert refusal.value.code == "request_not_found"
    client.ask(routes.cancel_finetuning(finetuning))
    sandbox.set_speed(100)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_events_go_on_through_a_restart_of_the_daemon(own_daemon, sandbox, how):
    with Client(own_daemon.socket) as client:
        connection = prepared(client, "restart")
        sandbox.set_speed(SLOW)
        finetuning = client.ask(routes.create_finetuning(db_connection_id=connection))["id"]
        stream = client.stream(routes.finetuning_events(finetuning, follow=True))
        restart = None
        sequences = []
        for event in stream:
            sequences.append(event["sequence"])
            if restart is None:
                restart = threading.Thread(target=restarted, args=(own_daemon, how, sandbox))
                restart.start()
        restart.join()
    assert sequences == list(range(1, len(sequences) + 1))
    assert stream.end["status"] == "succeeded"


def restarted(daemon, how, sandbox):
    daemon.end(how)
    daemon.start()
    sandbox.set_speed(100)


def test_reading_goes_on_after_a_restart(own_daemon):
    with Client(own_daemon.socket) as client:
        before = client.ask(routes.status())
        own_daemon.end(signal.SIGKILL)
        own_daemon.start()
        assert client.ask(routes.status())["version"] == before["version"]


def test_what_is_asked_after_a_loss_waits_for_the_daemon_too(own_daemon):
    with Client(own_daemon.socket) as client:
        client.ask(routes.heartbeat())
        own_daemon.end(signal.SIGKILL)
        with pytest.raises(ConnectionLost):
            client.ask(routes.delete_database_connection("0" * 24))
        starting = threading.Timer(0.5, own_daemon.start)
        starting.start()
        assert client.ask(routes.status())
        starting.join()


def test_writing_is_never_done_twice_unknown_to_the_caller(own_daemon):
    with Client(own_daemon.socket, patience=0) as client:
        client.ask(routes.heartbeat())
        own_daemon.end(signal.SIGKILL)
        with pytest.raises((ConnectionLost, Unreachable)):
            client.ask(routes.create_database_connection(alias="a", connection_uri=f"sqlite://{SAMPLE}"))
        own_daemon.start()
        assert client.ask(routes.list_database_connections()) == []


def test_writing_goes_on_after_a_restart_and_is_done_once(own_daemon):
    with Client(own_daemon.socket) as client:
        client.ask(routes.heartbeat())
        own_daemon.end(signal.SIGKILL)
        own_daemon.start()
        made = client.ask(routes.create_database_connection(alias="a", dialect="sqlite"))
        assert client.ask(routes.list_database_connections()) == [made]


def test_the_same_key_makes_one_thing(client, connection):
    order = routes.create_finetuning(db_connection_id=connection, alias="once")
    first = client.ask(order, idempotency_key="test-once")
    assert client.ask(order, idempotency_key="test-once") == first
    with pytest.raises(Refused) as refusal:
        client.ask(routes.create_finetuning(db_connection_id=connection, alias="twice"), idempotency_key="test-once")
    assert refusal.value.code == "idempotency_conflict"


def test_a_daemon_that_is_not_there_is_named():
    with Client("/nonexistent/socket") as client, pytest.raises(Unreachable) as problem:
        client.ask(routes.heartbeat())
    assert "/nonexistent/socket" in str(problem.value)


def test_a_user_who_sends_too_many_requests_waits_and_goes_on(own_daemon):
    own_daemon.end()
    own_daemon.configure("limits:\n  requests_per_second_per_user: 20\n")
    own_daemon.start()
    with Client(own_daemon.socket) as client:
        for _ in range(50):
            assert client.ask(routes.heartbeat())
    with Client(own_daemon.socket, patience=0) as client, pytest.raises(Refused) as refusal:
        for _ in range(50):
            client.ask(routes.heartbeat())
    assert refusal.value.code == "too_many_requests" and 0 < refusal.value.retry_after <= 0.05


def test_the_events_of_all_finetunings_go_on_through_restarts(own_daemon, sandbox):
    with Client(own_daemon.socket) as client:
        connection = prepared(client, "history")
        sandbox.set_speed(SLOW)
        finetuning = client.ask(routes.create_finetuning(db_connection_id=connection))["id"]
        seen = []
        with client.stream(routes.events(follow=True, db_connection_id=connection)) as stream:
            for event in stream:
                seen.append(event)
                if len(seen) <= 3:
                    own_daemon.end(signal.SIGKILL)
                    own_daemon.start()
                if len(seen) == 3:
                    sandbox.set_speed(100)
                if event["event"] == "succeeded":
                    break
        assert [event["sequence"] for event in seen] == list(range(1, len(seen) + 1))
        assert {event["finetuning_id"] for event in seen} == {finetuning}
        whole = client.stream(routes.events())
        assert list(whole) == seen and whole.end == {"last_position": seen[-1]["position"]}


def test_a_reader_who_lagged_goes_on_by_itself(tmp_path):
    lagged = {"error_code": "stream_lagged", "message": "", "description": "", "detail": {"resume_after": 2}}
    replies = {0: [(206, {"sequence": 1}), (206, {"sequence": 2}), (409, lagged)]}
    replies[2] = [(206, {"sequence": 3}), (200, {"last_sequence": 3, "status": "failed"})]

    def answers(request):
        return replies[int(request["path"].rpartition("after=")[2])]

    path = str(tmp_path / "socket")
    with played_daemon(path, answers), Client(path) as client:
        stream = client.stream(routes.finetuning_events("0" * 24, after=0))
        assert [event["sequence"] for event in stream] == [1, 2, 3]
        assert stream.end["status"] == "failed"


def test_a_reply_that_takes_too_long_is_not_asked_for_again(tmp_path):
    def answers(request):
        return [] if request["method"] == "POST" else [(200, {"nanosecond heartbeat": 1})]

    path = str(tmp_path / "socket")
    with played_daemon(path, answers) as requests, Client(path, timeout=0.2) as client:
        question = routes.generate_prompt_sql(prompt={"text": "How many systems are there?", "db_connection_id": "0" * 24}, model="shop")
        with pytest.raises(TimedOut) as problem:
            client.ask(question)
        assert problem.value.seconds == 0.2
        assert client.ask(routes.heartbeat()) == {"nanosecond heartbeat": 1}
    assert [request["method"] for request in requests] == ["POST", "GET"]


def test_a_program_may_have_a_thousand_files_open(shared_daemon):
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(2048, limits[1]), limits[1]))
    files = [os.open(os.devnull, os.O_RDONLY) for _ in range(1100)]
    try:
        with Client(shared_daemon.socket) as client:
            assert client.ask(routes.heartbeat())
    finally:
        for file in files:
            os.close(file)
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
