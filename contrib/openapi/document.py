"""The daemon's OpenAPI document, and what it has against an exchange.

Replies are judged more strictly than the document says: a key that it does not list is a fault here, since document
and daemon are of one version.
"""

import copy
import json
import re
from dataclasses import dataclass

from jsonschema.exceptions import best_match
from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from werkzeug.datastructures import Headers, ImmutableMultiDict

HOST = "http://localhost"
JSON = "application/json"
LONGEST_MESSAGE = 300


class Document:
    def __init__(self, json_document):
        self.json = json_document
        self.operations = list(operations(json_document))
        self._judge = OpenAPI.from_dict(closed(json_document))

    def faults(self):
        """What is wrong with the document itself."""
        yield from (shortened(error.message) for error in OpenAPIV31SpecValidator(self.json).iter_errors())
        for name, schema, example in examples(self.json):
            for error in self.validator(schema).iter_errors(example):
                yield shortened(f"the example of {name}: {error.json_path}: {error.message}")

    def validator(self, schema):
        # Within the whole document, so that its references lead somewhere.
        return OAS31Validator({"components": self.json["components"], **schema})

    def operation(self, exchange):
        """The exchange's operation; nothing where there is none."""
        found = (each for each in self.operations if each.method == exchange.method)
        return next((each for each in found if each.pattern.fullmatch(exchange.path)), None)

    def request_problems(self, exchange):
        return messages(self._judge.iter_request_errors(AskedRequest(exchange)))

    def reply_problems(self, exchange):
        problems = []
        for status, body in exchange.lines:
            problems += messages(self._judge.iter_response_errors(AskedRequest(exchange), GivenReply(status, body)))
        return problems


@dataclass(frozen=True)
class Operation:
    name: str
    method: str
    path: str
    pattern: re.Pattern
    json: dict

    @property
    def successes(self):
        return {int(status) for status in self.json["responses"] if status.startswith("2")}


class AskedRequest:
    """An exchange's request in the shape that openapi-core reads."""

    host_url = HOST
    content_type = JSON

    def __init__(self, exchange):
        self.path = exchange.path
        self.method = exchange.method.lower()
        self.body = None if exchange.body is None else json.dumps(exchange.body).encode()
        query = ImmutableMultiDict({name: str(value) for name, value in exchange.query.items()})
        self.parameters = RequestParameters(query=query, header=Headers(), cookie=ImmutableMultiDict())


class GivenReply:
    """A line of a reply in the shape that openapi-core reads."""

    content_type = JSON
    headers = Headers()

    def __init__(self, status, body):
        self.status_code = status
        self.data = json.dumps(body).encode()


def operations(document):
    """Every operation; those with the most literal paths first."""
    for path in sorted(document["paths"], key=lambda path: path.count("{")):
        pattern = re.compile(re.sub(r"\\\{[^}]+\\\}", "[^/]+", re.escape(path)))
        for method, operation in document["paths"][path].items():
            yield Operation(f"{method.upper()} {path}", method.upper(), path, pattern, operation)


def closed(document):
    """The document with no unlisted keys anywhere."""
    document = copy.deepcopy(document)
    for schema in document["components"]["schemas"].values():
        if "properties" in schema:
            schema["additionalProperties"] = False
    return document


def examples(document):
    """Every example with the schema that it has to fit."""
    for name, schema in document["components"]["schemas"].items():
        for property_name, each in schema.get("properties", {}).items():
            for example in each.get("examples", []):
                yield f"{name}.{property_name}", each, example
    for operation in operations(document):
        for content in contents(operation.json):
            if "example" in content:
                yield operation.name, content["schema"], content["example"]


def contents(node):
    if isinstance(node, dict):
        if JSON in node:
            yield node[JSON]
        for child in node.values():
            yield from contents(child)


def messages(errors):
    return [message for error in errors for message in described(error)]


def described(error):
    """One line for each thing that is wrong: openapi-core wraps the schema's errors in its own."""
    schema_errors = getattr(error, "schema_errors", None)
    if schema_errors:
        nearest = [best_match([each]) for each in schema_errors]
        return [shortened(f"{each.json_path}: {each.message}") for each in nearest]
    if error.__cause__ is not None:
        return described(error.__cause__)
    return [shortened(f"{type(error).__name__}: {error}")]


def shortened(text):
    return text if len(text) <= LONGEST_MESSAGE else text[:LONGEST_MESSAGE] + "…"
