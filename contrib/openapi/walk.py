"""A walk over every route: each is asked at least once so that it succeeds, most also so that it refuses."""

from programs import CheckFailed

NOBODY = "0123456789abcdef01234567"
FEWEST_RECORDS = 12
# So slow that a job is still at work when it is cancelled.
SLOW = 0.01


def walk(client, other_client, sandbox, sample):
    daemon(client)
    connection = connections(client, sample)
    tables(client, connection)
    records = golden_records(client, connection)
    finetuning = finetunings(client, connection, records)
    models(client, other_client, finetuning)
    answers(client, sandbox, connection, finetuning)
    evaluations(client, other_client, sandbox, finetuning, records)
    cancellation(client, other_client, sandbox, connection)
    removals(client, sample)


def expect(exchange, status, code=None):
    if exchange.status != status or (code and exchange.reply["error_code"] != code):
        raise CheckFailed(
            f"{exchange.method} {exchange.path} answered {exchange.status} {exchange.reply}, not {code or status}"
        )
    return exchange.reply


def daemon(client):
    expect(client.ask("GET", "/heartbeat"), 200)
    expect(client.ask("GET", "/status"), 200)
    expect(client.ask("GET", "/openapi"), 200)
    expect(client.ask("DELETE", "/requests/none"), 404, "request_not_found")


def connections(client, sample):
    new = {"alias": "walk", "connection_uri": f"sqlite://{sample}", "llm_api_key": None, "metadata": {"of": "walk"}}
    connection = expect(client.ask("POST", "/database-connections", new), 201)["id"]
    refused = new | {"alias": "elsewhere", "connection_uri": "sqlite:///none/there.sqlite"}
    expect(client.ask("POST", "/database-connections", new), 409, "alias_in_use")
    expect(client.ask("POST", "/database-connections", refused), 400, "invalid_database_connection")
    refused["connection_uri"] = "unheard://of"
    expect(client.ask("POST", "/database-connections", refused), 400, "invalid_database_uri_format")
    for path in (f"/database-connections/{connection}", f"/database-connections/{NOBODY}"):
        status = 404 if NOBODY in path else 200
        expect(client.ask("GET", path), status)
        expect(client.ask("PUT", path, {"alias": "walked", "metadata": None}), status)
    expect(client.ask("GET", "/database-connections/none"), 400, "invalid_object_id")
    expect(client.ask("GET", "/database-connections", page=1, limit=1), 200)
    expect(client.ask("GET", "/database-connections", limit=0), 400, "invalid_field")
    expect(client.ask("DELETE", f"/database-connections/{NOBODY}"), 404)
    return connection


def tables(client, connection):
    of_connection = {"db_connection_id": connection}
    expect(client.ask("POST", "/table-descriptions/sync-schemas", of_connection), 201)
    expect(client.ask("POST", "/table-descriptions/refresh", of_connection), 201)
    for path in ("/table-descriptions/sync-schemas", "/table-descriptions/refresh"):
        expect(client.ask("POST", path, {"db_connection_id": NOBODY}), 404, "database_connection_not_found")
    new = of_connection | {
        "table_name": "walks",
        "table_schema": "CREATE TABLE walks (id INTEGER PRIMARY KEY, place TEXT REFERENCES places(name))",
        "description": "Where one went",
        "columns": [
            {"name": "id", "data_type": "INTEGER", "is_primary_key": True},
            {"name": "place", "foreign_key": {"field_name": "name", "reference_table": "places"}},
            {"name": "season", "low_cardinality": True, "categories": ["spring", "fall"]},
        ],
        "examples": [{"id": 1, "place": None}],
    }
    table = expect(client.ask("POST", "/table-descriptions", new), 201)["id"]
    expect(client.ask("POST", "/table-descriptions", new), 409)
    expect(client.ask("POST", "/table-descriptions", new | {"db_connection_id": NOBODY}), 404)
    expect(client.ask("GET", "/table-descriptions", db_connection_id=connection, limit=1000), 200)
    for path in (f"/table-descriptions/{table}", f"/table-descriptions/{NOBODY}"):
        status = 404 if NOBODY in path else 200
        expect(client.ask("GET", path), status)
        expect(client.ask("PUT", path, {"description": None, "columns": new["columns"]}), status)
        expect(client.ask("DELETE", path), status)


def golden_records(client, connection):
    def record(number, sql="SELECT count(*) FROM systems WHERE first_year > {}"):
        return {"db_connection_id": connection, "prompt_text": f"After {number}?", "sql": sql.format(number)}

    news = [record(1950 + number) for number in range(FEWEST_RECORDS)]
    records = expect(client.ask("POST", "/golden-records", [*news, record(0, "SELECT * FROM nowhere")]), 201)
    expect(client.ask("POST", "/golden-records", [record(0) | {"db_connection_id": NOBODY}]), 404)
    expect(client.ask("POST", "/golden-records", [record(0) | {"promt_text": "?"}]), 400, "unknown_field")
    checks = f"/database-connections/{connection}/record-checks"
    expect(client.ask("GET", checks), 200)
    expect(client.ask("GET", checks.replace(connection, NOBODY)), 404, "database_connection_not_found")
    imported = [record(0, "SELECT 1"), record(1, "SELECT * FROM nowhere")]
    expect(client.ask("POST", "/golden-records/import", imported), 201)
    expect(client.ask("POST", "/golden-records/import", []), 400, "invalid_field")
    expect(client.ask("GET", "/golden-records", db_connection_id=connection, page=2, limit=5), 200)
    last = records[FEWEST_RECORDS - 1]["id"]
    for path in (f"/golden-records/{last}", f"/golden-records/{NOBODY}"):
        status = 404 if NOBODY in path else 200
        expect(client.ask("GET", path), status)
        expect(client.ask("PUT", path, {"prompt_text": "How many?", "metadata": {"walked": True}}), status)
        expect(client.ask("DELETE", path), status)
    return [each["id"] for each in records if each["check"]["status"] == "valid" and each["id"] != last]


def finetunings(client, connection, records):
    order = {"db_connection_id": connection, "alias": "first", "golden_records": records, "metadata": {"of": "walk"}}
    order["base_llm"] = {"model_provider": "openai", "model_parameters": {"n_epochs": 1, "batch_size": "auto"}}
    expect(client.ask("POST", "/finetunings/plan", order), 200)
    for path in ("/finetunings/plan", "/finetunings"):
        refused = order | {"base_llm": {"model_parameters": {"n_epochs": "x"}}}
        expect(client.ask("POST", path, refused), 400, "invalid_model_parameter")
        expect(client.ask("POST", path, order | {"base_llm": {"model_name": "none"}}), 400, "llm_model_not_supported")
        refused = order | {"base_llm": {"model_provider": "none"}}
        expect(client.ask("POST", path, refused), 400, "model_provider_not_supported")
        expect(client.ask("POST", path, order | {"golden_records": [NOBODY]}), 404, "golden_record_not_found")
    few = order | {"golden_records": records[:2]}
    expect(client.ask("POST", "/finetunings", few), 400, "not_enough_golden_records")
    finetuning = expect(client.ask("POST", "/finetunings", order), 201)["id"]
    expect(client.ask("POST", "/finetunings", order), 409, "alias_in_use")
    end = expect(client.ask("GET", f"/finetunings/{finetuning}/events", after=0, follow="true"), 200)
    if end["status"] != "succeeded":
        raise CheckFailed(f"the finetuning ended as {end['status']}")
    for found in (finetuning, NOBODY):
        status = 404 if found == NOBODY else 200
        expect(client.ask("GET", f"/finetunings/{found}"), status)
        expect(client.ask("GET", f"/finetuning-jobs/{found}"), status)
        expect(client.ask("GET", f"/finetunings/{found}/checkpoints"), status)
        expect(client.ask("GET", f"/finetunings/{found}/file"), status)
        expect(client.ask("GET", f"/finetunings/{found}/events"), status)
        expect(client.ask("PUT", f"/finetunings/{found}", {"metadata": {"walked": True}}), status)
    of_this = {"db_connection_id": connection, "finetuning_id": finetuning, "level": "info", "event": "succeeded"}
    last = expect(client.ask("GET", "/events", after=0, **of_this), 200)["last_position"]
    expect(client.ask("GET", "/events", after=last, follow="false"), 200)
    expect(client.ask("GET", "/finetunings", status="succeeded", db_connection_id=connection), 200)
    expect(client.ask("POST", f"/finetunings/{finetuning}/cancel"), 409, "finetuning_not_cancellable")
    expect(client.ask("GET", "/provider-objects", kind="file", finetuning_id=finetuning), 200)
    expect(client.ask("POST", "/admin/backup"), 201)
    expect(client.ask("POST", "/admin/check"), 200)
    return finetuning


def models(client, other_client, finetuning):
    path = "/models/walk-sql"
    expect(client.ask("GET", path), 404, "model_not_found")
    expect(client.ask("PUT", path, {"metadata": {"of": "walk"}}), 200)
    promotion = {"finetuning_id": finetuning, "expected_version": 0, "note": "the first"}
    expect(client.ask("POST", f"{path}/promote", promotion), 200)
    expect(client.ask("POST", f"{path}/promote", promotion), 409, "version_conflict")
    expect(client.ask("POST", f"{path}/promote", {"finetuning_id": NOBODY}), 404, "finetuning_not_found")
    expect(client.ask("POST", f"{path}/rollback", {}), 409, "nothing_to_roll_back")
    expect(client.ask("POST", f"{path}/promote", {"finetuning_id": finetuning}), 200)
    expect(client.ask("POST", f"{path}/rollback", {"expected_version": 2}), 200)
    expect(client.ask("GET", path), 200)
    stream = other_client.send("stream", "GET", path, follow="true")
    other_client.read_line({"stream": stream})
    end_of_stream(other_client, stream)
    gate = {"minimum_accuracy": 0.9, "no_significant_loss": True, "must_pass": True}
    expect(client.ask("PUT", "/models/walk-gated", {"gate": gate}), 200)
    expect(client.ask("PUT", "/models/walk-gated", {"gate": {"minimum_accuracy": None, "must_pass": False}}), 200)
    gated = {"finetuning_id": finetuning}
    expect(client.ask("POST", "/models/walk-gated/promote", gated), 409, "promotion_refused")
    expect(client.ask("POST", "/models/walk-gated/promote", gated | {"force": True}), 200)
    expect(client.ask("GET", "/models/walk-gated/history"), 200)
    expect(client.ask("PUT", "/models/walk-gated", {"gate": None}), 200)
    expect(client.ask("DELETE", "/models/walk-gated"), 200)
    expect(client.ask("GET", f"{path}/history", page=1, limit=2), 200)
    expect(client.ask("GET", "/models"), 200)
    expect(client.ask("DELETE", f"/finetunings/{finetuning}"), 409, "resource_in_use")
    expect(client.ask("DELETE", path), 200)


def answers(client, sandbox, connection, finetuning):
    question = {"text": "How many systems are younger than 1990?", "db_connection_id": connection}
    prompt = expect(client.ask("POST", "/prompts", question | {"metadata": {"of": "walk"}}), 201)["id"]
    expect(client.ask("POST", "/prompts", question | {"db_connection_id": NOBODY}), 404, "database_connection_not_found")
    expect(client.ask("GET", "/prompts", db_connection_id=connection, limit=1), 200)
    rendered = {"text": question["text"], "finetuning_id": finetuning}
    expect(client.ask("POST", "/prompts/render", rendered), 200)
    expect(client.ask("POST", "/prompts/render", rendered | {"finetuning_id": NOBODY}), 404, "finetuning_not_found")
    wish = {"finetuning_id": finetuning, "evaluate": True}
    asked = f"/prompts/{prompt}/sql-generations"
    answer = expect(client.ask("POST", asked, wish | {"stream": True}), 201)["id"]
    expect(client.ask("POST", asked, {"sql": "SELECT * FROM nowhere"}), 201)
    expect(client.ask("POST", asked, {"llm_config": {"llm_name": "none"}}), 400, "llm_model_not_supported")
    expect(client.ask("POST", "/prompts/sql-generations", wish | {"prompt": question, "stream": True}), 201)
    sandbox.inject({"type": "status", "status": 404, "code": "model_not_found"}, "/v1/chat/completions")
    expect(client.ask("POST", asked, wish), 409, "provider_refused")
    expect(client.ask("GET", "/sql-generations", prompt_id=prompt), 200)
    for found in (answer, NOBODY):
        status = 404 if found == NOBODY else 200
        expect(client.ask("GET", f"/sql-generations/{found}"), status)
        expect(client.ask("PUT", f"/sql-generations/{found}", {"metadata": {"walked": True}}), status)
        expect(client.ask("GET", f"/sql-generations/{found}/execute", max_rows=2), status)
        expect(client.ask("GET", f"/sql-generations/{found}/csv"), status)
    for found in (prompt, NOBODY):
        status = 404 if found == NOBODY else 200
        expect(client.ask("GET", f"/prompts/{found}"), status)
        expect(client.ask("PUT", f"/prompts/{found}", {"metadata": None}), status)


def evaluations(client, other_client, sandbox, finetuning, records):
    of_finetuning = f"/finetunings/{finetuning}/evaluations"
    order = {"golden_records": records[:3], "include_training": True, "metadata": {"of": "walk"}}
    expect(client.ask("POST", f"{of_finetuning}/plan", order), 200)
    expect(client.ask("POST", f"{of_finetuning}/plan", {}), 400, "not_enough_golden_records")
    expect(client.ask("POST", of_finetuning, {"golden_records": records[:3]}), 400, "invalid_golden_record")
    expect(client.ask("POST", f"/finetunings/{NOBODY}/evaluations", order), 404, "finetuning_not_found")
    done = expect(client.ask("POST", of_finetuning, order), 201)["id"]
    end = expect(client.ask("GET", f"/evaluations/{done}/events", follow="true"), 200)
    if end["status"] != "succeeded":
        raise CheckFailed(f"an evaluation ended as {end['status']}")
    expect(client.ask("GET", "/evaluations", finetuning_id=finetuning), 200)
    expect(client.ask("GET", f"/evaluations/{done}/answers", results="true"), 200)
    expect(client.ask("POST", f"/evaluations/{done}/cancel"), 409, "evaluation_not_cancellable")
    for found in (done, NOBODY):
        status = 404 if found == NOBODY else 200
        expect(client.ask("GET", f"/evaluations/{found}"), status)
    sandbox.inject({"type": "delay", "seconds": 600}, "/v1/chat/completions")
    waiting = expect(client.ask("POST", of_finetuning, order), 201)["id"]
    expect(client.ask("DELETE", f"/evaluations/{waiting}"), 409, "evaluation_in_progress")
    expect(client.ask("POST", f"/evaluations/{waiting}/cancel"), 200)
    expect(client.ask("DELETE", f"/evaluations/{waiting}"), 200)


def cancellation(client, other_client, sandbox, connection):
    sandbox.set_speed(SLOW)
    order = {"db_connection_id": connection, "alias": "second"}
    finetuning = expect(client.ask("POST", "/finetunings", order), 201)["id"]
    expect(client.ask("DELETE", f"/finetunings/{finetuning}"), 409, "finetuning_in_progress")
    stream = other_client.send("stream", "GET", f"/finetunings/{finetuning}/events", follow="true")
    other_client.read_line({"stream": stream})
    end_of_stream(other_client, stream)
    expect(client.ask("POST", f"/finetunings/{finetuning}/cancel"), 200)
    end = expect(client.ask("GET", f"/finetunings/{finetuning}/events", follow="true"), 200)
    if end["status"] != "cancelled":
        raise CheckFailed(f"a cancelled finetuning ended as {end['status']}")
    expect(client.ask("DELETE", f"/finetunings/{finetuning}"), 200)


def end_of_stream(client, stream):
    ending = client.send("ending", "DELETE", "/requests/stream")
    exchanges = {"stream": stream, "ending": ending}
    while not ending.lines or stream.status == 206:
        client.read_line(exchanges)
    expect(ending, 200)
    expect(stream, 499, "stream_ended")


def removals(client, sample):
    new = {"alias": "removed", "connection_uri": f"sqlite://{sample}"}
    connection = expect(client.ask("POST", "/database-connections", new), 201)["id"]
    expect(client.ask("DELETE", f"/database-connections/{connection}"), 200)
