# Helpers that the other scripts source. Messages go to stderr.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH="$PWD/.venv/bin:$PATH" PIP_DISABLE_PIP_VERSION_CHECK=1 DEBIAN_FRONTEND=noninteractive

say() { printf '== %s\n' "$*" >&2; }
fail() { printf 'Error: %s\n' "$*" >&2; exit 1; }

# digest FILE...: changes when a file or folder named does, or the place of this tree.
digest() {
  { find "$@" -type f -not -name '*.pyc' -print0 | sort -z | xargs -0 sha256sum; pwd; } | sha256sum
}

# is_done STAMP FILE...: whether `once` succeeded with these files as they are now.
is_done() { [ "$(cat "$1" 2>/dev/null || true)" = "$(digest "${@:2}")" ]; }

# once STAMP FILE... -- COMMAND...
# Runs the command, unless it already succeeded with these files as they are now. The stamp is
# written last, so that an interrupted command runs again.
once() {
  local stamp=$1 files=() wanted
  shift
  while [ "$1" != -- ]; do files+=("$1"); shift; done
  shift
  if is_done "$stamp" "${files[@]}"; then return; fi
  wanted=$(digest "${files[@]}")
  "$@"
  mkdir -p "$(dirname "$stamp")"
  printf '%s\n' "$wanted" >"$stamp"
}

# missing_packages NAME...: those that dpkg does not have installed.
missing_packages() {
  local name
  for name in "$@"; do
    dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null | grep -qx installed || echo "$name"
  done
}

# apt_install NAME...: installs with apt where this user may; otherwise says what to do, and fails.
apt_install() {
  local as_root=()
  if [ "$(id -u)" != 0 ]; then as_root=(sudo -n); fi
  if ! command -v apt-get >/dev/null || ! "${as_root[@]}" true 2>/dev/null; then
    printf 'Missing: %s\nInstall it as administrator, then try again:\n\n' "$*" >&2
    printf '  sudo apt-get update && sudo apt-get install -y %s\n\n' "$*" >&2
    return 1
  fi
  say "Installing $*"
  "${as_root[@]}" apt-get update -qq >&2 || true
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -qq -y --no-install-recommends -o Dpkg::Use-Pty=0 "$@" >&2
}
