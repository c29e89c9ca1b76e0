#!/usr/bin/env bash
# Make .venv with Python 3.11 or newer and install what the requirement files pin, hash by hash.
# install.sh FOLDER FILE: into another folder, with one more file (requirements/FILE.txt).
set -euo pipefail
cd "$(dirname "$0")/.."
venv=${1:-.venv}

python=""
for name in python3.11 python3 python3.12 python3.13; do
  if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$name
    break
  fi
done
if [ -z "$python" ]; then
  echo "Python 3.11 or newer is needed and was not found." >&2
  exit 1
fi

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv
  else
    echo "This Python cannot make environments: run 'sudo apt-get install python3-venv' and try again." >&2
    exit 1
  fi
fi

if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
  echo "Making the Python environment in $venv …"
  "$python" -m venv --clear "$venv"
fi
echo "Installing the pinned packages …"
# The files pin everything, so nothing is resolved: a resolver looks at newer releases for packages
# that are asked for with extras, finds no hash for them and gives up.
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
  -r requirements/base.txt -r requirements/dev.txt ${2:+-r "requirements/$2.txt"}
"$venv/bin/python" -m pip check --disable-pip-version-check
