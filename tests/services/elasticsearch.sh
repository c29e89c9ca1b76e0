# Sourced: an Elasticsearch 8 server of its own with one node, unpacked from a public Maven repository.
#
# The artifact is the real server with few modules; the mapping asks for no more than it has. It is kept
# unpacked under ${XDG_CACHE_HOME:-~/.cache}/hotline-tests, data and logs in $folder.
ELASTICSEARCH=8.19.3
ELASTICSEARCH_ARTIFACT=org.elasticsearch.distribution.integ-test-zip:elasticsearch:$ELASTICSEARCH:zip

java_home() { # of Java 17 or 21, the versions the server is made for
  local home
  for home in "${ES_JAVA_HOME:-}" /usr/lib/jvm/java-17-openjdk-* /usr/lib/jvm/java-21-openjdk-*; do
    if [ -n "$home" ] && [ -x "$home/bin/java" ]; then
      echo "$home"
      return 0
    fi
  done
  return 1
}

unpack_elasticsearch() {
  local cache=${XDG_CACHE_HOME:-$HOME/.cache}/hotline-tests fresh
  unpacked=$cache/elasticsearch-$ELASTICSEARCH
  [ -x "$unpacked/bin/elasticsearch" ] && return 0
  echo "Unpacking Elasticsearch $ELASTICSEARCH …" >&2
  mkdir -p "$cache"
  fresh=$(mktemp -d "$cache/unpacking.XXXXXX")
  (cd "$fresh" && mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:unpack \
    -Dartifact="$ELASTICSEARCH_ARTIFACT" -DoutputDirectory="$fresh" -DmarkersDirectory="$fresh" >&2)
  mv -T "$fresh/elasticsearch-$ELASTICSEARCH" "$unpacked" 2>/dev/null \
    || [ -x "$unpacked/bin/elasticsearch" ] # another run was quicker
  rm -rf "$fresh"
}

start_elasticsearch() {
  java_home >/dev/null || need "java" openjdk-17-jre-headless
  need mvn maven
  local home http transport unpacked pidfile as=() pid
  home=$(java_home) || { echo "Java 17 is missing: install openjdk-17-jre-headless." >&2; return 1; }
  unpack_elasticsearch
  http=$(free_port)
  transport=$(free_port)
  cp -r "$unpacked" "$folder/elasticsearch" # it writes into its own folder
  if [ "$(id -u)" = 0 ]; then # Elasticsearch refuses to run as root
    id hotline-search >/dev/null 2>&1 || useradd --system --no-create-home --shell /usr/sbin/nologin hotline-search
    chmod 711 "$folder"
    chown -R hotline-search "$folder/elasticsearch"
    as=(setpriv --reuid hotline-search --regid hotline-search --clear-groups --)
  fi
  pidfile=$folder/elasticsearch/first.pid
  # A script of its own, so that a fault test can have a server beside this one, kill it and start it again.
  cat >"$folder/elasticsearch/start" <<START
#!/usr/bin/env bash
# start [HTTP TRANSPORT NAME HEAP]
http=\${1:-$http} transport=\${2:-$transport} name=\${3:-first} heap=\${4:-${ELASTICSEARCH_HEAP:-512m}}
export ES_JAVA_HOME=$home ES_JAVA_OPTS="-Xms\$heap -Xmx\$heap"
exec ${as[*]} $folder/elasticsearch/bin/elasticsearch -p $folder/elasticsearch/\$name.pid \\
  -E discovery.type=single-node -E network.host=127.0.0.1 \\
  -E http.port=\$http -E transport.port=\$transport -E xpack.security.enabled=false \\
  -E cluster.routing.allocation.disk.threshold_enabled=false \\
  -E path.data=$folder/elasticsearch/\$name/data -E path.logs=$folder/elasticsearch/\$name/logs
START
  chmod 755 "$folder/elasticsearch/start"
  "$folder/elasticsearch/start" >"$folder/elasticsearch.log" 2>&1 &
  pid=$!
  disown "$pid" # its end is no news
  stops+=("stop_elasticsearch $pidfile $pid")
  for _ in $(seq 240); do
    if python3 -c "import urllib.request as u; u.urlopen('http://127.0.0.1:$http/_cluster/health', timeout=2)" 2>/dev/null; then
      export TEST_ELASTICSEARCH_URL="http://127.0.0.1:$http"
      export TEST_ELASTICSEARCH_START="$folder/elasticsearch/start"
      echo "Elasticsearch $ELASTICSEARCH on 127.0.0.1:$http" >&2
      return 0
    fi
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.5
  done
  echo "Elasticsearch does not start:" >&2
  tail -40 "$folder/elasticsearch.log" >&2
  return 1
}

stop_elasticsearch() { # by the number the server wrote down, and what started it; its data are thrown away
  kill -KILL "$(cat "$1" 2>/dev/null || echo "$2")" "$2" 2>/dev/null || true
}
