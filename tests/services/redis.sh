# Sourced: a Redis server of its own without persistence.
start_redis() {
  need redis-server redis-server
  local port
  port=$(free_port)
  redis-server --daemonize yes --bind 127.0.0.1 --port "$port" --save "" --appendonly no \
    --dir "$folder" --pidfile "$folder/redis.pid" --logfile "$folder/redis.log" >/dev/null
  stops+=("redis-cli -h 127.0.0.1 -p $port shutdown nosave")
  for _ in $(seq 50); do
    if redis-cli -h 127.0.0.1 -p "$port" ping >/dev/null 2>&1; then
      export TEST_REDIS_URL="redis://127.0.0.1:$port/0"
      echo "Redis on 127.0.0.1:$port" >&2
      return 0
    fi
    sleep 0.1
  done
  cat "$folder/redis.log" >&2
  return 1
}
