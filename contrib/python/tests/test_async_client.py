import asyncio
import signal
import time

import pytest
from conftest import played_daemon, prepared, record

from finetuned import AsyncClient, Client, Refused, TimedOut, Unreachable, routes

SLOW = 0.05


def test_a_whole_job_gives_a_model(shared_daemon, connection):
    async def job():
        async with AsyncClient(shared_daemon.socket) as client:
            finetuning = await client.ask(routes.create_finetuning(db_connection_id=connection, alias="async"))
            stream = client.stream(routes.finetuning_events(finetuning["id"], follow=True))
            sequences = [event["sequence"] async for event in stream]
            assert sequences == list(range(1, len(sequences) + 1))
            assert stream.end["status"] == "succeeded"

    asyncio.run(job())


def test_tasks_share_a_connection(shared_daemon, connection):
    async def ask():
        pages = [routes.list_golden_records(db_connection_id=connection, page=page, limit=1) for page in range(1, 13)]
        async with AsyncClient(shared_daemon.socket) as client:
            answers = await client.ask_all(pages * 20)
            assert (await client.ask(routes.status()))["connections"] >= 1
        expected = [record(connection, number)["prompt_text"] for number in range(12)] * 20
        assert [page[0]["prompt_text"] for page in answers] == expected

    asyncio.run(ask())


def test_lines_of_megabytes_go_both_ways(shared_daemon):
    async def ask():
        notes = {"text": "x" * 900_000}
        async with AsyncClient(shared_daemon.socket) as client:
            new = routes.create_database_connection(alias="large-async", dialect="sqlite", metadata=notes)
            made = await client.ask(new)
            change = routes.change_database_connection(made["id"], metadata=notes)
            assert all(each["metadata"] == notes for each in await client.ask_all([change] * 6))
            await client.ask(routes.delete_database_connection(made["id"]))

    asyncio.run(ask())


def test_a_refusal_ends_one_request_alone(shared_daemon):
    async def ask():
        async with AsyncClient(shared_daemon.socket) as client:
            refused, answered = await asyncio.gather(
                client.ask(routes.read_finetuning("no id")), client.ask(routes.heartbeat()), return_exceptions=True
            )
            assert isinstance(refused, Refused) and refused.code == "invalid_object_id"
            assert answered["nanosecond heartbeat"] > 0

    asyncio.run(ask())


def test_a_stream_can_be_left_early(shared_daemon, sandbox, connection):
    async def leave():
        async with AsyncClient(shared_daemon.socket) as client:
            order = routes.create_finetuning(db_connection_id=connection, alias="left-async")
            finetuning = (await client.ask(order))["id"]
            async with client.stream(routes.finetuning_events(finetuning, follow=True)) as stream:
                async for event in stream:
                    assert event["sequence"] == 1
                    break
            await client.ask(routes.cancel_finetuning(finetuning))

    sandbox.set_speed(SLOW)
    asyncio.run(leave())
    sandbox.set_speed(100)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_events_go_on_through_a_restart_of_the_daemon(own_daemon, sandbox, how):
    def restart():
        own_daemon.end(how)
        own_daemon.start()
        sandbox.set_speed(100)

    async def follow(connection):
        async with AsyncClient(own_daemon.socket) as client:
            finetuning = (await client.ask(routes.create_finetuning(db_connection_id=connection)))["id"]
            stream = client.stream(routes.finetuning_events(finetuning, follow=True))
            sequences, restarting = [], None
            async for event in stream:
                sequences.append(event["sequence"])
                if restarting is None:
                    restarting = asyncio.get_running_loop().run_in_executor(None, restart)
            await restarting
        assert sequences == list(range(1, len(sequences) + 1))
        assert stream.end["status"] == "succeeded"

    with Client(own_daemon.socket) as client:
        connection = prepared(client, "restart")
    sandbox.set_speed(SLOW)
    asyncio.run(follow(connection))


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_all_tasks_wait_for_a_daemon_that_is_started_again(own_daemon, monkeypatch, how):
    attempts = []
    connect = asyncio.open_unix_connection

    async def counted(path):
        attempts.append(path)
        return await connect(path)

    async def sequences(client, finetuning):
        return [event["sequence"] async for event in client.stream(routes.finetuning_events(finetuning, follow=True))]

    async def ask(finetuning, unwanted):
        async with AsyncClient(own_daemon.socket) as client:
            whole = await sequences(client, finetuning)
            await asyncio.to_thread(own_daemon.end, how)
            attempts.clear()
            cancelled = asyncio.create_task(client.ask(routes.status()))
            asking = asyncio.gather(*[client.ask(routes.status()) for _ in range(50)])
            making = asyncio.create_task(client.ask(routes.create_database_connection(alias="b", dialect="sqlite")))
            ending = asyncio.create_task(client.ask(routes.delete_database_connection(unwanted)))
            streaming = asyncio.gather(*[sequences(client, finetuning) for _ in range(3)])
            await asyncio.sleep(0.5)
            cancelled.cancel()
            late = asyncio.gather(*[client.ask(routes.heartbeat()) for _ in range(3)])
            await asyncio.sleep(0.5)
            assert not any(each.done() for each in (asking, making, ending, streaming, late))
            # One search for all, not one for each.
            assert 1 < len(attempts) < 10
            await asyncio.to_thread(own_daemon.start)
            assert len(await asking) == 50 and len(await late) == 3
            assert await streaming == [whole] * 3
            assert cancelled.cancelled() and await ending
            made = await making
            assert made in await client.ask(routes.list_database_connections())

    with Client(own_daemon.socket) as client:
        connection = prepared(client, "outage")
        finetuning = client.ask(routes.create_finetuning(db_connection_id=connection))["id"]
        unwanted = client.ask(routes.create_database_connection(alias="a", dialect="sqlite"))["id"]
    monkeypatch.setattr(asyncio, "open_unix_connection", counted)
    asyncio.run(ask(finetuning, unwanted))


def test_each_task_waits_as_long_as_its_own_patience(own_daemon):
    async def seconds(client, pause):
        await asyncio.sleep(pause)
        began = time.monotonic()
        with pytest.raises(Unreachable):
            await client.ask(routes.heartbeat())
        return time.monotonic() - began

    async def ask():
        async with AsyncClient(own_daemon.socket, patience=1) as client:
            await client.ask(routes.heartbeat())
            await asyncio.to_thread(own_daemon.end)
            for waited in await asyncio.gather(*[seconds(client, pause) for pause in (0, 0, 0.5, 0.9, 1.2)]):
                assert 0.9 < waited < 1.5
            await asyncio.to_thread(own_daemon.start)
            assert await client.ask(routes.heartbeat())

    asyncio.run(ask())


def test_closing_ends_the_wait_for_a_daemon(own_daemon):
    async def ask():
        client = AsyncClient(own_daemon.socket)
        await client.ask(routes.heartbeat())
        await asyncio.to_thread(own_daemon.end)
        asking = asyncio.create_task(client.ask(routes.heartbeat()))
        await asyncio.sleep(0.2)
        await client.close()
        with pytest.raises(Unreachable):
            await asyncio.wait_for(asking, 1)

    asyncio.run(ask())


def test_a_daemon_that_is_not_there_is_named():
    async def ask():
        async with AsyncClient("/nonexistent/socket") as client:
            await client.ask(routes.heartbeat())

    with pytest.raises(Unreachable, match="/nonexistent/socket"):
        asyncio.run(ask())


def test_a_reply_that_takes_too_long_ends_one_request_alone(tmp_path):
    async def ask():
        async with AsyncClient(path, timeout=0.2) as client:
            status, heartbeat = await asyncio.gather(
                client.ask(routes.status()), client.ask(routes.heartbeat()), return_exceptions=True
            )
            assert isinstance(status, TimedOut) and heartbeat == {"nanosecond heartbeat": 1}
            assert await client.ask(routes.heartbeat())

    def answers(request):
        return [(200, {"nanosecond heartbeat": 1})] if request["path"].endswith("heartbeat") else []

    path = str(tmp_path / "socket")
    with played_daemon(path, answers) as requests:
        asyncio.run(ask())
    assert [request["path"].rpartition("/")[2] for request in requests] == ["status", "heartbeat", "heartbeat"]


def test_a_request_that_was_cancelled_leaves_nothing_behind(tmp_path):
    async def ask():
        async with AsyncClient(path) as client:
            await client.ask(routes.heartbeat())
            asking = asyncio.create_task(client.ask(routes.status()))
            while len(requests) < 2:
                await asyncio.sleep(0.01)
            asking.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asking
            assert not client._connection._lines

    def answers(request):
        return [(200, {"nanosecond heartbeat": 1})] if request["path"].endswith("heartbeat") else []

    path = str(tmp_path / "socket")
    with played_daemon(path, answers) as requests:
        asyncio.run(ask())


def test_closing_can_be_cancelled(shared_daemon):
    async def close():
        client = AsyncClient(shared_daemon.socket)
        await client.ask(routes.heartbeat())
        closing = asyncio.create_task(client.close())
        await asyncio.sleep(0)
        closing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await closing

    asyncio.run(close())
