#!/bin/sh
# An agent in a few lines of shell: finds the model of a finetuning by its alias, and asks the provider one question
# with the very prompt that the model was trained on. Needs socat, jq and curl.
#
#   OPENAI_API_KEY=… contrib/agents/ask.sh ALIAS QUESTION
#
# OPENAI_BASE_URL is where the provider is (https://api.openai.com/v1); FINETUNED_SOCKET where the daemon is.
set -eu
alias=$1 question=$2
socket=${FINETUNED_SOCKET:-/run/finetuned/finetuned.sock}
provider=${OPENAI_BASE_URL:-https://api.openai.com/v1}

ask() { # METHOD PATH: prints the bodies of the reply's lines, one a line
    printf '{"id":1,"method":"%s","path":"/api/v1%s"}\n' "$1" "$2" |
        socat -t 30 - "UNIX-CONNECT:$socket" |
        jq --compact-output 'if .status >= 400 then "\(.body.message)\n\(.body.description)\n" | halt_error(1)
            else .body end'
}

# A list comes in pages; an alias is unique.
page=1 finetuning=
while [ -z "$finetuning" ]; do
    finetunings=$(ask GET "/finetunings?status=succeeded&limit=1000&page=$page")
    [ "$finetunings" != '[]' ] || { echo "no finetuning $alias has succeeded" >&2; exit 1; }
    finetuning=$(printf '%s' "$finetunings" |
        jq --compact-output --arg alias "$alias" '.[] | select(.alias == $alias)')
    page=$((page + 1))
done
id=$(printf '%s' "$finetuning" | jq --raw-output .id)

# The first example of the training file, with our question in the place of its own, and without its answer.
request=$(ask GET "/finetunings/$id/file" | head -n 1 |
    jq --compact-output --arg question "$question" --argjson finetuning "$finetuning" '{
        model: $finetuning.model_id, temperature: 0,
        messages: [.messages[] | select(.role != "assistant") | if .role == "user" then .content = $question else . end]
    }')

# Key and question go through standard input: arguments can be seen by every user of the host.
printf '%s' "$request" |
    jq --raw-output '"header = \"Authorization: Bearer \(env.OPENAI_API_KEY)\"", "data-binary = \(tojson | tojson)"' |
    curl --silent --show-error --fail --config - --header 'Content-Type: application/json' \
        "$provider/chat/completions" |
    jq --raw-output '.choices[0].message.content'
