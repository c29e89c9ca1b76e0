# Sourced: `need COMMAND PACKAGE…` makes sure that a command exists, installing Debian packages as root.
need() {
  local command=$1
  shift
  command -v "$command" >/dev/null && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing $* …" >&2
    if [ -z "${APT_UPDATED:-}" ]; then
      apt-get update -qq
      export APT_UPDATED=1
    fi
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
    hash -r
    command -v "$command" >/dev/null && return 0
  fi
  echo "$command is missing: install $* (sudo apt-get install $*)." >&2
  return 1
}
