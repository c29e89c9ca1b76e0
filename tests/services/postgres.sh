# Sourced: a PostgreSQL cluster of its own in $folder, thrown away at the end; `fsync` is on or off.
# Off is for tests, which drop databases: a vacuum at work in one would forbid its drop, so there is none.
start_postgres() {
  need pg_lsclusters postgresql
  local bin port as=()
  bin=$(dirname "$(find /usr/lib/postgresql -name initdb -path '*/bin/*' | sort -V | tail -1)")
  port=$(free_port)
  mkdir "$folder/postgres"
  if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root
    chmod 711 "$folder"
    chown postgres "$folder/postgres"
    as=(runuser -u postgres --)
  fi
  "${as[@]}" "$bin/initdb" --pgdata "$folder/postgres/data" --username hotline --auth trust \
    --encoding UTF8 --locale C.UTF-8 --no-sync >/dev/null
  stops+=("${as[*]} $bin/pg_ctl --pgdata $folder/postgres/data --mode fast stop")
  "${as[@]}" "$bin/pg_ctl" --pgdata "$folder/postgres/data" --log "$folder/postgres/log" --wait --silent \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=$fsync -c autovacuum=$fsync -c max_connections=200" \
    start || { cat "$folder/postgres/log" >&2; return 1; }
  export DATABASE_URL="postgres://hotline@127.0.0.1:$port/hotline"
  "$bin/createdb" --host 127.0.0.1 --port "$port" --username hotline --encoding UTF8 \
    --template template0 --lc-ctype C.UTF-8 hotline
  echo "PostgreSQL $("$bin/postgres" --version | grep -oE '[0-9.]+' | head -1) on 127.0.0.1:$port" >&2
}
