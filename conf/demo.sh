#!/bin/sh
# Starts the demo: makes its folders and secrets once, says what to try, runs intaked in the foreground until Ctrl-C.
set -eu
build=${1:-build}
top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top"
umask 077
mkdir -p build/demo/state build/demo/run build/demo/secrets
for name in webhook-secret admin-token; do
	secret=build/demo/secrets/$name
	[ -s "$secret" ] && continue
	key=$(head -c 32 /dev/urandom | base64 | tr -d '\n')
	case $name in webhook-secret) echo "whsec_$key" ;; *) echo "$key" | tr -d '/+=' ;; esac >"$secret"
done
cat <<TEXT

  The form         http://127.0.0.1:8080/
  Tickets          http://127.0.0.1:8081/   (token: $(cat build/demo/secrets/admin-token))
  Send a mail      python3 conf/demo-send.py mail        (sent again, it is a repeat and joins the ticket of the first)
  Post a webhook   python3 conf/demo-send.py webhook
  Acknowledgements build/demo/maildir/new/   deliveries: build/demo/tickets.jsonl
  Ask the daemon   $build/intakectl --socket build/demo/run/control.sock list

TEXT
exec "$build/intaked" --config conf/demo.yaml
