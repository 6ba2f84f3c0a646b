"""The published contract, and what it has against an exchange.

The document is used with these changes, each for a reason:

- In requests, keys that the document does not list are refused. As published it lets them pass, and a misspelt key
  would then silently train with the default.
- In requests, what it calls deprecated is refused.
- A parameter in a query is never null: openapi-core does not read a parameter whose type is a list of types.
- In multipart bodies, a schema of `format: binary` loses its type and format: they describe no JSON value.
- In replies, a job's status may be `paused`: the provider answers so, and the document's list lacks the word.
- Every operation gets a `default` reply with the error envelope, of which the document says nothing.
- A file's content may come in any media type: the document says JSON, the provider sends bytes.
"""

import copy
import json
import re
from dataclasses import dataclass
from email.parser import BytesHeaderParser

from jsonschema.exceptions import best_match
from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters
from werkzeug.datastructures import Headers, ImmutableMultiDict

HOST = "https://api.openai.com"
PREFIX = "/v1"
FILE_CONTENT = "GET /files/{file_id}/content"
OUTSIDE_THE_CONTRACT = {"POST /chat/completions"}
LONGEST_MESSAGE = 300
MOST_METADATA_PAIRS = 16

ERROR_ENVELOPE = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["message", "type", "param", "code"],
            "properties": {
                "message": {"type": "string"},
                "type": {"type": "string"},
                "param": {"type": ["string", "null"]},
                "code": {"type": ["string", "null"]},
            },
        }
    },
}


class Contract:
    def __init__(self, document):
        self._requests = OpenAPI.from_dict(document_for_requests(document))
        self._replies = OpenAPI.from_dict(document_for_replies(document))
        self._operations = {operation.name: operation for operation in operations(document)}

    @classmethod
    def load(cls, path):
        with open(path, encoding="utf-8") as file:
            return cls(json.load(file))

    def operation(self, exchange):
        """The exchange's operation, such as `GET /files/{file_id}`; its method and path where there is none."""
        path = exchange.path.removeprefix(PREFIX)
        for operation in self._operations.values():
            if operation.method == exchange.method and operation.pattern.fullmatch(path):
                return operation.name
        return f"{exchange.method} {path}"

    def judges(self, exchange):
        return self.operation(exchange) not in OUTSIDE_THE_CONTRACT

    def request_problems(self, exchange):
        problems = messages(self._requests.iter_request_errors(RecordedRequest(exchange)))
        return problems + [*self._unlisted_names(exchange), *metadata_problems(exchange)]

    def reply_problems(self, exchange):
        """What is wrong with the reply; nothing where there is none."""
        if exchange.reply is None or self._is_file_content(exchange):
            return []
        # The request as the contract knows it: an answer to a wrong request is judged all the same.
        return messages(self._replies.iter_response_errors(RecordedRequest(exchange), RecordedReply(exchange.reply)))

    def _is_file_content(self, exchange):
        return self.operation(exchange) == FILE_CONTENT and exchange.reply.status == 200

    def _unlisted_names(self, exchange):
        """openapi-core drops query parameters and form parts that are not listed; here they are refused."""
        operation = self._operations.get(self.operation(exchange))
        if operation is None:
            return
        for name, _ in exchange.query:
            if listed_form(name) not in operation.query_parameters:
                yield f"query parameter '{name}' is not in the contract"
        for name in part_names(exchange):
            if listed_form(name) not in operation.form_parts:
                yield f"form part '{name}' is not in the contract"


@dataclass(frozen=True)
class Operation:
    name: str
    method: str
    pattern: re.Pattern
    query_parameters: set
    form_parts: set


class RecordedRequest:
    """An exchange's request in the shape that openapi-core reads."""

    host_url = HOST

    def __init__(self, exchange):
        self.path = exchange.path
        self.method = exchange.method.lower()
        self.body = exchange.body
        self.content_type = exchange.header("Content-Type") or ""
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(exchange.query), header=Headers(exchange.headers), cookie=ImmutableMultiDict()
        )


class RecordedReply:
    """A reply in the shape that openapi-core reads."""

    def __init__(self, reply):
        self.status_code = reply.status
        self.headers = Headers(reply.headers)
        self.content_type = reply.header("Content-Type") or ""
        self.data = reply.body


def operations(document):
    """Every operation; those with the most literal paths first."""
    for path in sorted(document["paths"], key=lambda path: path.count("{")):
        pattern = re.compile(re.sub(r"\\\{[^}]+\\\}", "[^/]+", re.escape(path)))
        for method, described_operation in document["paths"][path].items():
            parameters = described_operation.get("parameters", [])
            query = {parameter["name"] for parameter in parameters if parameter["in"] == "query"}
            parts = form_parts(document, described_operation)
            yield Operation(f"{method.upper()} {path}", method.upper(), pattern, query, parts)


def form_parts(document, operation):
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("multipart/form-data", {}).get("schema", {})
    component = schema.get("$ref", "").rsplit("/", 1)[-1]
    return set(document["components"]["schemas"].get(component, schema).get("properties", {}))


def listed_form(name):
    """`metadata[key]` is a member of the parameter `metadata`."""
    return name.split("[")[0]


def part_names(exchange):
    """The names of the parts of a multipart body."""
    content_type = BytesHeaderParser().parsebytes(f"Content-Type: {exchange.header('Content-Type') or ''}\r\n\r\n".encode())
    boundary = content_type.get_boundary()
    if content_type.get_content_type() != "multipart/form-data" or boundary is None:
        return
    for part in (b"\r\n" + exchange.body).split(b"\r\n--" + boundary.encode())[1:-1]:
        headers = BytesHeaderParser().parsebytes(part.removeprefix(b"\r\n").split(b"\r\n\r\n")[0] + b"\r\n\r\n")
        yield headers.get_param("name", "", header="Content-Disposition")


def document_for_requests(document):
    strict = with_plain_parameters(document)
    for schema in schemas_of(strict):
        if schema.get("format") == "binary":
            del schema["format"]
            schema.pop("type", None)
        properties = schema.get("properties")
        if properties is None:
            continue
        schema.setdefault("additionalProperties", False)
        for name in [name for name, each in properties.items() if each.get("deprecated")]:
            del properties[name]
    return strict


def with_plain_parameters(document):
    plain = copy.deepcopy(document)
    for methods in plain["paths"].values():
        for parameter in (each for operation in methods.values() for each in operation.get("parameters", [])):
            types = parameter["schema"].get("type")
            if isinstance(types, list):
                (parameter["schema"]["type"],) = [each for each in types if each != "null"]
    return plain


def schemas_of(document):
    """Every schema that a request can have: the components, and what request bodies hold themselves."""
    yield from nested(document["components"]["schemas"])
    for methods in document["paths"].values():
        for operation in methods.values():
            yield from nested(operation.get("requestBody", {}))


def nested(node):
    if isinstance(node, dict):
        yield node
        children = node.values()
    elif isinstance(node, list):
        children = node
    else:
        return
    for child in children:
        yield from nested(child)


def document_for_replies(document):
    amended = with_plain_parameters(document)
    status = amended["components"]["schemas"]["FineTuningJob"]["properties"]["status"]
    status["enum"].append("paused")
    for methods in amended["paths"].values():
        for operation in methods.values():
            operation["responses"]["default"] = {
                "description": "",
                "content": {"application/json": {"schema": ERROR_ENVELOPE}},
            }
    return amended


def metadata_problems(exchange):
    """The limit on metadata, which the provider states in words and the document not at all."""
    if not (exchange.header("Content-Type") or "").startswith("application/json"):
        return
    try:
        metadata = json.loads(exchange.body).get("metadata") or {}
    except (ValueError, AttributeError):
        return
    if len(metadata) > MOST_METADATA_PAIRS:
        yield f"metadata has {len(metadata)} pairs, more than {MOST_METADATA_PAIRS}"
    for key, value in metadata.items():
        if len(key) > 64 or len(str(value)) > 512:
            yield f"metadata pair '{key[:64]}' is too long"


def messages(errors):
    return [message for error in errors for message in described(error)]


def described(error):
    """One line for each thing that is wrong: openapi-core wraps the schema's errors in its own."""
    schema_errors = getattr(error, "schema_errors", None)
    if schema_errors:
        # Of the alternatives of an `anyOf` or `oneOf`, the one that is nearest to fitting.
        nearest = [best_match([each]) for each in schema_errors]
        return [shortened(f"{each.json_path}: {each.message}") for each in nearest]
    if error.__cause__ is not None:
        parameter = getattr(error, "name", None)
        prefix = f"parameter '{parameter}': " if parameter else ""
        return [prefix + message for message in described(error.__cause__)]
    return [shortened(f"{type(error).__name__}: {error}")]


def shortened(text):
    return text if len(text) <= LONGEST_MESSAGE else text[:LONGEST_MESSAGE] + "…"
