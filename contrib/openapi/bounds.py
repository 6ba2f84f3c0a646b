"""Requests just outside of what the document allows, which the daemon must refuse."""

import copy

LONG = "x"


def beyond(document, exchange):
    """The exchange's query or body, each time with one thing in it that the document rules out: what, query, body."""
    operation = document.operation(exchange)
    for parameter in operation.json.get("parameters", []):
        if parameter["in"] == "query":
            for value in values_beyond(parameter["schema"]):
                yield parameter["name"], exchange.query | {parameter["name"]: value}, exchange.body
    yield "an unknown parameter", exchange.query | {"unheard_of": "1"}, exchange.body
    if "requestBody" in operation.json:
        schema = operation.json["requestBody"]["content"]["application/json"]["schema"]
        for what, body in bodies_beyond(document, schema, exchange.body):
            yield what, exchange.query, body


def bodies_beyond(document, schema, body):
    if isinstance(body, list):
        for what, element in bodies_beyond(document, schema["items"], body[0]):
            yield what, [element, *body[1:]]
        return
    schema = resolved(document, schema)
    yield "an unknown key", body | {"unheard_of": 1}
    for name in schema.get("required", []):
        yield f"no {name}", {key: value for key, value in body.items() if key != name}
    for name, each in schema["properties"].items():
        for value in values_beyond(each):
            yield f"{name} {str(value)[:20]!r}", copy.deepcopy(body) | {name: value}


def values_beyond(schema):
    if "minimum" in schema:
        yield schema["minimum"] - 1
    if "maximum" in schema:
        yield schema["maximum"] + 1
    if "minLength" in schema:
        yield ""
    if "maxLength" in schema:
        yield LONG * (schema["maxLength"] + 1)
    if "object" in schema.get("type", []):
        yield "no object"
    if "boolean" in schema.get("type", []):
        yield "neither"


def resolved(document, schema):
    while "$ref" in schema:
        schema = document.json["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    return schema
