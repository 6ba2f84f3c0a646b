#!/bin/sh
# An agent in a few lines of shell: has the daemon render a question for the model that an alias stands for, with the
# very prompt that the model was trained on, and asks the provider itself. Needs socat, jq and curl.
#
#   OPENAI_API_KEY=… contrib/agents/ask.sh ALIAS QUESTION
#
# FINETUNED_SOCKET is where the daemon is.
set -eu
socket=${FINETUNED_SOCKET:-/run/finetuned/finetuned.sock}

rendering=$(jq --null-input --compact-output --arg model "$1" --arg text "$2" \
    '{id: 1, method: "POST", path: "/api/v1/prompts/render", body: {model: $model, text: $text}}' |
    socat -t 30 - "UNIX-CONNECT:$socket" |
    jq --compact-output 'if .status >= 400 then "\(.body.message)\n\(.body.description)\n" | halt_error(1)
        else .body end')
printf '%s' "$rendering" | jq --raw-output '.warning // empty' >&2

# Key and question go through standard input: arguments can be seen by every user of the host.
printf '%s' "$rendering" |
    jq '{model: .model_id, messages, temperature: .limits.temperature,
         max_completion_tokens: .limits.max_completion_tokens}' |
    jq --raw-output '"header = \"Authorization: Bearer \(env.OPENAI_API_KEY)\"", "data-binary = \(tojson | tojson)"' |
    curl --silent --show-error --fail --config - --header 'Content-Type: application/json' \
        "$(printf '%s' "$rendering" | jq --raw-output .base_url)/chat/completions" |
    jq --raw-output '.choices[0].message.content'
