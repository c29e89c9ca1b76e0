#!/usr/bin/env bash
# Run a command with the services that tests need, all on loopback, all stopped at its end:
#   bash tests/services/with.sh [--only postgres,redis,elasticsearch,chromium] [--durable] COMMAND …
# Sets DATABASE_URL, TEST_REDIS_URL, TEST_ELASTICSEARCH_URL and CHROMIUM. A service that cannot be had is a failure.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
wanted=postgres,redis,elasticsearch,chromium
fsync=off
while [ $# -gt 0 ]; do
  case $1 in
    --only) wanted=$2; shift 2 ;;
    --durable) fsync=on; shift ;;
    *) break ;;
  esac
done
[ $# -gt 0 ] || { echo "with.sh: no command given" >&2; exit 2; }

# shellcheck source=install.sh
source "$here/install.sh"
folder=$(mktemp -d /tmp/hotline-services.XXXXXX)
stops=()
stop_all() {
  for stop in "${stops[@]}"; do $stop >/dev/null 2>&1 || true; done
  rm -rf "$folder"
}
trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

if [[ $wanted == *postgres* ]]; then
  source "$here/postgres.sh"
  start_postgres
fi
if [[ $wanted == *redis* ]]; then
  source "$here/redis.sh"
  start_redis
fi
if [[ $wanted == *elasticsearch* ]]; then
  source "$here/elasticsearch.sh"
  start_elasticsearch
fi
if [[ $wanted == *chromium* ]]; then
  need chromium chromium fonts-noto-cjk
  CHROMIUM=$(command -v chromium)
  export CHROMIUM
fi

"$@"
