#!/bin/sh
# An agent in a few lines of shell: has the daemon render a question for the model that an alias stands for, with the
# very prompt that the model was trained on, and asks the provider itself. Needs socat, jq and curl.
#
#   OPENAI_API_KEY=… contrib/agents/ask.sh ALIAS QUESTION
#
# FINETUNED_SOCKET is where the daemon is. Ends with 1 where there is no answer, with 2 where the arguments are wrong.
set -eu
socket=${FINETUNED_SOCKET:-/run/finetuned/finetuned.sock}

fail() {
    printf '%s\n' "$2" >&2
    exit "$1"
}
[ $# = 2 ] || fail 2 "usage: ask.sh ALIAS QUESTION"
[ -n "${OPENAI_API_KEY:-}" ] || fail 1 "OPENAI_API_KEY is not set: set it to the provider's key"

# Each step by itself: of a pipe, only the last program's end would count.
request=$(jq --null-input --compact-output --arg model "$1" --arg text "$2" \
    '{id: 1, method: "POST", path: "/api/v1/prompts/render", body: {model: $model, text: $text}}')
reply=$(printf '%s\n' "$request" | socat -t 30 - "UNIX-CONNECT:$socket" 2>/dev/null) && [ -n "$reply" ] ||
    fail 1 "no daemon answers at $socket: start finetuned, or set FINETUNED_SOCKET"
rendering=$(printf '%s' "$reply" | jq --compact-output \
    'if .status >= 400 then "\(.body.message)\n\(.body.description)\n" | halt_error(1) else .body end')
printf '%s' "$rendering" | jq --raw-output '.warning // empty' >&2

# Key and question go through standard input: arguments can be seen by every user of the host.
answer=$(printf '%s' "$rendering" |
    jq '{model: .model_id, messages, temperature: .limits.temperature,
         max_completion_tokens: .limits.max_completion_tokens}' |
    jq --raw-output '"header = \"Authorization: Bearer \(env.OPENAI_API_KEY)\"", "data-binary = \(tojson | tojson)"' |
    curl --silent --show-error --fail --max-time 60 --config - --header 'Content-Type: application/json' \
        "$(printf '%s' "$rendering" | jq --raw-output .base_url)/chat/completions") ||
    fail 1 "the provider gave no answer: at 401 look at OPENAI_API_KEY, otherwise ask again later"
printf '%s' "$answer" | jq --raw-output '.choices[0].message.content'
